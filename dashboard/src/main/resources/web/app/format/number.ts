// Figures as people read them, by locale through Intl. A true minus, no-break spaces before units.

const LOCALE = navigator.language || 'en';
export const NBSP = '\u00a0';

export interface Figure {
  text: string;
  unit?: string;
}

const formats = new Map<string, Intl.NumberFormat>();

function format(value: number, options: Intl.NumberFormatOptions): string {
  const key = JSON.stringify(options);
  let made = formats.get(key);
  if (!made) {
    made = new Intl.NumberFormat(LOCALE, options);
    formats.set(key, made);
  }
  return made.format(value).replace('-', '\u2212');
}

/** A number with exactly so many digits after the point. */
export function fixed(value: number, digits: number): string {
  return format(value, {minimumFractionDigits: digits, maximumFractionDigits: digits});
}

export function significant(value: number, digits: number): string {
  return format(value, {maximumSignificantDigits: digits});
}

/** 38,402; from a million 10.32 M. */
export function count(value: number): string {
  const size = Math.abs(value);
  if (size >= 1e9) return fixed(value / 1e9, 2) + NBSP + 'G';
  if (size >= 1e6) return fixed(value / 1e6, 2) + NBSP + 'M';
  return format(value, {maximumFractionDigits: Number.isInteger(value) ? 0 : 1});
}

/** Digits after the point that an interval of this half-width supports, in the unit shown. */
export function supportedDigits(halfWidth: number, most: number): number {
  if (!(halfWidth > 0)) return most;
  return Math.max(0, Math.min(most, Math.ceil(-Math.log10(halfWidth))));
}

/** Digits for a percentage when no interval says otherwise: more where it is close to none or all. */
export function percentDigits(ratio: number): number {
  const percent = ratio * 100;
  return percent > 99 && percent < 100 || percent > 0 && percent < 1 ? 2 : 1;
}

export function percent(ratio: number, digits = percentDigits(ratio)): string {
  return fixed(ratio * 100, digits) + NBSP + '%';
}

/** $42,318; under $1 two significant digits: $0.0041. Never $0.00 for something that cost. */
export function money(value: number, currency: string): string {
  const size = Math.abs(value);
  const base: Intl.NumberFormatOptions = {style: 'currency', currency, currencyDisplay: 'narrowSymbol'};
  if (value === 0) return format(0, {...base, maximumFractionDigits: 0});
  if (size < 1) return format(value, {...base, minimumSignificantDigits: 2, maximumSignificantDigits: 2});
  const digits = size < 1000 ? 2 : 0;
  return format(value, {...base, minimumFractionDigits: digits, maximumFractionDigits: digits});
}

/** Writes the amounts of one column with the same digits after the point: those that its smallest amount needs. */
export function moneyColumn(values: (number | null)[], currency: string): (value: number) => string {
  const sizes = values.filter((v): v is number => v !== null && v !== 0).map(Math.abs);
  const least = Math.min(...sizes), most = Math.max(...sizes);
  const wanted = least >= 1 ? 2 : Math.ceil(-Math.log10(least)) + 1;
  const digits = !sizes.length || most >= 1000 && least >= 100 ? 0 : Math.min(wanted, most >= 1 ? 4 : 8);
  const options: Intl.NumberFormatOptions = {style: 'currency', currency, currencyDisplay: 'narrowSymbol', minimumFractionDigits: digits, maximumFractionDigits: digits};
  // an amount too small for the column's digits still never reads as zero
  return value => (value !== 0 && Math.abs(value) < 0.5 / 10 ** digits ? money(value, currency) : format(value, options));
}

/** The full amount, for ledgers. */
export function moneyInFull(value: number, currency: string): string {
  return format(value, {style: 'currency', currency, currencyDisplay: 'narrowSymbol', minimumFractionDigits: 2, maximumFractionDigits: 6});
}

/** $179.9K: for axes and projections. Under $1,000 as any money. */
export function shortMoney(value: number, currency: string): string {
  const size = Math.abs(value);
  if (size < 1000) return money(value, currency);
  const [divisor, letter] = size >= 1e6 ? [1e6, 'M'] : [1e3, 'K'];
  return format(value / divisor, {style: 'currency', currency, currencyDisplay: 'narrowSymbol', maximumFractionDigits: 1, minimumFractionDigits: 0}) + letter;
}

/** 612 ms below a second, 1.2 s below a minute, 1 h 48 min. */
export function duration(ms: number): Figure {
  const size = Math.abs(ms);
  if (size < 10) return {text: significant(ms, 2), unit: 'ms'};
  if (size < 999.5) return {text: fixed(ms, 0), unit: 'ms'};
  if (size < 60_000) return {text: fixed(ms / 1000, 1), unit: 's'};
  return {text: longDuration(ms)};
}

/** 38 min, 1 h 48 min, 3 d 4 h. */
export function longDuration(ms: number): string {
  const seconds = Math.round(ms / 1000);
  if (seconds < 60) return `${seconds}${NBSP}s`;
  const minutes = Math.round(seconds / 60);
  if (minutes < 60) return `${minutes}${NBSP}min`;
  const hours = Math.floor(minutes / 60);
  if (hours < 24) return withRest(hours, 'h', minutes % 60, 'min');
  return withRest(Math.floor(hours / 24), 'd', hours % 24, 'h');
}

function withRest(whole: number, unit: string, rest: number, restUnit: string): string {
  return `${whole}${NBSP}${unit}` + (rest ? ` ${rest}${NBSP}${restUnit}` : '');
}

/** Requests per second, or per minute or hour where a second sees too few. */
export function rate(perSecond: number): Figure {
  const size = Math.abs(perSecond);
  if (perSecond === 0 || size >= 0.095) return {text: size >= 100 ? fixed(perSecond, 0) : fixed(perSecond, size >= 1 || perSecond === 0 ? 1 : 2), unit: 'rps'};
  if (size >= 0.095 / 60) return {text: significant(perSecond * 60, 2), unit: 'per min'};
  return {text: significant(perSecond * 3600, 2), unit: 'per h'};
}

export function plain(figure: Figure): string {
  return figure.unit ? figure.text + NBSP + figure.unit : figure.text;
}
