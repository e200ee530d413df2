import { PUSH_TEXTS } from './push.texts';

/** What a browser says of itself, the more special first: nearly all call themselves Chrome and Safari too. */
const BROWSERS = [
  ['Edg', 'Edge'],
  ['OPR', 'Opera'],
  ['Firefox', 'Firefox'],
  ['Chrome', 'Chrome'],
  ['Safari', 'Safari'],
] as const;
const SYSTEMS = [
  ['Android', 'Android'],
  ['iPhone', 'iOS'],
  ['iPad', 'iPadOS'],
  ['Windows', 'Windows'],
  ['Mac OS', 'macOS'],
  ['Linux', 'Linux'],
] as const;

/** A name by which somebody knows their browser again, such as `Firefox on Windows`. */
export function browserName(userAgent: string): string {
  const find = (known: readonly (readonly [string, string])[]) =>
    known.find(([word]) => userAgent.includes(word))?.[1];
  return PUSH_TEXTS.browserOn(
    find(BROWSERS) ?? PUSH_TEXTS.unknownBrowser,
    find(SYSTEMS) ?? PUSH_TEXTS.unknownSystem,
  );
}
