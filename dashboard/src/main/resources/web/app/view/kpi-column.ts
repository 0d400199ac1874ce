// A column of three figures. A service that fails takes only its own rows with it.

import {html, nothing} from 'lit';
import {kpiOf, partOf} from '../data/lookup';
import type {Overview} from '../data/types';
import type {Column, KpiDef} from '../kpi/catalogue';
import {verdict} from '../kpi/verdict';
import type {KeptParts} from '../state/kept';
import type {ViewState} from '../state/view-state';
import {failed, type FailedActions} from './failed';
import {icon} from './icons';
import {kpiRow} from './kpi-row';

export interface ColumnContext extends FailedActions {
  view: ViewState;
  kept: KeptParts;
  /** parts whose last good answer stands in */
  standIns: ReadonlySet<string>;
}

export function partName(def: KpiDef): string {
  return def.name === 'projected_month_cost' ? 'cost_summary' : def.family;
}

export function kpiColumn(column: Column, fresh: Overview, context: ColumnContext) {
  const overview = context.kept.filledIn(fresh, context.standIns);
  const failing = column.kpis.filter(def => !partOf(overview, def).ok);
  const all = failing.length === column.kpis.length;
  return html`<section class="card col" aria-label=${column.name}>
    <h2><span>${icon(column.icon)}${column.name}</span><small>${all ? nothing : tally(column, overview)}</small></h2>
    ${all
      ? failed(partOf(overview, failing[0]), names(column), context, 'whole')
      : column.kpis.map(def => (partOf(overview, def).ok
        ? kpiRow(overview, def, context.view)
        : failed(partOf(overview, def), [partName(def)], context, 'row', def.label)))}
  </section>`;
}

function names(column: Column): string[] {
  return [...new Set(column.kpis.map(partName))];
}

/** "2 of 3 met", counting only what has a target and a verdict. */
function tally(column: Column, overview: Overview): string {
  const kinds = column.kpis.filter(def => partOf(overview, def).ok).map(def => verdict(kpiOf(overview, def), def).kind);
  const judged = kinds.filter(kind => kind === 'met' || kind === 'missed' || kind === 'near');
  return judged.length ? `${kinds.filter(kind => kind === 'met').length} of ${judged.length} met` : '';
}
