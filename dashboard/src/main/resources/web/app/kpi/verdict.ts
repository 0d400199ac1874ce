// Whether a figure meets its target, in six words. Unknown is never met.

import type {Kpi} from '../data/types';
import type {KpiDef} from './catalogue';
import {num} from './figure';

export interface Verdict {
  kind: 'met' | 'missed' | 'near' | 'none' | 'unjudged' | 'few';
  word: string;
  icon: string;
}

const VERDICTS = {
  met: {kind: 'met', word: 'Met', icon: 'check'},
  missed: {kind: 'missed', word: 'Missed', icon: 'cross'},
  near: {kind: 'near', word: 'Too close', icon: 'close'},
  none: {kind: 'none', word: 'No target', icon: 'none'},
  unjudged: {kind: 'unjudged', word: 'Not judged', icon: 'unk'},
  few: {kind: 'few', word: 'Not enough data', icon: 'unk'},
} as const satisfies Record<string, Verdict>;

export function verdict(kpi: Kpi | undefined, def: KpiDef): Verdict {
  if (kpi?.judgeable === false) return VERDICTS.unjudged;
  if (num(kpi?.value) === null) return def.needs && !kpi?.count ? VERDICTS.unjudged : VERDICTS.few;
  const target = num(kpi?.target);
  if (target === null) return VERDICTS.none;
  const low = num(kpi?.ci95?.[0]), high = num(kpi?.ci95?.[1]);
  if (low !== null && high !== null && low < target && target < high) return VERDICTS.near;
  if (kpi?.met === true) return VERDICTS.met;
  return kpi?.met === false ? VERDICTS.missed : VERDICTS.unjudged;
}

/** What stands in place of a figure that is not known. */
export function absence(kpi: Kpi | undefined, def: KpiDef): {text: string; why: string} | null {
  if (kpi?.judgeable === false) {
    return {text: 'Cannot be judged', why: 'The evaluator errs more often than the target allows.'};
  }
  if (num(kpi?.value) !== null) return null;
  const n = num(kpi?.count) ?? 0;
  if (def.needs && n === 0) return {text: 'No judge yet', why: def.needs};
  if (n > 0 && num(kpi?.coverage) === 0) return {text: 'Not known', why: `None of ${n} ${def.counted} could be told.`};
  if (n > 0) return {text: `Not enough data (n${'\u00a0'}=${'\u00a0'}${n})`, why: `Only ${n} ${def.counted} in this range.`};
  return {text: 'No data', why: `No ${def.counted} in this range.`};
}
