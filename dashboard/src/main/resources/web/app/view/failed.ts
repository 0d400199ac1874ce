// A part whose service does not answer: which, since when, and what can be done. The rest of the page stays.

import {html, nothing} from 'lit';
import type {Part} from '../data/types';
import {clock} from '../format/time';
import type {KeptParts} from '../state/kept';
import {icon} from './icons';

export interface FailedActions {
  kept: KeptParts;
  again: () => void;
  standIn: (parts: string[]) => void;
}

export function failed(part: Part<unknown>, names: string[], {kept, again, standIn}: FailedActions, size: 'whole' | 'row', label = '') {
  const since = kept.failingSince(names[0]);
  const last = kept.lastGoodAt(names[0]);
  return html`<div class="fail ${size}" role="alert" data-failed=${part.service}>
    ${label ? html`<span class="name">${label}</span>` : nothing}
    <span class="st missed">${icon('cross')}No answer from ${part.service}</span>
    <p class="small q2">${reason(part)}${since ? ` Since ${clock(since, true)} UTC.` : ''}${last ? ` Last figures were of ${clock(last, true)}.` : ''}</p>
    <div class="row">
      <button class="btn sm" type="button" @click=${again}>${icon('retry', true)}Try again</button>
      ${last ? html`<button class="btn sm ghost" type="button" @click=${() => standIn(names)}>Show last figures</button>` : nothing}
    </div>
  </div>`;
}

/** The sentence without the service's name, which stands above it. */
function reason({service, error}: Part<unknown>): string {
  const rest = error?.startsWith(service + ' ') ? error.slice(service.length + 1) : (error ?? '');
  return rest.charAt(0).toUpperCase() + rest.slice(1);
}
