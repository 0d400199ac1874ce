// Which figures the page shows, in which order, and what each means.

export type Unit = 'ratio' | 'ms' | 'money' | 'rps' | 'score' | 'points' | 'count';
export type Family = 'operations' | 'quality' | 'safety' | 'users' | 'cost';

export interface KpiDef {
  name: string;
  family: Family;
  label: string;
  unit: Unit;
  /** which way is better; 'neither' where more is only more */
  better: 'up' | 'down' | 'neither';
  /** what the count counts */
  counted: string;
  meaning: string;
  /** said instead of a figure when nobody judges it */
  needs?: string;
  /** the guide's target, shown while the service gives none */
  guideTarget?: number;
}

export interface Column {
  name: string;
  icon: string;
  kpis: KpiDef[];
}

export const COLUMNS: Column[] = [
  {
    name: 'Quality',
    icon: 'quality',
    kpis: [
      {
        name: 'accuracy_ratio', family: 'quality', label: 'Accuracy', unit: 'ratio', better: 'up', counted: 'judged responses', guideTarget: 0.9,
        meaning: 'Share of responses that are factually correct, by human labels, reference answers or a judge whose own error is taken out.',
        needs: 'Needs human labels or a judge. Neither is set up.',
      },
      {
        name: 'safe_response_ratio', family: 'safety', label: 'Safety', unit: 'ratio', better: 'up', counted: 'scored responses',
        meaning: 'Share of responses with no toxicity, no missed refusal, no jailbreak success and no personal data leaked, among those scored for all that apply.',
      },
      {
        name: 'hallucination_rate', family: 'safety', label: 'Hallucination', unit: 'ratio', better: 'down', counted: 'responses with context',
        meaning: 'Share of responses with a claim that the given context does not support, among those that came with a context.',
      },
    ],
  },
  {
    name: 'Operations',
    icon: 'ops',
    kpis: [
      {
        name: 'latency_p50_ms', family: 'operations', label: 'Latency p50', unit: 'ms', better: 'down', counted: 'calls',
        meaning: 'Half of the successful calls took no longer than this, from the request to the last token.',
      },
      {
        name: 'latency_p95_ms', family: 'operations', label: 'Latency p95', unit: 'ms', better: 'down', counted: 'calls',
        meaning: '95 % of the successful calls took no longer than this, from the request to the last token.',
      },
      {
        name: 'throughput_rps', family: 'operations', label: 'Throughput', unit: 'rps', better: 'neither', counted: 'calls',
        meaning: 'Calls per second, as the mean over the whole range.',
      },
    ],
  },
  {
    name: 'Cost',
    icon: 'cost',
    kpis: [
      {
        name: 'list_cost', family: 'cost', label: 'Spend', unit: 'money', better: 'neither', counted: 'priced calls',
        meaning: 'What the calls of the range cost by the price list that was valid at their time. Calls without a known price are not in it, and are counted as unpriced.',
      },
      {
        name: 'cost_per_call', family: 'cost', label: 'Cost per request', unit: 'money', better: 'down', counted: 'priced calls',
        meaning: 'Mean cost of a priced call.',
      },
      {
        name: 'projected_month_cost', family: 'cost', label: 'Projected month', unit: 'money', better: 'neither', counted: 'days',
        meaning: 'What this calendar month will have cost at its end, from the daily cost so far with trend and weekday.',
      },
    ],
  },
  {
    name: 'Users',
    icon: 'users',
    kpis: [
      {
        name: 'csat_mean', family: 'users', label: 'CSAT', unit: 'score', better: 'up', counted: 'ratings',
        meaning: 'Mean of the ratings from 1 to 5.',
      },
      {
        name: 'nps', family: 'users', label: 'NPS', unit: 'points', better: 'up', counted: 'answers',
        meaning: 'Share of promoters (9 or 10) minus share of detractors (0 to 6), from −100 to +100.',
      },
      {
        name: 'active_users', family: 'users', label: 'Active users', unit: 'count', better: 'up', counted: 'users',
        meaning: 'Different users with at least one call in the range.',
      },
    ],
  },
];

export const ALL_KPIS: KpiDef[] = COLUMNS.flatMap(column => column.kpis);

export function findKpi(name: string | null): KpiDef | undefined {
  return ALL_KPIS.find(kpi => kpi.name === name);
}
