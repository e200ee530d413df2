import type { Texts } from './texts';

/** The languages there are, each by its own name. */
export const LANGUAGE_NAMES = { en: 'English', de: 'Deutsch' } as const;
export type Language = keyof typeof LANGUAGE_NAMES;

/** Every language there is. */
export const LANGUAGES: readonly Language[] = ['en', 'de'];

const STORAGE_KEY = 'hostdeck.language';

/** The language of this page: the one chosen in this browser, else the first of the browser's own that there is. Fixed until the page is loaded again. */
export const LANGUAGE: Language = remembered() ?? preferred() ?? 'en';

/** The locale that numbers, times and orders of names follow: the browser's own form of the language, such as `de-CH`. */
export const LOCALE: string =
  browserLocales().find((locale) => languageOf(locale) === LANGUAGE) ?? LANGUAGE;

/** The texts in the language of this page. A text that one of the languages lacks does not compile. */
export function inLanguage<const English>(
  english: English,
  others: Readonly<Record<Exclude<Language, 'en'>, Texts<English>>>,
): English | Texts<English> {
  return LANGUAGE === 'en' ? english : others[LANGUAGE];
}

/** Remembers a language in this browser; it holds from the next load of the page on. */
export function rememberLanguage(language: Language): void {
  try {
    localStorage.setItem(STORAGE_KEY, language);
  } catch {
    // Storage is turned off in this browser: its own language holds.
  }
}

function remembered(): Language | null {
  try {
    return languageOf(localStorage.getItem(STORAGE_KEY) ?? '');
  } catch {
    // Storage is turned off in this browser.
    return null;
  }
}

function preferred(): Language | null {
  return (
    browserLocales()
      .map(languageOf)
      .find((language) => language !== null) ?? null
  );
}

function browserLocales(): readonly string[] {
  return navigator.languages;
}

function languageOf(locale: string): Language | null {
  const [language] = locale.toLowerCase().split('-');
  return LANGUAGES.find((one) => one === language) ?? null;
}
