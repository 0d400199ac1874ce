// One figure over the steps of the range, with its target.

import type {Point} from '../data/lookup';
import {fixed} from '../format/number';
import {stepLabel} from '../format/time';
import type {KpiDef} from '../kpi/catalogue';
import {cell, targetValue} from '../kpi/figure';
import type {ChartOption} from './chart';
import {axisTooltip, textStyle, xAxis, yAxis} from './furniture';

export function seriesOption(points: Point[], def: KpiDef, step: string, target: number | null, currency: string): ChartOption {
  return context => ({
    animation: false,
    aria: {enabled: false},
    grid: {left: 56, right: 16, top: 12, bottom: 24},
    xAxis: xAxis(context, points.map(p => p.start), start => stepLabel(start, step)),
    yAxis: {...yAxis(context, value => axisLabel(value, def, currency)), min: def.unit === 'ratio' || def.unit === 'score' ? undefined : 0, scale: true},
    tooltip: axisTooltip(context, index => ({
      title: stepLabel(points[index].start, step) + ' UTC',
      rows: [{colour: context.token('ord-2'), name: def.label, value: points[index].value === null ? 'no data' : cell(points[index].raw, def, currency)}],
    })),
    series: [
      {
        type: 'line', name: def.label, data: points.map(p => p.value), connectNulls: false,
        showSymbol: lonely(points), symbol: 'circle', symbolSize: 5,
        lineStyle: {color: context.token('ord-2'), width: 2},
        itemStyle: {color: context.token('ord-2')},
        areaStyle: {color: context.token('chart-area'), origin: 'start'},
        emphasis: {disabled: true},
        markLine: target === null ? undefined : {
          silent: true, symbol: 'none', data: [{yAxis: target}],
          lineStyle: {color: context.token('chart-compare'), type: [5, 4], width: 1.25},
          label: {...textStyle(context), position: 'insideStartTop', formatter: 'target', textBorderColor: context.token('chart-halo'), textBorderWidth: 3},
        },
      },
    ],
  });
}

/** Points without neighbours would be invisible as a line. */
function lonely(points: Point[]): boolean {
  return points.some((p, i) => p.value !== null && (points[i - 1]?.value ?? null) === null && (points[i + 1]?.value ?? null) === null);
}

function axisLabel(value: number, def: KpiDef, currency: string): string {
  if (value === 0) return '0';
  if (def.unit === 'score') return fixed(value, 2);
  return def.unit === 'rps' || def.unit === 'points' || def.unit === 'count' ? String(Number(value.toPrecision(6))) : targetValue(value, def, currency);
}
