// The daily cost summary as the page uses it. Its projection is also the page's "projected month" figure.

import {num} from '../kpi/figure';
import type {CostAnomaly, CostDay, Kpi, Part, Raw} from './types';

export interface CostSummary {
  currency: string;
  total: number | null;
  mean: number | null;
  median: number | null;
  max: number | null;
  min: number | null;
  days: {date: string; cost: number | null}[];
  today: {date: string; cost: number | null} | null;
  anomalies: {date: string; cost: number; expected: number}[];
  projected: Projection | null;
  history: string | null;
}

export interface Projection {
  raw: Raw;
  value: number;
  low: number | null;
  high: number | null;
  days: {date: string; cost: number; low: number | null; high: number | null}[];
}

type Json = Record<string, unknown>;

export function costSummary(part: Part<Json> | undefined): CostSummary | null {
  const json = part?.ok ? part.data : undefined;
  if (!json) return null;
  return {
    currency: (json.currency as string) || 'USD',
    total: num(json.total as Raw),
    mean: num(json.mean as Raw),
    median: num(json.median as Raw),
    max: num(json.max as Raw),
    min: num(json.min as Raw),
    days: ((json.days as CostDay[]) ?? []).map(day => ({date: day.date, cost: num(day.cost)})),
    today: today(json.today),
    anomalies: anomalies((json.anomalies as CostAnomaly[]) ?? []),
    projected: projection(json.projected_month),
    history: typeof json.history === 'string' ? json.history : null,
  };
}

function today(raw: unknown): CostSummary['today'] {
  const day = raw as CostDay | null | undefined;
  return day && day.date ? {date: day.date, cost: num(day.cost)} : null;
}

function anomalies(raw: CostAnomaly[]): CostSummary['anomalies'] {
  return raw.flatMap(one => {
    const cost = num(one.cost), expected = num(one.expected);
    return cost === null || expected === null ? [] : [{date: one.date, cost, expected}];
  });
}

function projection(raw: unknown): Projection | null {
  if (raw === null || raw === undefined) return null;
  const json = (typeof raw === 'object' ? raw : {value: raw}) as Json;
  const given = (json.value ?? json.cost) as Raw;
  const value = num(given);
  if (value === null) return null;
  const interval = (json.ci95 ?? json.interval) as [Raw, Raw] | undefined;
  return {
    raw: given,
    value,
    low: num(interval?.[0]),
    high: num(interval?.[1]),
    days: ((json.days as Json[]) ?? []).flatMap(day => {
      const cost = num(day.cost as Raw);
      const band = (day.ci95 ?? day.interval) as [Raw, Raw] | undefined;
      return cost === null ? [] : [{date: String(day.date), cost, low: num(band?.[0]), high: num(band?.[1])}];
    }),
  };
}

/** The projection as a KPI like any other. */
export function projectedKpi(summary: CostSummary, given: Kpi | undefined): Kpi {
  const p = summary.projected;
  return {
    ...given,
    value: p ? p.raw : (given?.value ?? null),
    count: summary.days.filter(day => day.cost !== null).length,
    ci95: p && p.low !== null && p.high !== null ? [p.low, p.high] : (given?.ci95 ?? null),
    currency: summary.currency,
  };
}

/** "3 of 7 days" out of "not enough history: 3 of 7 days". */
export function historyLack(summary: CostSummary): string | null {
  return summary.history?.replace(/^not enough history:?\s*/i, '') || null;
}
