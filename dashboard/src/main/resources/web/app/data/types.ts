// The shapes of the dashboard's API. Figures are passed on as the services give them: money as decimal strings, unknown as null.

export type Raw = number | string | null | undefined;

export interface Kpi {
  value: Raw;
  count?: number | null;
  coverage?: number | null;
  ci95?: [Raw, Raw] | null;
  target?: Raw;
  target_direction?: string;
  met?: boolean | null;
  previous?: Raw;
  revision?: string;
  settled?: boolean;
  judgeable?: boolean;
  currency?: string;
}

export type Kpis = Record<string, Kpi | undefined>;

export interface Step {
  start: string;
  kpis: Kpis;
}

export interface Group {
  /** null where calls did not give the dimension */
  by: Record<string, string | null>;
  kpis?: Kpis;
  series?: Step[];
}

export interface KpiAnswer {
  from: string;
  to: string;
  step?: string | null;
  groups: Group[];
}

export interface Part<T> {
  ok: boolean;
  service: string;
  error?: string;
  data?: T;
}

export interface CostDay {
  date: string;
  cost: Raw;
}

export interface CostAnomaly extends CostDay {
  expected: Raw;
  deviation?: Raw;
}

export interface Issue {
  issue: string;
  count: number;
  previous: number | null;
  change_significant?: boolean | null;
  examples?: string[];
}

export interface Issues {
  /** comments that were read */
  feedback?: number;
  previous_feedback?: number;
  items: Issue[];
}

export interface Alert {
  rule: string;
  state: string;
  severity?: string;
  metric?: string;
  incident?: string | number | null;
  value?: Raw;
  threshold?: Raw;
  since?: string | null;
  labels?: Record<string, string>;
}

export interface Status {
  counters?: Record<string, number>;
  /** records that ingest has taken in and not yet counted; null while the broker does not tell */
  lag?: {records: number | null};
  /** how far the pipeline has worked, in event time */
  clock?: string | null;
}

export interface Overview {
  project: string;
  from: string;
  to: string;
  step: string;
  served_at: string;
  parts: Parts;
}

export interface Parts {
  operations: Part<KpiAnswer>;
  quality: Part<KpiAnswer>;
  safety: Part<KpiAnswer>;
  users: Part<KpiAnswer>;
  cost: Part<KpiAnswer>;
  cost_summary: Part<Record<string, unknown>>;
  issues: Part<Issues>;
  recent: Part<KpiAnswer>;
  model_operations: Part<KpiAnswer>;
  model_cost: Part<KpiAnswer>;
  alerts: Part<{items: Alert[]}>;
  status: Part<Status>;
}

export interface Breakdown {
  family: string;
  group_by: string;
  part: Part<KpiAnswer>;
}

export interface Choices {
  project: string;
  projects: string[];
  ingest_url: string;
  apps: string[] | null;
  environments: string[] | null;
}
