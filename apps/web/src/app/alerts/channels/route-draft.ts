import {
  type NewNotificationRoute,
  type NotificationRoute,
  ROUTE_DAYS,
  type RouteTimes,
  type Severity,
} from '@hostdeck/contracts';
import { parseTags } from '../../fleet/tag-list';

/** A route as it is being written. */
export interface RouteDraft {
  readonly name: string;
  readonly severities: readonly Severity[];
  readonly tags: string;
  readonly isTimed: boolean;
  readonly times: RouteTimes;
  readonly channels: readonly string[];
}

/** Working hours, for a route that is for some times only. */
const WORKING_HOURS = { days: ROUTE_DAYS.slice(0, 5), from: '08:00', to: '18:00' };

/** A route to go on writing; `null` for a new one. */
export function toRouteDraft(route: NotificationRoute | null): RouteDraft {
  const { timeZone } = new Intl.DateTimeFormat().resolvedOptions();
  return {
    name: route?.name ?? '',
    severities: route?.severities ?? [],
    tags: route?.tags.join(', ') ?? '',
    isTimed: route !== null && route.times !== null,
    times: route?.times ?? { ...WORKING_HOURS, timeZone },
    channels: route?.channels ?? [],
  };
}

/** The route that was written; whether it is right the hub says. */
export function readRoute(draft: RouteDraft): NewNotificationRoute & { channels: string[] } {
  return {
    name: draft.name,
    severities: [...draft.severities],
    tags: parseTags(draft.tags),
    times: draft.isTimed ? draft.times : null,
    channels: [...draft.channels],
  };
}

/** `items` with `item`, or without it where it was there. */
export function toggled<Item>(items: readonly Item[], item: Item): readonly Item[] {
  return items.includes(item) ? items.filter((one) => one !== item) : [...items, item];
}
