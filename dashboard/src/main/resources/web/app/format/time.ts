// Times in UTC, by locale through Intl. Ranges in words, ages relative up to a day.

import {longDuration, NBSP} from './number';

const LOCALE = navigator.language || 'en';
const MINUTE = 60_000;
const DAY = 86_400_000;

function parts(at: Date, options: Intl.DateTimeFormatOptions): Record<string, string> {
  const made: Record<string, string> = {};
  for (const part of new Intl.DateTimeFormat(LOCALE, {...options, timeZone: 'UTC'}).formatToParts(at)) made[part.type] = part.value;
  return made;
}

/** 17 Nov */
export function day(at: Date): string {
  const p = parts(at, {day: 'numeric', month: 'short'});
  return `${p.day}${NBSP}${p.month}`;
}

/** 14:05 */
export function clock(at: Date, seconds = false): string {
  const p = parts(at, {hour: '2-digit', minute: '2-digit', second: '2-digit', hourCycle: 'h23'});
  return `${p.hour}:${p.minute}` + (seconds ? `:${p.second}` : '');
}

/** 17 Nov 14:05 */
export function dayAndClock(at: Date): string {
  return `${day(at)} ${clock(at)}`;
}

/** November */
export function month(at: Date): string {
  return parts(at, {month: 'long'}).month;
}

/** The exact time with its zone, for titles. */
export function exact(at: Date): string {
  return at.toISOString().replace('T', ' ').replace(/\.\d+Z$/, '') + ' UTC';
}

/** 17 Nov 14:05 to 24 Nov 14:05 UTC; the day is named once when both ends share it. */
export function range(from: Date, to: Date): string {
  const sameDay = from.toISOString().slice(0, 10) === to.toISOString().slice(0, 10);
  return `${dayAndClock(from)} to ${sameDay ? clock(to) : dayAndClock(to)} UTC`;
}

/** The length of a range in words: 7 days, 24 hours, 15 minutes. */
export function span(from: Date, to: Date): string {
  const minutes = Math.round((to.getTime() - from.getTime()) / MINUTE);
  if (minutes >= 2 * 24 * 60) return `${Math.round(minutes / 1440)} days`;
  if (minutes >= 119) return `${Math.round(minutes / 60)} hours`;
  return minutes >= 59 && minutes <= 61 ? 'hour' : `${minutes} minutes`;
}

/** 12 s ago, 38 min ago; from a day on the date. */
export function age(at: Date, now: Date): string {
  const ms = now.getTime() - at.getTime();
  if (ms < 1000) return 'now';
  return ms >= DAY ? day(at) : `${longDuration(ms).split(' ')[0]} ago`;
}

/** The label of a step's start, as short as the step allows. */
export function stepLabel(start: string, step: string): string {
  const at = new Date(start);
  if (step === '1d') return day(at);
  return step === '1h' ? dayAndClock(at) : clock(at);
}
