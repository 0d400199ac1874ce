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
  const days = ((json.days as CostDay[]) ?? []).map(day => ({date: day.date, cost: num(day.cost)}));
  const now = today(json.today);
  return {
    currency: (json.currency as string) || 'USD',
    total: num(json.total as Raw),
    mean: num(json.mean as Raw),
    median: num(json.median as Raw),
    max: num(json.max as Raw),
    min: num(json.min as Raw),
    days,
    today: now,
    anomalies: anomalies((json.anomalies as CostAnomaly[]) ?? []),
    projected: projection(json.projected_month, days, now),
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

function projection(raw: unknown, days: CostSummary['days'], now: CostSummary['today']): Projection | null {
  const json = raw as Json | null | undefined;
  const value = num(json?.value as Raw);
  if (!json || value === null) return null;
  const interval = json.ci95 as [Raw, Raw] | undefined;
  const whole = {raw: json.value as Raw, value, low: num(interval?.[0]), high: num(interval?.[1])};
  return {...whole, days: daysToCome(whole, days, now)};
}

/**
 * What is projected for the days to come, spread evenly over them: the month's projection less what its complete days
 * cost. Its band is that of their mean.
 */
function daysToCome(month: Omit<Projection, 'days'>, past: CostSummary['days'], now: CostSummary['today']): Projection['days'] {
  const first = now?.date ?? following(past.at(-1)?.date);
  if (!first) return [];
  const spent = past.filter(day => day.date.slice(0, 7) === first.slice(0, 7)).reduce((sum, day) => sum + (day.cost ?? 0), 0);
  const dates: string[] = [];
  for (let date: string = first; date.slice(0, 7) === first.slice(0, 7); date = following(date) as string) dates.push(date);
  const each = (amount: number | null) => (amount === null ? null : Math.max(0, amount - spent) / dates.length);
  return dates.map(date => ({date, cost: each(month.value) as number, low: each(month.low), high: each(month.high)}));
}

function following(date: string | undefined): string | null {
  return date ? new Date(Date.parse(date) + 86_400_000).toISOString().slice(0, 10) : null;
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
