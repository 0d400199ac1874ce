// What all charts share: axes, the tooltip, and the look of their texts.

import type {ChartContext} from './chart';

export interface TipRow {
  colour: string;
  name: string;
  value: string;
}

export function textStyle({token}: ChartContext) {
  return {fontFamily: token('font'), fontSize: 11, color: token('chart-label')};
}

export function yAxis(context: ChartContext, label: (value: number) => string) {
  return {
    type: 'value',
    min: (extent: {min: number}) => Math.min(0, extent.min),
    splitNumber: 4,
    axisLine: {show: false},
    axisTick: {show: false},
    axisLabel: {...textStyle(context), formatter: label, margin: 8},
    splitLine: {lineStyle: {color: context.token('chart-grid')}},
  };
}

export function xAxis(context: ChartContext, categories: string[], label: (value: string) => string) {
  const wanted = context.narrow ? 3 : 6;
  const every = Math.max(1, Math.ceil(categories.length / wanted));
  return {
    type: 'category',
    boundaryGap: false,
    data: categories,
    axisLine: {lineStyle: {color: context.token('chart-axis')}},
    axisTick: {show: false},
    axisLabel: {...textStyle(context), interval: (index: number) => index % every === Math.floor(every / 4), formatter: label, hideOverlap: true},
  };
}

export function axisTooltip(context: ChartContext, describe: (index: number) => {title: string; rows: TipRow[]}) {
  return {
    trigger: 'axis',
    confine: true,
    transitionDuration: 0,
    axisPointer: {type: 'line', snap: true, lineStyle: {color: context.token('chart-event'), width: 1, type: 'solid'}},
    className: 'tip',
    backgroundColor: context.token('overlay'),
    borderColor: context.token('line'),
    borderWidth: 1,
    padding: 0,
    extraCssText: '',
    formatter: (shown: {dataIndex: number}[]) => {
      const {title, rows} = describe(shown[0].dataIndex);
      return tip(title, rows);
    },
  };
}

/** Built as elements: text that came from outside is never read as markup, and no inline style is needed. */
function tip(title: string, rows: TipRow[]): HTMLElement {
  const box = document.createElement('div');
  box.className = 'tip-body';
  const head = box.appendChild(document.createElement('h4'));
  head.textContent = title;
  for (const row of rows) {
    const line = box.appendChild(document.createElement('div'));
    const swatch = line.appendChild(document.createElement('i'));
    swatch.className = 'sw';
    swatch.style.background = row.colour;
    line.append(row.name);
    const value = line.appendChild(document.createElement('b'));
    value.textContent = row.value;
  }
  return box;
}
