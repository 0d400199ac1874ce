// What is looked at lives in the address, so that a link shows the same thing.

export interface ViewState {
  from: string;
  to: string;
  project: string;
  app: string;
  environment: string;
  model: string;
  /** the figure whose details are open */
  kpi: string;
  /** what its details are split by */
  by: string;
  /** another open panel: alerts */
  show: string;
}

const EMPTY: ViewState = {from: 'now-24h', to: 'now', project: '', app: '', environment: '', model: '', kpi: '', by: 'model', show: ''};
const SCOPE: (keyof ViewState)[] = ['from', 'to', 'project', 'app', 'environment', 'model'];

export function readView(search = location.search): ViewState {
  const params = new URLSearchParams(search);
  const view = {...EMPTY};
  for (const key of Object.keys(EMPTY) as (keyof ViewState)[]) {
    const value = params.get(key);
    if (value) view[key] = value;
  }
  return view;
}

/** The part that the services are asked for. */
export function scopeQuery(view: ViewState): string {
  const params = new URLSearchParams();
  for (const key of SCOPE) if (view[key]) params.set(key, view[key]);
  return params.toString();
}

/** The address of this view with some of it changed. Parameters that are not ours, like theme, stay. */
export function href(view: ViewState, changes: Partial<ViewState> = {}): string {
  const next = {...view, ...changes};
  const params = new URLSearchParams(location.search);
  for (const key of Object.keys(EMPTY) as (keyof ViewState)[]) {
    const plain = next[key] === '' || (key === 'by' && (next.by === EMPTY.by || !next.kpi));
    if (plain) params.delete(key);
    else params.set(key, next[key]);
  }
  // readable in the bar: colons need no escape in a query
  return location.pathname + '?' + params.toString().replaceAll('%3A', ':');
}

export interface Preset {
  from: string;
  label: string;
}

export const PRESETS: Preset[] = [
  {from: 'now-15m', label: 'Last 15 minutes'},
  {from: 'now-1h', label: 'Last hour'},
  {from: 'now-24h', label: 'Last 24 hours'},
  {from: 'now-7d', label: 'Last 7 days'},
  {from: 'now-30d', label: 'Last 30 days'},
];

export function presetOf(view: ViewState): Preset | undefined {
  return view.to === 'now' ? PRESETS.find(preset => preset.from === view.from) : undefined;
}

export function endsNow(view: ViewState): boolean {
  return view.to.startsWith('now');
}
