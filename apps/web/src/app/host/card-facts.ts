import type { HostCard } from '@hostdeck/contracts';

/** What a card says of its host. */
export function cardFacts(card: HostCard) {
  const { name, status, tags, lastSeen, clockOffset, interval, backlog = null } = card;
  return { name, status, tags: [...tags], lastSeen, clockOffset, interval, backlog };
}
