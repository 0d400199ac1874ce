// One chart of fixed height that follows its width, its data and the theme.

import type {EChartsCoreOption, ECharts} from 'echarts/core';
import {LitElement, html, type PropertyValues} from 'lit';
import {onThemeChange} from '../state/theme';
import {tokens} from './palette';

export interface ChartContext {
  token: (name: string) => string;
  narrow: boolean;
}

export type ChartOption = (context: ChartContext) => EChartsCoreOption;

const NARROW = 520;

export class AssayChart extends LitElement {
  static override properties = {option: {attribute: false}, summary: {}};

  declare option: ChartOption;
  declare summary: string;
  private chart: ECharts | null = null;
  private watcher: ResizeObserver | null = null;
  private unhook = () => {};

  protected override createRenderRoot(): HTMLElement {
    return this;
  }

  override connectedCallback(): void {
    super.connectedCallback();
    this.unhook = onThemeChange(() => this.draw());
  }

  override disconnectedCallback(): void {
    super.disconnectedCallback();
    this.unhook();
    this.watcher?.disconnect();
    this.chart?.dispose();
    this.chart = null;
  }

  protected override render() {
    return html`<div class="plot" role="img" aria-label=${this.summary}></div>`;
  }

  protected override async firstUpdated(): Promise<void> {
    const {init} = await import('./engine');
    const box = this.querySelector<HTMLElement>('.plot');
    if (!box || !this.isConnected) return;
    this.chart = init(box, null, {renderer: 'svg'});
    this.watcher = new ResizeObserver(() => {
      this.chart?.resize();
      this.draw();
    });
    this.watcher.observe(box);
    this.draw();
  }

  protected override updated(changed: PropertyValues): void {
    if (changed.has('option')) this.draw();
  }

  private draw(): void {
    if (!this.chart || !this.option) return;
    const narrow = this.clientWidth < NARROW;
    this.chart.setOption(this.option({token: tokens(), narrow}), {notMerge: true});
  }
}

customElements.define('assay-chart', AssayChart);
