// Which models the money and the calls went to.

import {html, nothing} from 'lit';
import {modelColour} from '../chart/palette';
import type {Kpi, KpiAnswer, Part, Parts} from '../data/types';
import {count, duration, moneyColumn, NBSP, percent, plain} from '../format/number';
import {currencyOf, num} from '../kpi/figure';
import {href, type ViewState} from '../state/view-state';
import {css} from './css';
import {icon} from './icons';

interface Row {
  model: string;
  cost: number | null;
  currency: string;
  calls: number | null;
  perCall: number | null;
  coverage: number | null;
  p95: Kpi | undefined;
  errors: number | null;
}

const SHOWN = 8;

export function models(parts: Parts, view: ViewState) {
  const rows = collect(parts);
  const missing = [parts.model_cost, parts.model_operations].filter(part => !part.ok);
  return html`<section class="card" id="models" aria-labelledby="models-h">
    <header><h2 id="models-h">Models<span class="sub">share of cost and of calls</span></h2></header>
    ${missing.map(part => html`<p class="partial" role="status">${icon('unk', true)}${part.error}</p>`)}
    ${rows.length === 0 ? html`<p class="hollow">${missing.length ? 'Not known while a service does not answer.' : 'No calls in this range.'}</p>` : html`
      <div class="body shares small q">
        <span>Cost</span>${bar(rows, row => row.cost)}
        <span>Calls</span>${bar(rows, row => row.calls, 'thin')}
      </div>
      ${table(rows, view)}`}
  </section>`;
}

function collect(parts: Parts): Row[] {
  const rows = new Map<string, Row>();
  const row = (model: string): Row => {
    const found = rows.get(model) ?? {model, cost: null, currency: 'USD', calls: null, perCall: null, coverage: null, p95: undefined, errors: null};
    rows.set(model, found);
    return found;
  };
  for (const group of groups(parts.model_operations)) {
    const at = row(group.by.model ?? '');
    at.calls = num(group.kpis?.calls?.value);
    at.p95 = group.kpis?.latency_p95_ms;
    at.errors = num(group.kpis?.error_rate?.value);
  }
  for (const group of groups(parts.model_cost)) {
    const at = row(group.by.model ?? '');
    at.cost = num(group.kpis?.list_cost?.value);
    at.coverage = num(group.kpis?.list_cost?.coverage);
    at.currency = currencyOf(group.kpis?.list_cost);
    at.perCall = num(group.kpis?.cost_per_call?.value);
  }
  return [...rows.values()].filter(r => r.calls || r.cost)
    .sort((a, b) => (b.cost ?? -1) - (a.cost ?? -1) || (b.calls ?? 0) - (a.calls ?? 0) || a.model.localeCompare(b.model));
}

function groups(part: Part<KpiAnswer>) {
  return part.data?.groups ?? [];
}

function total(rows: Row[], of: (row: Row) => number | null): number {
  return rows.reduce((sum, row) => sum + (of(row) ?? 0), 0);
}

function bar(rows: Row[], of: (row: Row) => number | null, thin = '') {
  const all = total(rows, of);
  return html`<div class="share ${thin}" aria-hidden="true">${all > 0
    ? rows.filter(row => (of(row) ?? 0) > 0).map(row => html`<i title=${row.model} ${css({'flex-grow': String((of(row) ?? 0) / all), background: modelColour(row.model)})}></i>`)
    : html`<i class="void"></i>`}</div>`;
}

function table(rows: Row[], view: ViewState) {
  const cost = total(rows, row => row.cost);
  const shown = rows.slice(0, SHOWN);
  const currency = rows[0].currency;
  const amount = moneyColumn(shown.map(row => row.cost), currency);
  const perCall = moneyColumn(shown.map(row => row.perCall), currency);
  return html`<div class="scroll"><table>
    <thead><tr><th scope="col">Model</th><th scope="col" class="num">Cost</th><th scope="col" class="num wide">Share</th><th scope="col" class="num wide">Calls</th>
      <th scope="col" class="num wide">Per call</th><th scope="col" class="num">p95</th><th scope="col" class="num">Errors</th></tr></thead>
    <tbody>${shown.map(row => html`<tr data-model=${row.model} data-calls=${row.calls ?? ''} data-cost=${row.cost ?? ''}>
      <th scope="row" class="nowrap"><span class="row"><span class="sw" ${css({background: modelColour(row.model)})}></span>
        ${row.model
          ? html`<a class="med" href=${href(view, {model: row.model})} data-go title="Show only ${row.model}">${row.model}</a>`
          : html`<span class="q2">no model named</span>`}</span></th>
      <td class="num strong">${priced(row) ? html`${amount(row.cost ?? 0)}${unpricedShare(row)}` : html`<span class="q" title=${whyUnpriced(row)}>unpriced</span>`}</td>
      <td class="num wide">${row.cost === null || cost === 0 || !priced(row) ? '–' : percent(row.cost / cost, 1)}</td>
      <td class="num wide">${row.calls === null ? '–' : count(row.calls)}</td>
      <td class="num wide">${row.perCall === null || !priced(row) ? '–' : perCall(row.perCall)}</td>
      <td class="num">${latency(row.p95)}</td>
      <td class="num">${row.errors === null ? '–' : percent(row.errors, 2)}</td></tr>`)}</tbody>
    </table></div>${rows.length > SHOWN ? html`<p class="more q small">${rows.length - SHOWN}${NBSP}more models; their share is in the bars.</p>` : nothing}`;
}

// what is known of it costs nothing, because it failed: that says nothing of the calls whose price or tokens are unknown
function priced(row: Row): boolean {
  return row.cost !== null && (row.cost > 0 || row.coverage === null || row.coverage >= 1);
}

function whyUnpriced(row: Row): string {
  return row.coverage ? `No price or no tokens are known of ${percent(1 - row.coverage, 1)} of its calls; the others cost nothing` : 'No price or no tokens are known';
}

function unpricedShare(row: Row) {
  return row.coverage !== null && row.coverage < 1
    ? html`<div class="q2 small">${percent(1 - row.coverage, 1)} unpriced</div>` : nothing;
}

function latency(kpi: Kpi | undefined) {
  const value = num(kpi?.value);
  if (value === null) return '–';
  const text = plain(duration(value));
  return kpi?.met === false ? html`<span class="bad">${icon('cross', true)}<span class="sr">Missed: </span> ${text}</span>` : text;
}
