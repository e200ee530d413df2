import type { ChannelKind, ChannelKindInfo } from '@hostdeck/contracts';
import { LANGUAGE, type Language } from '../../language/language';
import { CHANNEL_WORDS_DE } from './channel-words.de';

/** How a kind of channel and its fields are called. */
export interface ChannelWords {
  readonly label: string;
  /** By the name of the field: what it is and, where the hub says more, what helps. */
  readonly fields: Readonly<Record<string, readonly [label: string, help?: string]>>;
}

/** English is missing: the hub itself says it. */
const WORDS: Readonly<
  Record<Exclude<Language, 'en'>, Readonly<Record<ChannelKind, ChannelWords>>>
> = { de: CHANNEL_WORDS_DE };

/** A kind of channel in the language of this page. A field that is not known here stays in English. */
export function channelInWords(info: ChannelKindInfo): ChannelKindInfo {
  if (LANGUAGE === 'en') return info;
  const { label, fields } = WORDS[LANGUAGE][info.kind];
  return {
    ...info,
    label,
    fields: info.fields.map((field) => {
      const words = Object.hasOwn(fields, field.name) ? fields[field.name] : undefined;
      if (words === undefined) return field;
      const [name, help] = words;
      return { ...field, label: name, help: help ?? field.help };
    }),
  };
}
