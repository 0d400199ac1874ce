// What a figure is made of: its definition, its course step by step, and its parts by one dimension.

import {LitElement, html, nothing, type PropertyValues} from 'lit';
import type {ChartOption} from '../chart/chart';
import {seriesOption} from '../chart/series-option';
import {readBreakdown} from '../data/client';
import {kpiOf, seriesOf, stepOf, type Point} from '../data/lookup';
import type {Breakdown, Group, Kpi, Overview} from '../data/types';
import {count, percent} from '../format/number';
import {range, stepLabel} from '../format/time';
import {findKpi, type KpiDef} from '../kpi/catalogue';
import {cell, currencyOf, figure, interval, num, target} from '../kpi/figure';
import {absence, verdict} from '../kpi/verdict';
import {href, scopeQuery, type ViewState} from '../state/view-state';
import {words} from './alert-strip';
import {icon} from './icons';
import {changeText, status} from './kpi-row';

const DIMENSIONS = ['model', 'app', 'environment', 'endpoint', 'provider'];
const STEP_NAMES: Record<string, string> = {'1m': 'minute', '1h': 'hour', '1d': 'day'};
const REFRESH_MS = 10_000;

export class AssayDetails extends LitElement {
  static override properties = {overview: {attribute: false}, view: {attribute: false}, def: {attribute: false}, split: {state: true}, trouble: {state: true}};

  declare overview: Overview;
  declare view: ViewState;
  declare def: KpiDef;
  declare private split: Breakdown | null;
  declare private trouble: string | null;
  private asked = '';
  private askedAt = 0;
  private drawn: {key: string; option: ChartOption} | null = null;

  constructor() {
    super();
    this.split = null;
    this.trouble = null;
  }

  protected override createRenderRoot(): HTMLElement {
    return this;
  }

  protected override willUpdate(changed: PropertyValues): void {
    if (!changed.has('view') && !changed.has('overview') && !changed.has('def')) return;
    const wanted = `${this.parts.family}?${scopeQuery(this.view)}&group_by=${this.view.by}`;
    if (wanted === this.asked && performance.now() - this.askedAt < REFRESH_MS) return;
    if (wanted !== this.asked) this.split = null;
    this.asked = wanted;
    this.askedAt = performance.now();
    void this.load(wanted);
  }

  /** A projection has no parts; those of the spend take their place. */
  private get parts(): KpiDef {
    return this.def.name === 'projected_month_cost' ? (findKpi('list_cost') as KpiDef) : this.def;
  }

  private async load(wanted: string): Promise<void> {
    const [family, query] = wanted.split('?');
    try {
      const split = await readBreakdown(family, query);
      if (wanted !== this.asked) return;
      this.split = split;
      this.trouble = split.part.ok ? null : (split.part.error ?? null);
    } catch (failure) {
      if (wanted === this.asked) this.trouble = (failure as Error).message;
    }
  }

  protected override render() {
    const kpi = kpiOf(this.overview, this.def);
    const lack = absence(kpi, this.def);
    const shown = lack ? null : figure(kpi, this.def);
    return html`
      <p class="q2">${this.def.meaning}</p>
      <div class="row wrap lead"><span class="val">${shown ? html`${shown.text}<span class="u">${shown.unit}</span>` : lack?.text}</span>
        ${status(verdict(kpi, this.def))}<span class="chg">${changeText(kpi, this.def)}</span></div>
      ${lack ? html`<p class="q2">${lack.why}</p>` : nothing}
      ${this.facts(kpi)}
      ${this.course()}
      ${this.breakdown()}`;
  }

  private facts(kpi: Kpi | undefined) {
    const def = this.def;
    const facts: [string, string | null][] = [
      ['Range', range(new Date(this.overview.from), new Date(this.overview.to))],
      ['Target', target(kpi, def)?.replace(/^target\s/, '') ?? 'none set'],
      ['Interval', interval(kpi, def)],
      ['Period before', num(kpi?.previous) === null ? null : cell(kpi?.previous, def, currencyOf(kpi))],
      ['Coverage', num(kpi?.coverage) === null ? null : percent(num(kpi?.coverage) as number, 1)],
      ['Rests on', num(kpi?.count) === null ? null : `${count(num(kpi?.count) as number)} ${def.counted}`],
      ['Newest minutes', kpi?.settled === false ? 'may still change' : null],
    ];
    return html`<dl class="stats">${facts.filter(([, value]) => value).map(([name, value]) => html`<div><dt>${name}</dt><dd>${value}</dd></div>`)}</dl>`;
  }

  private course() {
    const points = seriesOf(this.overview, this.def);
    const step = stepOf(this.overview, this.def);
    if (!points.some(point => point.value !== null)) return nothing;
    const kpi = kpiOf(this.overview, this.def);
    const currency = currencyOf(kpi);
    const aim = num(kpi?.target);
    const key = JSON.stringify([this.def.name, step, aim, points.map(p => [p.start, p.value])]);
    if (this.drawn?.key !== key) this.drawn = {key, option: seriesOption(points, this.def, step, aim, currency)};
    const name = this.def.name === 'projected_month_cost' ? 'Daily cost' : this.def.label;
    return html`<section><h3>${name} by ${STEP_NAMES[step] ?? step}</h3>
      <assay-chart class="mid" .option=${this.drawn.option} summary="${name} by ${STEP_NAMES[step] ?? step}; the table below has every value"></assay-chart>
      <div class="scroll steps" tabindex="0" role="region" aria-label="${name} by ${STEP_NAMES[step] ?? step}"><table>
        <thead><tr><th scope="col">Start (UTC)</th><th scope="col" class="num">${name}</th><th scope="col" class="num">Count</th><th scope="col">State</th></tr></thead>
        <tbody>${[...points].reverse().map(point => this.stepRow(point, step, currency))}</tbody></table></div></section>`;
  }

  private stepRow(point: Point, step: string, currency: string) {
    return html`<tr><th scope="row">${stepLabel(point.start, step)}</th>
      <td class="num">${point.value === null ? 'no data' : cell(point.raw, this.def, currency)}</td>
      <td class="num">${point.kpi?.count == null ? '–' : count(point.kpi.count)}</td>
      <td class="q">${point.kpi?.settled === false ? 'may still change' : ''}</td></tr>`;
  }

  private breakdown() {
    const def = this.parts;
    return html`<section><div class="row wrap between"><h3>${def.label} by ${this.view.by}</h3>
      <nav class="seg" aria-label="Split by">${DIMENSIONS.map(by => html`<a href=${href(this.view, {by})} data-go aria-current=${by === this.view.by ? 'true' : 'false'}>${words(by)}</a>`)}</nav></div>
      ${this.trouble ? html`<p class="partial" role="alert">${icon('unk', true)}${this.trouble}</p>` : this.split ? this.splitTable(def, this.split) : html`<i class="sk plate tall180"></i>`}
    </section>`;
  }

  private splitTable(def: KpiDef, split: Breakdown) {
    const groups = (split.part.data?.groups ?? []).filter(group => group.kpis?.[def.name]);
    if (!groups.length) return html`<p class="hollow">Nothing to split in this range.</p>`;
    const size = (group: Group) => num(group.kpis?.[def.name]?.count) ?? num(group.kpis?.[def.name]?.value) ?? 0;
    const ordered = [...groups].sort((a, b) => size(b) - size(a));
    return html`<div class="scroll"><table data-split=${split.group_by}>
      <thead><tr><th scope="col" class="cap">${split.group_by}</th><th scope="col" class="num">${def.label}</th><th scope="col" class="num">95 % interval</th><th scope="col" class="num">Count</th></tr></thead>
      <tbody>${ordered.map(group => {
        const kpi = group.kpis?.[def.name];
        return html`<tr><th scope="row">${group.by[split.group_by] || 'none named'}</th>
          <td class="num strong">${kpi?.judgeable === false ? 'cannot be judged' : num(kpi?.value) === null ? 'no data' : cell(kpi?.value, def, currencyOf(kpi))}</td>
          <td class="num q2">${interval(kpi, def)?.replace(/^95\s%\s\w+\s/, '') ?? '–'}</td>
          <td class="num">${kpi?.count == null ? '–' : count(kpi.count)}</td></tr>`;
      })}</tbody></table></div>`;
  }
}

customElements.define('assay-details', AssayDetails);
