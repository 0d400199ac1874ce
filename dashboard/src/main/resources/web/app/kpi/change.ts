// How a figure moved against the period before, and whether that is better.

import type {Kpi} from '../data/types';
import {count, duration, fixed, NBSP, percent, plain} from '../format/number';
import type {KpiDef} from './catalogue';
import {num} from './figure';

export interface Change {
  tone: 'good' | 'bad' | 'flat';
  arrow: '' | '▲' | '▼';
  text: string;
}

const FLAT: Change = {tone: 'flat', arrow: '', text: 'no clear change'};

export function change(kpi: Kpi | undefined, def: KpiDef): Change | null {
  const value = num(kpi?.value), before = num(kpi?.previous);
  if (value === null || kpi?.judgeable === false) return null;
  if (kpi?.previous === undefined) return null;
  if (before === null) return {tone: 'flat', arrow: '', text: 'nothing to compare'};
  const moved = value - before;
  if (moved === 0 || within(kpi as Kpi, moved)) return FLAT;
  const amount = size(moved, before, def);
  if (amount === null) return FLAT;
  const up = moved > 0;
  if (def.better === 'neither') return {tone: 'flat', arrow: up ? '▲' : '▼', text: `${amount} ${up ? 'more' : 'less'}`};
  const good = up === (def.better === 'up');
  return {tone: good ? 'good' : 'bad', arrow: up ? '▲' : '▼', text: `${amount} ${good ? 'better' : 'worse'}`};
}

/**
 * Whether the interval of the difference holds zero. The service gives the interval of the present period only; the
 * one before is taken to be as wide, so the difference's is √2 times wider.
 */
function within(kpi: Kpi, moved: number): boolean {
  const low = num(kpi.ci95?.[0]), high = num(kpi.ci95?.[1]);
  return low !== null && high !== null && Math.abs(moved) < Math.SQRT2 * (high - low) / 2;
}

/** Rates move in points, times in time, scores in theirs, amounts in percent. Null when too small to show. */
function size(moved: number, before: number, def: KpiDef): string | null {
  const by = Math.abs(moved);
  switch (def.unit) {
    case 'ratio': {
      const points = by * 100;
      const digits = points < 0.1 ? 2 : 1;
      return points < 0.005 ? null : `${fixed(points, digits)}${NBSP}pt`;
    }
    case 'ms':
      if (by < 0.5) return null;
      return before >= 1000 && by >= 100 ? `${fixed(by / 1000, 1)}${NBSP}s` : plain(duration(by));
    case 'score':
      return by < 0.005 ? null : fixed(by, by < 0.1 ? 2 : 1);
    case 'points':
      return by < 0.5 ? null : `${count(Math.round(by))}${NBSP}${Math.round(by) === 1 ? 'point' : 'points'}`;
    default: {
      if (before === 0) return 'from none,';
      const share = by / Math.abs(before);
      if (share < 0.0005) return null;
      return share >= 10 ? `${fixed(share + 1, 0)}${NBSP}×` : percent(share, 1);
    }
  }
}
