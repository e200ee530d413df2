import { LOCALE } from '../language/language';
import { fixed } from './decimal';

const SECOND = 1_000;
const MINUTE = 60 * SECOND;
const HOUR = 60 * MINUTE;
const DAY = 24 * HOUR;

/** A length of time in two units at most: `41 d 3 h`, `3 h 12 min`, `12 min 4 s`, `4 s`. @param ms milliseconds; below zero counts as zero. */
export function durationWords(ms: number): string {
  const whole = Math.max(0, ms);
  if (whole >= DAY) return pair(whole, [DAY, 'd'], [HOUR, 'h']);
  if (whole >= HOUR) return pair(whole, [HOUR, 'h'], [MINUTE, 'min']);
  if (whole >= MINUTE) return pair(whole, [MINUTE, 'min'], [SECOND, 's']);
  return `${Math.floor(whole / SECOND)}\u00a0s`;
}

/** A length of time in one unit: `41 d`, `3 h`, `12 min`, `4 s`. @param ms milliseconds; below zero counts as zero. */
export function ageWords(ms: number): string {
  const whole = Math.max(0, ms);
  if (whole >= DAY) return `${Math.floor(whole / DAY)}\u00a0d`;
  if (whole >= HOUR) return `${Math.floor(whole / HOUR)}\u00a0h`;
  if (whole >= MINUTE) return `${Math.floor(whole / MINUTE)}\u00a0min`;
  return `${Math.floor(whole / SECOND)}\u00a0s`;
}

const PLAIN = new Intl.NumberFormat(LOCALE, { maximumFractionDigits: 3 });

/** A length of time as it is set: `2 s`, `1.5 s`. @param ms milliseconds */
export function secondsWords(ms: number): string {
  return `${PLAIN.format(ms / SECOND)}\u00a0s`;
}

type Step = readonly [length: number, name: string];

function pair(ms: number, [large, largeName]: Step, [small, smallName]: Step): string {
  const first = Math.floor(ms / large);
  const second = Math.floor((ms % large) / small);
  const head = `${first}\u00a0${largeName}`;
  return second === 0 ? head : `${head} ${second}\u00a0${smallName}`;
}

/** A clock's error, signed: `+1.2 s`, `-3 min`; below a second in ms. */
export function offsetWords(ms: number): string {
  const sign = ms < 0 ? '\u2212' : '+';
  const size = Math.abs(ms);
  if (size < SECOND) return `${sign}${Math.round(size)}\u00a0ms`;
  if (size < MINUTE) return `${sign}${fixed(size / SECOND, 1)}\u00a0s`;
  return `${sign}${durationWords(size)}`;
}
