// Daily cost of the last 30 complete days, as a chart or as a table.

import {html, nothing} from 'lit';
import {dailyCostOption, expectation} from '../chart/daily-cost-option';
import type {ChartOption} from '../chart/chart';
import {historyLack, type CostSummary} from '../data/cost-summary';
import {money, shortMoney} from '../format/number';
import {day, month} from '../format/time';
import {icon} from './icons';

export interface DailyCostModel {
  summary: CostSummary;
  asTable: boolean;
  toggle: () => void;
}

let drawn: {key: string; option: ChartOption} | null = null;

export function dailyCost({summary, asTable, toggle}: DailyCostModel) {
  const last = summary.days[summary.days.length - 1];
  return html`<section class="card block" id="daily-cost" aria-labelledby="daily-cost-h">
    <header><h2 id="daily-cost-h">Daily cost<span class="sub">last ${summary.days.length} complete days${last && projects(summary) ? ' and the projection' : ''}</span></h2>
      <div class="tools">
        <span class="leg wide"><span><i class="sw ln"></i>Cost</span>${projects(summary) ? html`<span><i class="sw ln ds"></i>Projected mean, 95 % band</span>` : nothing}${summary.anomalies.length
          ? html`<span><i class="sw ring"></i>Anomaly</span>` : nothing}</span>
        <button class="btn sm" type="button" aria-pressed=${asTable ? 'true' : 'false'} @click=${toggle}>${icon(asTable ? 'chart' : 'list', true)}${asTable ? 'Show as chart' : 'Show as table'}</button>
      </div></header>
    <div class="body">
      ${figures(summary)}
      <div class="tall">${asTable ? table(summary) : summary.days.some(d => d.cost) ? chart(summary) : html`<p class="hollow">No day with a priced call yet. The first one shows here after midnight, UTC.</p>`}</div>
    </div></section>`;
}

function projects(summary: CostSummary): boolean {
  return (summary.projected?.days.length ?? 0) > 0;
}

function figures(summary: CostSummary) {
  const dated = (cost: number | null) => summary.days.find(d => d.cost !== null && d.cost === cost);
  const at = (cost: number | null) => {
    const found = dated(cost);
    return found && cost ? html`<small>${day(new Date(found.date))}</small>` : nothing;
  };
  const c = summary.currency;
  const show = (value: number | null) => (value === null ? '–' : money(value, c));
  const p = summary.projected;
  const lack = historyLack(summary);
  return html`<dl class="stats">
    <div><dt>Total</dt><dd>${show(summary.total)}</dd></div>
    <div><dt>Mean</dt><dd>${show(summary.mean)}</dd></div>
    <div><dt>Median</dt><dd>${show(summary.median)}</dd></div>
    <div><dt>Highest</dt><dd>${show(summary.max)} ${at(summary.max)}</dd></div>
    <div><dt>Lowest</dt><dd>${show(summary.min)} ${at(summary.min)}</dd></div>
    ${summary.today ? html`<div><dt>Today so far</dt><dd>${show(summary.today.cost)}</dd></div>` : nothing}
    <div><dt>Projected ${month(new Date(summary.today?.date ?? summary.days.at(-1)?.date ?? Date.now()))}</dt>
      <dd>${p ? html`${shortMoney(p.value, c)} ${p.low !== null && p.high !== null ? html`<small>${shortMoney(p.low, c)}–${shortMoney(p.high, c)}</small>` : nothing}` : html`<small>not enough history${lack ? `: ${lack}` : ''}</small>`}</dd></div>
  </dl>`;
}

function chart(summary: CostSummary) {
  const key = JSON.stringify(summary);
  if (drawn?.key !== key) drawn = {key, option: dailyCostOption(summary)};
  return html`<assay-chart class="tall" .option=${drawn.option} summary=${sentence(summary)}></assay-chart>`;
}

function sentence(summary: CostSummary): string {
  const c = summary.currency;
  const spread = summary.min === null || summary.max === null ? '' : ` from ${money(summary.min, c)} to ${money(summary.max, c)}`;
  const odd = summary.anomalies.map(a => ` Anomaly on ${day(new Date(a.date))}: ${money(a.cost, c)}, ${expectation(a, summary)}.`).join('');
  return `Daily cost of ${summary.days.length} days${spread}.${odd}`;
}

function table(summary: CostSummary) {
  const c = summary.currency;
  const odd = new Map(summary.anomalies.map(a => [a.date, a]));
  return html`<div class="scroll tall" tabindex="0" role="region" aria-label="Daily cost as a table"><table>
    <thead><tr><th scope="col">Day (UTC)</th><th scope="col" class="num">Cost</th><th scope="col">Note</th></tr></thead>
    <tbody>
      ${summary.days.map(d => html`<tr><th scope="row">${d.date}</th><td class="num">${d.cost === null ? 'no data' : money(d.cost, c)}</td>
        <td class="q2">${odd.has(d.date) ? `Anomaly: ${expectation(odd.get(d.date)!, summary)}` : ''}</td></tr>`)}
      ${(summary.projected?.days ?? []).map(d => html`<tr><th scope="row">${d.date}</th><td class="num q2">${shortMoney(d.cost, c)}</td>
        <td class="q2">projected mean${d.low !== null && d.high !== null ? `, ${shortMoney(d.low, c)}–${shortMoney(d.high, c)}` : ''}</td></tr>`)}
    </tbody></table></div>`;
}
