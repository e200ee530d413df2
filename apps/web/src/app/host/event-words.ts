import type { HostEvent } from '@hostdeck/contracts';
import { LANGUAGE, type Language } from '../language/language';
import { eventWordsDe } from './event-words.de';

/** English is missing: the hub itself says every event in it. */
const WORDS: Readonly<Record<Exclude<Language, 'en'>, (event: HostEvent) => string>> = {
  de: eventWordsDe,
};

/** What happened, in the language of this page. */
export function eventWords(event: HostEvent): string {
  return LANGUAGE === 'en' ? event.text : WORDS[LANGUAGE](event);
}
