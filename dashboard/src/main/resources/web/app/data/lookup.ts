// Finds a figure and its series in an overview.

import type {KpiDef} from '../kpi/catalogue';
import {num} from '../kpi/figure';
import {costSummary, projectedKpi} from './cost-summary';
import type {Group, Kpi, KpiAnswer, Overview, Part, Raw} from './types';

export interface Point {
  start: string;
  value: number | null;
  raw: Raw;
  kpi?: Kpi;
}

export function partOf(overview: Overview, def: KpiDef): Part<unknown> {
  return def.name === 'projected_month_cost' ? overview.parts.cost_summary : overview.parts[def.family];
}

export function whole(part: Part<KpiAnswer> | undefined): Group | undefined {
  return part?.data?.groups?.[0];
}

export function kpiOf(overview: Overview, def: KpiDef): Kpi | undefined {
  const kpi = whole(overview.parts[def.family])?.kpis?.[def.name];
  if (def.name !== 'projected_month_cost') return kpi;
  const summary = costSummary(overview.parts.cost_summary);
  return summary ? projectedKpi(summary, kpi) : kpi;
}

/** A further figure of the same family, like the peak beside the throughput. */
export function sibling(overview: Overview, def: KpiDef, name: string): Kpi | undefined {
  return whole(overview.parts[def.family])?.kpis?.[name];
}

export function seriesOf(overview: Overview, def: KpiDef): Point[] {
  if (def.name === 'projected_month_cost') {
    const summary = costSummary(overview.parts.cost_summary);
    return (summary?.days ?? []).map(day => ({start: day.date + 'T00:00:00Z', value: day.cost, raw: day.cost}));
  }
  return (whole(overview.parts[def.family])?.series ?? []).map(step => {
    const kpi = step.kpis?.[def.name];
    return {start: step.start, value: kpi?.judgeable === false ? null : num(kpi?.value), raw: kpi?.value, kpi};
  });
}

export function stepOf(overview: Overview, def: KpiDef): string {
  return def.name === 'projected_month_cost' ? '1d' : overview.step;
}

/** Calls in the range; null when ingest did not answer. */
export function calls(overview: Overview): number | null {
  const part = overview.parts.operations;
  if (!part.ok) return null;
  return num(whole(part)?.kpis?.calls?.value) ?? 0;
}
