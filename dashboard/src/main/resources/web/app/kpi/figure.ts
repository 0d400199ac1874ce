// A KPI's value, target and interval as text, in one unit and with no more digits than its interval supports.

import type {Kpi, Raw} from '../data/types';
import {count, duration, fixed, money, NBSP, percent, percentDigits, plain, rate, shortMoney, supportedDigits, type Figure} from '../format/number';
import type {KpiDef, Unit} from './catalogue';

export function num(raw: Raw): number | null {
  if (raw === null || raw === undefined || raw === '') return null;
  const value = Number(raw);
  return Number.isFinite(value) ? value : null;
}

function halfWidth(kpi: Kpi): number {
  const low = num(kpi.ci95?.[0]), high = num(kpi.ci95?.[1]);
  return low === null || high === null ? 0 : (high - low) / 2;
}

/** Digits after the point for ratios (of their percentage), scores and points. */
function digitsOf(kpi: Kpi | undefined, unit: Unit): number {
  const half = kpi ? halfWidth(kpi) : 0;
  const value = num(kpi?.value) ?? 0;
  if (unit === 'ratio') return half ? supportedDigits(half * 100, 2) : percentDigits(value);
  if (unit === 'score') return half ? Math.max(1, supportedDigits(half, 2)) : 1;
  return 0;
}

function show(value: number, unit: Unit, digits: number, currency: string): Figure {
  switch (unit) {
    case 'ratio': return {text: fixed(value * 100, digits), unit: '%'};
    case 'ms': return duration(value);
    case 'money': return {text: money(value, currency)};
    case 'rps': return rate(value);
    case 'score': return {text: fixed(value, digits), unit: 'of 5'};
    case 'points': return {text: fixed(value, 0)};
    case 'count': return {text: count(value)};
  }
}

export function currencyOf(kpi: Kpi | undefined): string {
  return kpi?.currency || 'USD';
}

/** The value, or null when it is not known. */
export function figure(kpi: Kpi | undefined, def: KpiDef): Figure | null {
  const value = num(kpi?.value);
  if (value === null) return null;
  const currency = currencyOf(kpi);
  if (def.name === 'projected_month_cost') return {text: shortMoney(value, currency)};
  return show(value, def.unit, digitsOf(kpi, def.unit), currency);
}

/** Any value of a KPI in a table's cell: one precision for the column. */
export function cell(raw: Raw, def: KpiDef, currency: string): string {
  const value = num(raw);
  if (value === null) return '–';
  if (def.unit === 'ratio') return percent(value, 2);
  if (def.unit === 'score') return fixed(value, 2);
  if (def.unit === 'ms' && value >= 1000 && value < 60_000) return `${fixed(value / 1000, 2)}${NBSP}s`;
  return plain(show(value, def.unit, 0, currency));
}

const SIGNS: Record<string, string> = {'<': '<', '<=': '≤', '>': '>', '>=': '≥'};

/** "target > 90 %", "target < 5 s"; null without one. */
export function target(kpi: Kpi | undefined, def: KpiDef): string | null {
  const value = num(kpi?.target) ?? def.guideTarget ?? null;
  if (value === null) return null;
  const sign = SIGNS[kpi?.target_direction ?? ''] ?? (def.better === 'down' ? '<' : '>');
  return `target${NBSP}${sign}${NBSP}${targetValue(value, def, currencyOf(kpi))}`;
}

export function targetValue(value: number, def: KpiDef, currency: string): string {
  switch (def.unit) {
    case 'ratio': return Number((value * 100).toFixed(4)).toString() + NBSP + '%';
    case 'ms': return value >= 1000 ? Number((value / 1000).toFixed(2)) + NBSP + 's' : value + NBSP + 'ms';
    case 'score': return fixed(value, 1);
    default: return plain(show(value, def.unit, 0, currency));
  }
}

/** "95 % CI 93.4–94.7", in the unit and precision of the value; null where there is none. */
export function interval(kpi: Kpi | undefined, def: KpiDef): string | null {
  const low = num(kpi?.ci95?.[0]), high = num(kpi?.ci95?.[1]);
  if (!kpi || low === null || high === null) return null;
  const name = def.name === 'projected_month_cost' ? 'interval' : 'CI';
  const digits = digitsOf(kpi, def.unit);
  if (def.name === 'projected_month_cost') {
    return `95${NBSP}% ${name} ${shortMoney(low, currencyOf(kpi))}–${shortMoney(high, currencyOf(kpi))}`;
  }
  let a = show(low, def.unit, digits, currencyOf(kpi)), b = show(high, def.unit, digits, currencyOf(kpi));
  if (def.unit === 'ms' && a.text === b.text && b.unit === 's') {
    a = {text: fixed(low / 1000, 2), unit: 's'};
    b = {text: fixed(high / 1000, 2), unit: 's'};
  }
  const unit = def.unit === 'ms' || def.unit === 'rps' ? NBSP + b.unit : '';
  const left = a.unit === b.unit || !a.unit ? a.text : plain(a);
  return `95${NBSP}% ${name} ${left}–${b.text}${unit}`;
}

/** "coverage 31 %" where it is not all, else "10.32 M calls". */
export function basis(kpi: Kpi | undefined, def: KpiDef): string | null {
  const coverage = num(kpi?.coverage), counted = num(kpi?.count);
  if (coverage !== null && coverage < 0.9995) return `coverage ${percent(coverage, coverage < 0.1 ? 1 : 0)}`;
  return counted === null ? null : `${count(counted)} ${counted === 1 ? def.counted.replace(/s\b/, '') : def.counted}`;
}
