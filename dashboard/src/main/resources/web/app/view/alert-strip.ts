// The three worst open alerts. Its height is kept free when there are none, so that nothing moves when one opens.

import {html} from 'lit';
import type {Alert, Part} from '../data/types';
import {duration, longDuration, money, NBSP, percent, percentDigits, plain, rate, significant} from '../format/number';
import {num} from '../kpi/figure';
import {href, type ViewState} from '../state/view-state';
import {icon} from './icons';

const ORDER = ['critical', 'high', 'medium', 'low'];
const LOOK: Record<string, {tone: string; icon: string}> = {
  critical: {tone: 'bad', icon: 'crit'},
  high: {tone: 'warn', icon: 'high'},
};

export function openAlerts(part: Part<{items: Alert[]}>): Alert[] {
  const rank = (alert: Alert) => (ORDER.indexOf(alert.severity ?? '') + ORDER.length + 1) % (ORDER.length + 1);
  return (part.data?.items ?? []).filter(alert => alert.state === 'firing')
    .sort((a, b) => rank(a) - rank(b) || (a.since ?? '').localeCompare(b.since ?? ''));
}

export function severity(alert: Alert) {
  const look = LOOK[alert.severity ?? ''] ?? {tone: 'unk', icon: 'med'};
  return html`<span class="st ${look.tone}">${icon(look.icon)}${words(alert.severity ?? alert.state)}</span>`;
}

export function words(name: string): string {
  const text = name.replaceAll('_', ' ').replaceAll('-', ' ');
  return text.charAt(0).toUpperCase() + text.slice(1);
}

export function alertValue(alert: Alert, raw: Alert['value']): string {
  const value = num(raw);
  if (value === null) return '–';
  const metric = alert.metric ?? '';
  if (/_(ratio|rate)$/.test(metric)) return percent(value, percentDigits(value));
  if (/_ms$/.test(metric)) return plain(duration(value));
  if (/cost/.test(metric)) return money(value, 'USD');
  if (/_rps$/.test(metric)) return plain(rate(value));
  return significant(value, 4);
}

export function where(alert: Alert): string {
  return Object.values(alert.labels ?? {}).filter(Boolean).join(' · ') || 'all apps';
}

export function lasting(alert: Alert, now: Date): string {
  return alert.since ? longDuration(Math.max(0, now.getTime() - new Date(alert.since).getTime())) : '';
}

/** The strip, or what else there is to say in its place. */
export function alertStrip(part: Part<{items: Alert[]}>, view: ViewState, now: Date, notes: unknown[]) {
  if (notes.length && (!part.ok || !openAlerts(part).length)) return html`<div class="strip-space">${notes}</div>`;
  if (!part.ok) {
    return html`<div class="strip-space"><p class="quiet" role="status">${icon('unk', true)}Alerts are not known. ${part.error}</p></div>`;
  }
  const open = openAlerts(part);
  if (!open.length) return html`<div class="strip-space"><p class="quiet">${icon('tick', true)}No open alerts</p></div>`;
  const all = href(view, {kpi: '', show: 'alerts'});
  return html`<div class="strip-space"><section class="card strip" aria-label="Open alerts">
    <div><span class="strong">${open.length}${NBSP}open ${open.length === 1 ? 'alert' : 'alerts'}</span><a class="small" href=${all} data-go>All alerts</a></div>
    ${open.slice(0, 3).map(alert => html`<a class="al" href=${all} data-go data-alert=${alert.rule}>
      <span class="row">${severity(alert)}<span class="strong cut">${words(alert.rule)}</span></span>
      <span class="small q cut">${where(alert)}${alert.value == null ? '' : html` · ${alertValue(alert, alert.value)}`} · firing ${lasting(alert, now)}</span></a>`)}
  </section></div>${notes}`;
}
