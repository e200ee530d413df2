import { inLanguage } from '../language/language';
import { API_DE } from './api.texts.de';

/** In English; other languages have the same keys. */
export const API_EN = {
  unreachable: 'The hub does not answer. Is it running, and is this machine on its network?',
  refused: (status: number) => `The hub refused this (status ${status}). Try again in a moment.`,
  broken: 'The connection to the hub broke off. Try again; what the hub has is not lost.',
} as const;

export const API_TEXTS = inLanguage(API_EN, { de: API_DE });
