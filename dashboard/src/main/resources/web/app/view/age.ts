// How old the figures are: by the pipeline's clock, and by when the dashboard last answered.

import type {Overview} from '../data/types';
import {age as relative, clock, exact} from '../format/time';

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

/** The pipeline's clock is at most 90 s behind when all is well. */
const USUAL_LAG_MS = 90_000;
/** Without an answer for this long, what is shown is old. */
const SILENCE_MS = 15_000;
const RECENT_MS = 5 * 60_000;

export function ageOf(overview: Overview, now: Date, lastAnswer: Date, live: boolean): Age | null {
  const status = overview.parts.status.data;
  const silent = now.getTime() - lastAnswer.getTime() > SILENCE_MS;
  if (silent) {
    return {
      stale: true, quiet: false, long: `Stale, shown since ${clock(lastAnswer, true)}, `, short: relative(lastAnswer, now),
      title: `Last answer ${exact(lastAnswer)}`, warning: null,
    };
  }
  const pipeline = date(status?.clock);
  if (pipeline && now.getTime() - pipeline.getTime() > 2 * USUAL_LAG_MS) {
    return {
      stale: true, quiet: false, long: `Stale, data to ${clock(pipeline, true)}, `, short: relative(pipeline, now),
      title: `The pipeline has worked up to ${exact(pipeline)}`, warning: `Figures end at ${clock(pipeline)} UTC.`,
    };
  }
  const newest = date(status?.newest_event_time);
  if (!newest) return overview.parts.status.ok && live ? {stale: false, quiet: true, long: 'Live, ', short: 'no data yet', title: '', warning: null} : null;
  const quiet = now.getTime() - newest.getTime() > RECENT_MS;
  return {
    stale: false, quiet, long: `${quiet ? 'Live, newest call' : 'Live, data to'} ${clock(newest, true)}, `, short: relative(newest, now),
    title: `Newest call ${exact(newest)}`, warning: null,
  };
}

function date(text: string | null | undefined): Date | null {
  const at = text ? new Date(text) : null;
  return at && !Number.isNaN(at.getTime()) ? at : null;
}
