// One figure: name, status, value, course, change, target, interval and coverage. The whole row opens its details.

import {html, nothing} from 'lit';
import {historyLack, costSummary} from '../data/cost-summary';
import {kpiOf, seriesOf, sibling} from '../data/lookup';
import type {Kpi, Overview} from '../data/types';
import {count, NBSP, percent, plain, rate} from '../format/number';
import type {KpiDef} from '../kpi/catalogue';
import {change} from '../kpi/change';
import {basis, cell, currencyOf, figure, interval, num, target} from '../kpi/figure';
import {absence, verdict, type Verdict} from '../kpi/verdict';
import {href, type ViewState} from '../state/view-state';
import {icon} from './icons';
import {sparkline} from './sparkline';

const TONE: Record<Verdict['kind'], string> = {met: 'met', missed: 'missed', near: 'near', none: 'none', unjudged: 'unk', few: 'unk'};

export function status(v: Verdict) {
  return html`<span class="st ${TONE[v.kind]}">${icon(v.icon)}${v.word}</span>`;
}

export function changeText(kpi: Kpi | undefined, def: KpiDef) {
  const moved = change(kpi, def);
  if (!moved) return nothing;
  const spoken = moved.arrow === '▲' ? 'up ' : moved.arrow === '▼' ? 'down ' : '';
  return html`${moved.arrow ? html`<i aria-hidden="true">${moved.arrow}</i><span class="sr">${spoken}</span>` : nothing}${moved.text}`;
}

export function kpiRow(overview: Overview, def: KpiDef, view: ViewState) {
  const kpi = kpiOf(overview, def);
  const judged = verdict(kpi, def);
  const lack = lackOf(overview, def, kpi);
  const moved = lack ? null : change(kpi, def);
  const sub = lack ? lack.why : [interval(kpi, def), note(overview, def, kpi)].filter(Boolean).join(' · ');
  return html`<a class="kpi" href=${href(view, {kpi: def.name, show: ''})} data-go data-status=${judged.kind}>
    <span class="name">${def.label}</span>${status(judged)}
    ${valueOf(kpi, def, lack?.text)}
    ${lack ? html`<span class="spark"></span>` : sparkline(seriesOf(overview, def), num(kpi?.target))}
    <span class="chg ${moved?.tone ?? 'flat'}">${lack ? nothing : changeText(kpi, def)}</span>
    <span class="tgt">${side(overview, def, kpi)}</span>
    <span class="sub">${sub || NBSP}</span>
  </a>`;
}

function valueOf(kpi: Kpi | undefined, def: KpiDef, instead: string | undefined) {
  const shown = instead ? null : figure(kpi, def);
  const raw = kpi?.value ?? '';
  return shown
    ? html`<span class="val" data-kpi=${def.name} data-value=${raw}>${shown.text}${shown.unit ? html`<span class="u">${shown.unit}</span>` : nothing}</span>`
    : html`<span class="val absent" data-kpi=${def.name} data-value=${raw}>${instead}</span>`;
}

function lackOf(overview: Overview, def: KpiDef, kpi: Kpi | undefined): {text: string; why: string} | null {
  const lack = absence(kpi, def);
  if (!lack || def.name !== 'projected_month_cost') return lack;
  const summary = costSummary(overview.parts.cost_summary);
  const have = summary ? historyLack(summary) : null;
  return have ? {text: 'Not enough history', why: have} : lack;
}

/** Right of the change: the target, or what takes its place. */
function side(overview: Overview, def: KpiDef, kpi: Kpi | undefined): string {
  const aim = target(kpi, def);
  if (aim) return aim;
  if (def.name === 'throughput_rps') {
    const used = num(sibling(overview, def, 'rps_utilization_ratio')?.value);
    if (used !== null) return `peak ${percent(used, 0)} of capacity`;
  }
  if (def.name === 'list_cost') {
    const coverage = num(kpi?.coverage);
    if (coverage !== null && coverage < 1) return `${percent(1 - coverage, 1)} unpriced`;
    if (coverage === 1) return 'all priced';
  }
  return '';
}

/** After the interval: what the figure rests on. */
function note(overview: Overview, def: KpiDef, kpi: Kpi | undefined): string | null {
  if (def.name === 'throughput_rps') {
    const peak = num(sibling(overview, def, 'throughput_peak_rps')?.value);
    const calls = num(sibling(overview, def, 'calls')?.value);
    return [peak === null ? null : `peak ${plain(rate(peak))}`, calls === null ? null : `${count(calls)} calls`].filter(Boolean).join(' · ');
  }
  if (def.name === 'list_cost') {
    const reported = sibling(overview, def, 'reported_cost');
    return 'list prices' + (num(reported?.value) === null ? '' : ` · reported by SDKs ${cell(reported?.value, def, currencyOf(reported))}`);
  }
  if (def.name === 'projected_month_cost') return interval(kpi, def) ? null : 'no interval yet';
  if (def.name === 'active_users') return 'with at least one call';
  return basis(kpi, def);
}
