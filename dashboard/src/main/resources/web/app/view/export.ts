// The page's figures and their series as CSV.

import {kpiOf, seriesOf, stepOf} from '../data/lookup';
import type {Overview} from '../data/types';
import {csv, download} from '../format/csv';
import {ALL_KPIS} from '../kpi/catalogue';
import {verdict} from '../kpi/verdict';

export function exportCsv(overview: Overview): void {
  const rows: unknown[][] = [['kpi', 'start', 'step', 'value', 'count', 'coverage', 'ci95_low', 'ci95_high', 'target', 'previous', 'status']];
  for (const def of ALL_KPIS) {
    const kpi = kpiOf(overview, def);
    rows.push([def.name, overview.from, 'range', kpi?.value, kpi?.count, kpi?.coverage, kpi?.ci95?.[0], kpi?.ci95?.[1], kpi?.target, kpi?.previous, verdict(kpi, def).kind]);
    for (const point of seriesOf(overview, def)) {
      rows.push([def.name, point.start, stepOf(overview, def), point.raw, point.kpi?.count, point.kpi?.coverage, point.kpi?.ci95?.[0], point.kpi?.ci95?.[1], '', '', '']);
    }
  }
  download(`assay-${overview.project}-${overview.from.slice(0, 10)}.csv`, csv(rows));
}
