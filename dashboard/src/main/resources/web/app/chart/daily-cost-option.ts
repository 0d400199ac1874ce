// Daily cost of the last complete days, its projection to the end of the month, and the days that stand out.

import type {CostSummary} from '../data/cost-summary';
import {money, NBSP, percent, shortMoney} from '../format/number';
import {day} from '../format/time';
import type {ChartContext, ChartOption} from './chart';
import {axisTooltip, textStyle, xAxis, yAxis, type TipRow} from './furniture';

interface Timeline {
  dates: string[];
  cost: (number | null)[];
  projected: (number | null)[];
  low: (number | null)[];
  high: (number | null)[];
  lastDay: number;
}

export function dailyCostOption(summary: CostSummary): ChartOption {
  const line = timeline(summary);
  return context => ({
    animation: false,
    aria: {enabled: false},
    grid: {left: 52, right: 18, top: 34, bottom: 24},
    xAxis: xAxis(context, line.dates, date => day(new Date(date))),
    yAxis: yAxis(context, value => shortMoney(value, summary.currency)),
    tooltip: axisTooltip(context, index => describe(summary, line, index, context)),
    series: [
      costLine(context, summary, line),
      ...band(context, line),
      {
        type: 'line', name: 'Projected', data: line.projected, symbol: 'none', silent: true,
        lineStyle: {color: context.token('ord-2'), width: 1.75, type: [4, 4]},
      },
      anomalies(context, summary, line),
    ],
  });
}

function timeline(summary: CostSummary): Timeline {
  const projected = summary.projected?.days ?? [];
  const dates = [...summary.days.map(d => d.date), ...projected.map(d => d.date)];
  const lastDay = summary.days.length - 1;
  const gap = Array<number | null>(Math.max(0, lastDay)).fill(null);
  const joint: (number | null)[] = lastDay >= 0 ? [null] : [];
  return {
    dates,
    lastDay,
    cost: summary.days.map(d => d.cost),
    projected: projected.length ? [...gap, ...joint, ...projected.map(d => d.cost)] : [],
    low: [...gap, ...joint, ...projected.map(d => d.low)],
    high: [...gap, ...joint, ...projected.map(d => d.high)],
  };
}

function costLine(context: ChartContext, summary: CostSummary, line: Timeline) {
  const projects = line.projected.length > 0;
  return {
    type: 'line', name: 'Cost', data: line.cost, symbol: line.cost.length === 1 ? 'circle' : 'none', connectNulls: false, z: 3,
    lineStyle: {color: context.token('ord-2'), width: 2},
    itemStyle: {color: context.token('ord-2')},
    areaStyle: {color: context.token('chart-area')},
    emphasis: {disabled: true},
    markArea: projects
      ? {
          silent: true,
          itemStyle: {color: context.token('surface-2'), opacity: 0.6},
          label: {...textStyle(context), show: !context.narrow, position: 'insideBottomLeft', distance: 8, formatter: 'Projected mean'},
          data: [[{xAxis: line.dates[line.lastDay]}, {xAxis: line.dates[line.dates.length - 1]}]],
        }
      : undefined,
    markLine: {
      silent: true, symbol: 'none', animation: false, label: {show: false},
      lineStyle: {color: context.token('bad'), width: 1.25, type: 'solid'},
      data: summary.anomalies.map(a => [{coord: [a.date, a.cost]}, {coord: [a.date, a.expected], symbol: 'rect', symbolSize: [10, 2]}]),
    },
  };
}

/** Two stacked lines: the lower one unseen, the second as high as the interval is wide. */
function band(context: ChartContext, line: Timeline) {
  if (!line.projected.length || line.low.slice(line.lastDay + 1).every(v => v === null)) return [];
  const width = line.high.map((high, i) => (high === null || line.low[i] === null ? null : high - (line.low[i] as number)));
  const shared = {type: 'line', symbol: 'none', silent: true, stack: 'band', lineStyle: {opacity: 0}, emphasis: {disabled: true}};
  return [
    {...shared, name: 'low', data: line.low},
    {...shared, name: 'high', data: width, areaStyle: {color: context.token('chart-band')}},
  ];
}

function anomalies(context: ChartContext, summary: CostSummary, line: Timeline) {
  return {
    type: 'scatter', name: 'Anomaly', silent: true, z: 5, symbolSize: 10,
    itemStyle: {color: context.token('chart-halo'), borderColor: context.token('bad'), borderWidth: 2},
    data: summary.anomalies.map(a => ({
      value: [a.date, a.cost],
      label: {
        show: true,
        position: line.dates.indexOf(a.date) > line.dates.length * 0.75 ? 'left' : 'right',
        formatter: `{v|${money(a.cost, summary.currency)}}\n{e|${expectation(a, summary, context.narrow)}}`,
        rich: {
          v: {...textStyle(context), fontWeight: 600, color: context.token('text'), lineHeight: 15},
          e: {...textStyle(context), color: context.token('text-2'), lineHeight: 15},
        },
      },
    })),
  };
}

export function expectation(a: {cost: number; expected: number}, summary: CostSummary, short = false): string {
  const off = a.expected === 0 ? '' : `${a.cost >= a.expected ? '+' : '\u2212'}${percent(Math.abs(a.cost / a.expected - 1), 0)}`;
  return short ? off : `expected ${money(a.expected, summary.currency)}${off ? ', ' + off : ''}`;
}

function describe(summary: CostSummary, line: Timeline, index: number, context: ChartContext): {title: string; rows: TipRow[]} {
  const colour = context.token('ord-2');
  const rows: TipRow[] = [];
  const cost = line.cost[index];
  if (index <= line.lastDay) rows.push({colour, name: 'Cost', value: cost === null ? 'no data' : money(cost, summary.currency)});
  const ahead = index > line.lastDay ? line.projected[index] : null;
  if (ahead != null) rows.push({colour, name: 'Projected mean', value: shortMoney(ahead, summary.currency)});
  if (ahead != null && line.low[index] != null && line.high[index] != null) {
    const between = `${shortMoney(line.low[index] as number, summary.currency)}–${shortMoney(line.high[index] as number, summary.currency)}`;
    rows.push({colour: context.token('chart-band'), name: `95${NBSP}% band`, value: between});
  }
  const anomaly = summary.anomalies.find(a => a.date === line.dates[index]);
  if (anomaly) rows.push({colour: context.token('bad'), name: 'Expected', value: money(anomaly.expected, summary.currency)});
  return {title: day(new Date(line.dates[index])), rows};
}
