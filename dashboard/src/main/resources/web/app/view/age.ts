// How old the figures are: when the newest call was, how far the pipeline has worked, and when the dashboard last answered.

import {whole} from '../data/lookup';
import type {KpiAnswer, Overview, Part} from '../data/types';
import {count} from '../format/number';
import {age as relative, clock, exact} from '../format/time';
import {num} from '../kpi/figure';

export interface Age {
  stale: boolean;
  /** nothing is wrong, there is just nothing new */
  quiet: boolean;
  long: string;
  short: string;
  title: string;
  /** one sentence when figures end before the present */
  warning: string | null;
}

export interface Moment {
  now: Date;
  lastAnswer: Date;
  behindSince: Date | null;
  live: boolean;
}

const SECOND = 1_000;
const MINUTE = 60 * SECOND;
/** The pipeline's clock is at most 90 s behind when all is well; twice that is late. */
const LATE_MS = 3 * MINUTE;
/** Without an answer for this long, what is shown is old. */
const SILENCE_MS = 15 * SECOND;
/** Records that wait for so long are a backlog, not the traffic of the moment. */
const BACKLOG_MS = 30 * SECOND;
const STEP_MS: Record<string, number> = {'1m': MINUTE, '1h': 60 * MINUTE, '1d': 24 * 60 * MINUTE};

export function ageOf(overview: Overview, {now, lastAnswer, behindSince, live}: Moment): Age | null {
  if (now.getTime() - lastAnswer.getTime() > SILENCE_MS) {
    return stale(`Stale, shown since ${clock(lastAnswer, true)}, `, lastAnswer, now, `Last answer ${exact(lastAnswer)}`, null);
  }
  const newest = newestCall(overview);
  const pipeline = overview.parts.status.data?.clock ? new Date(overview.parts.status.data.clock) : null;
  if (pipeline && now.getTime() - pipeline.getTime() > LATE_MS) {
    return stale(`Stale, data to ${clock(pipeline)}, `, pipeline, now, `The pipeline has worked up to ${exact(pipeline)}`, `Figures end at ${clock(pipeline)} UTC.`);
  }
  const waiting = overview.parts.status.data?.lag?.records ?? 0;
  if (newest && waiting > 0 && behindSince && now.getTime() - behindSince.getTime() > BACKLOG_MS && now.getTime() - newest.at.getTime() > LATE_MS) {
    return stale(`Stale, data to ${clock(newest.at)}, `, newest.at, now, `${count(waiting)} records wait to be counted`,
      `Figures end at ${clock(newest.at)} UTC. Ingest has ${count(waiting)} records still to count.`);
  }
  if (!newest) return live ? {stale: false, quiet: true, long: 'Live, ', short: 'no calls yet', title: '', warning: null} : null;
  const ms = now.getTime() - newest.at.getTime();
  const quiet = ms > 5 * MINUTE;
  const since = newest.exactTo <= MINUTE && ms < MINUTE ? 'under 1\u00a0min ago' : relative(newest.at, now);
  return {stale: false, quiet, long: `${quiet ? 'Live, newest call' : 'Live, data to'} ${clock(newest.at)}, `, short: since, title: `Newest call before ${exact(newest.at)}`, warning: null};
}

function stale(long: string, at: Date, now: Date, title: string, warning: string | null): Age {
  return {stale: true, quiet: false, long, short: relative(at, now), title, warning};
}

/** The end of the newest step that has calls: to the minute in the last quarter of an hour, else to the range's step. */
export function newestCall(overview: Overview): {at: Date; exactTo: number} | null {
  return newestIn(overview.parts.recent, '1m', overview.served_at) ?? newestIn(overview.parts.operations, overview.step, overview.served_at);
}

function newestIn(part: Part<KpiAnswer>, step: string, served: string): {at: Date; exactTo: number} | null {
  const last = whole(part)?.series?.findLast(point => (num(point.kpis.calls?.value) ?? 0) > 0);
  if (!last) return null;
  const end = new Date(last.start).getTime() + STEP_MS[step];
  return {at: new Date(Math.min(end, new Date(served).getTime())), exactTo: STEP_MS[step]};
}
