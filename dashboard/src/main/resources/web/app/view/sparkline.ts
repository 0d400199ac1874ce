// A figure's course over the range in 104 by 32 pixels. A gap is a gap; the target is drawn when it is near.

import {nothing, svg} from 'lit';
import type {Point} from '../data/lookup';

const W = 104;
const H = 32;
const PAD = 4;

export function sparkline(points: Point[], target: number | null) {
  const known = points.map(p => p.value).filter((v): v is number => v !== null);
  if (known.length === 0) return svg`<svg class="spark" viewBox="0 0 ${W} ${H}" aria-hidden="true"></svg>`;
  let low = Math.min(...known), high = Math.max(...known);
  const reach = (high - low) || Math.abs(high) || 1;
  const near = target !== null && target > low - reach && target < high + reach;
  if (near) {
    low = Math.min(low, target);
    high = Math.max(high, target);
  }
  const flat = high === low;
  const x = (i: number) => (points.length === 1 ? W / 2 : 1 + (i / (points.length - 1)) * (W - 6));
  const y = (v: number) => (flat ? H / 2 : H - PAD - ((v - low) / (high - low)) * (H - 2 * PAD));
  const runs = segments(points).map(run => run.map(i => [x(i), y(points[i].value as number)] as const));
  const last = points.findLastIndex(p => p.value !== null);
  return svg`<svg class="spark" viewBox="0 0 ${W} ${H}" preserveAspectRatio="none" aria-hidden="true">
    ${near ? svg`<line class="spark-target" x1="0" x2=${W} y1=${y(target)} y2=${y(target)}/>` : nothing}
    ${runs.map(run => svg`<path class="spark-area" d=${`${path(run)}L${f(run[run.length - 1][0])} ${H}L${f(run[0][0])} ${H}Z`}/><path class="spark-line" d=${path(run)}/>`)}
    <circle class="spark-dot" cx=${f(x(last))} cy=${f(y(points[last].value as number))} r="2.4"/>
  </svg>`;
}

/** Indexes of points that follow each other without a gap. */
function segments(points: Point[]): number[][] {
  const runs: number[][] = [];
  points.forEach((point, i) => {
    if (point.value === null) return;
    const before = i > 0 && points[i - 1].value !== null;
    if (before) runs[runs.length - 1].push(i);
    else runs.push([i]);
  });
  return runs;
}

function path(run: (readonly [number, number])[]): string {
  return run.map(([x, y], i) => `${i ? 'L' : 'M'}${f(x)} ${f(y)}`).join('');
}

function f(n: number): string {
  return n.toFixed(1);
}
