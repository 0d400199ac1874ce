// Choosing the range: one of five, or from and to in UTC.

import {html, nothing} from 'lit';
import {PRESETS, presetOf, type ViewState} from '../state/view-state';
import {icon} from './icons';

export type Go = (changes: Partial<ViewState>) => void;

export function rangeLabel(view: ViewState): string {
  return presetOf(view)?.label ?? 'Custom range';
}

/** Shown in the panel: the range that is looked at now, as the fields take it. */
export interface Resolved {
  from: string;
  to: string;
}

export function rangePanel(view: ViewState, resolved: Resolved | null, go: Go, close: () => void) {
  const preset = presetOf(view);
  return html`
    <ul class="choices">
      ${PRESETS.map(p => html`<li><button type="button" class="choice" aria-pressed=${p === preset ? 'true' : 'false'}
        @click=${() => pick({from: p.from, to: 'now'}, go, close)}>${p.label}${p === preset ? icon('tick', true) : nothing}</button></li>`)}
    </ul>
    <form class="custom" novalidate @submit=${(event: SubmitEvent) => apply(event, go, close)}>
      <h3>From and to, in UTC</h3>
      <label class="field">From<input class="inp" type="datetime-local" name="from" required .value=${local(resolved?.from)}></label>
      <label class="field">To<input class="inp" type="datetime-local" name="to" required .value=${local(resolved?.to)}></label>
      <p class="wrong" role="alert"></p>
      <button class="btn primary" type="submit">Show this range</button>
    </form>`;
}

function pick(changes: Partial<ViewState>, go: Go, close: () => void): void {
  close();
  go(changes);
}

function apply(event: SubmitEvent, go: Go, close: () => void): void {
  event.preventDefault();
  const form = event.target as HTMLFormElement;
  const [from, to] = ['from', 'to'].map(name => (form.elements.namedItem(name) as HTMLInputElement).value);
  const wrong = !from || !to ? 'Give both times.' : from >= to ? 'From must be before to.' : '';
  (form.querySelector('.wrong') as HTMLElement).textContent = wrong;
  if (!wrong) pick({from: utc(from), to: utc(to)}, go, close);
}

function utc(localTime: string): string {
  return localTime.length === 16 ? `${localTime}:00Z` : `${localTime}Z`;
}

function local(instant: string | undefined): string {
  return instant ? instant.slice(0, 16) : '';
}
