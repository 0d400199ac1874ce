// Nothing to show, and what to do about it.

import {html, nothing} from 'lit';
import type {Choices, Overview} from '../data/types';
import {dayAndClock} from '../format/time';
import {newestCall} from './age';
import {num} from '../kpi/figure';
import type {ViewState} from '../state/view-state';
import {icon} from './icons';
import type {Go} from './range-panel';

/** Whether the project has never had a call; unknown counts as no. */
export function neverUsed(overview: Overview, view: ViewState): boolean {
  const accepted = num(overview.parts.status.data?.counters?.accepted);
  return accepted === 0 && !view.app && !view.environment && !view.model;
}

export function firstCall(project: string, choices: Choices | null, copy: (text: string, what: string) => void) {
  const command = curl(choices?.ingest_url ?? 'http://127.0.0.1:4318');
  return html`<section class="card" aria-labelledby="empty-h"><div class="empty">
    <div><h2 id="empty-h">No calls yet in ${project}</h2>
      <p class="q2">Send one with the key that was printed at the start (<code>./assay env</code> exports it). It shows here within 5 seconds.</p></div>
    <pre class="code" tabindex="0" aria-label="Command that sends one call">${command}</pre>
    <div class="row wrap"><button class="btn primary" type="button" @click=${() => copy(command, 'Command')}>${icon('copy', true)}Copy command</button>
      <span class="age q"><span class="dot"></span>Listening</span></div>
    ${project === 'demo' ? html`<p class="q2">Or fill this project with recorded traffic: <code>./assay demo</code></p>` : nothing}
  </div></section>`;
}

function curl(ingestUrl: string): string {
  return [
    `curl -sS ${ingestUrl}/v1/calls \\`,
    '  -H "Authorization: Bearer $ASSAY_API_KEY" \\',
    '  -H "Content-Type: application/json" \\',
    `  -d '{"start_time":"'$(date -u +%FT%TZ)'","duration_ms":840,"provider":"openai",`,
    `       "response_model":"gpt-4o-mini","app":"hello","input_tokens":1200,"output_tokens":180}'`,
  ].join('\n');
}

/** There are calls, but not here: which filter or range to let go. */
export function nothingHere(overview: Overview, view: ViewState, go: Go) {
  const filters = (['app', 'environment', 'model'] as const).filter(name => view[name]);
  if (filters.length) {
    return html`<div class="note" role="status">${icon('filter')}<div class="grow"><span class="strong">No calls match these filters.</span>
      <span class="q2">${filters.map(name => `${name} = ${view[name]}`).join(', ')}</span></div>
      ${filters.map(name => html`<button class="btn sm" type="button" @click=${() => go({[name]: ''})}>Remove ${name}</button>`)}</div>`;
  }
  const newest = newestCall(overview);
  return html`<div class="note" role="status">${icon('clock')}<div class="grow"><span class="strong">No calls in this range.</span>
    <span class="q2">${newest ? `The newest call is of ${dayAndClock(newest.at)} UTC.` : ''}</span></div>
    <button class="btn sm" type="button" @click=${() => go({from: 'now-30d', to: 'now'})}>Show the last 30 days</button></div>`;
}
