import { computed, inject, type Signal } from '@angular/core';
import type { HostCard } from '@hostdeck/contracts';
import { HubClock } from '../live/hub-clock';
import { LiveConnection } from '../live/live-connection';
import { STATUS_WORDS } from '../status/status.texts';
import { ageWords } from '../units/duration';
import { FLEET_TEXTS } from './fleet.texts';

/** A host's clock that is off by more than this is said so, ms: less is the delay of the network. */
export const CLOCK_TOLERANCE = 2_000;

/** How far what is shown of a host can be trusted. */
export interface DataAge {
  /** Whether the values are of the past: the host is silent or sends old frames, or the hub does not answer. */
  readonly isOld: Signal<boolean>;
  /** The state, as far as it is known. */
  readonly word: Signal<string>;
  /** Age of the values shown, on the hub's clock; moves once a second. */
  readonly age: Signal<string>;
}

/** Follows the age of a card's data. Needs an injection context. */
export function dataAge(card: Signal<HostCard>): DataAge {
  const clock = inject(HubClock);
  const { isFresh } = inject(LiveConnection);
  const texts = FLEET_TEXTS.card;
  return {
    isOld: computed(() => !isFresh() || !['live', 'restarting'].includes(card().status)),
    word: computed(() => (isFresh() ? STATUS_WORDS[card().status] : texts.lastSeen)),
    age: computed(() => {
      const from = valuesFrom(card());
      return from === null ? texts.never : texts.ago(ageWords(clock.since(from)));
    }),
  };
}

/** Time of the values of a card on the hub's clock, ms since the epoch; `null` before the first. */
export function valuesFrom({ status, lastSeen, sampledAt, clockOffset }: HostCard): number | null {
  // Frames of an outage arrive now and are of long ago.
  if (status === 'catching_up' && sampledAt !== null) return sampledAt - (clockOffset ?? 0);
  return lastSeen;
}
