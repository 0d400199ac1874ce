// Every alert of the project in every state, worst first.

import {html} from 'lit';
import type {Alert, Part} from '../data/types';
import {dayAndClock, exact} from '../format/time';
import {alertValue, lasting, openAlerts, severity, where, words} from './alert-strip';
import {icon} from './icons';

const STATES = ['firing', 'pending', 'resolved', 'no_data'];
const MEANING: Record<string, string> = {
  firing: 'firing', pending: 'pending: true, but not for long enough', resolved: 'resolved', no_data: 'no data to judge by', inactive: 'inactive',
};

export function alertDetails(part: Part<{items: Alert[]}>, now: Date) {
  if (!part.ok) return html`<p class="partial" role="alert">${icon('unk', true)}${part.error}</p>`;
  const items = part.data?.items ?? [];
  const rank = (alert: Alert) => (STATES.indexOf(alert.state) + STATES.length + 1) % (STATES.length + 1);
  const open = openAlerts(part);
  const rest = items.filter(alert => !open.includes(alert)).sort((a, b) => rank(a) - rank(b) || a.rule.localeCompare(b.rule));
  if (!items.length) return html`<p class="hollow">No rule has reported yet.</p>`;
  return html`<div class="scroll"><table>
    <thead><tr><th scope="col">Severity</th><th scope="col">Rule</th><th scope="col">State</th><th scope="col" class="num">Value</th><th scope="col" class="num">Threshold</th><th scope="col">Since (UTC)</th></tr></thead>
    <tbody>${[...open, ...rest].map(alert => html`<tr data-rule=${alert.rule} data-state=${alert.state}>
      <td>${severity(alert)}</td>
      <th scope="row">${words(alert.rule)}<small>${where(alert)}</small></th>
      <td>${MEANING[alert.state] ?? alert.state}${alert.state === 'firing' && alert.since ? ` ${lasting(alert, now)}` : ''}</td>
      <td class="num">${alertValue(alert, alert.value)}</td>
      <td class="num">${alertValue(alert, alert.threshold)}</td>
      <td class="nowrap" title=${alert.since ? exact(new Date(alert.since)) : ''}>${alert.since ? dayAndClock(new Date(alert.since)) : '–'}</td></tr>`)}</tbody>
  </table></div>`;
}
