import type { IncidentMessage, NotificationRoute } from '@hostdeck/contracts';
import { isWithin } from './route-times';

/** Whether a message meets all conditions of a route, at the moment it is sent. */
function fits(route: NotificationRoute, message: IncidentMessage): boolean {
  const { severities, tags, times } = route;
  if (severities.length > 0 && !severities.includes(message.severity)) return false;
  if (tags.length > 0 && !tags.some((tag) => message.tags.includes(tag))) return false;
  return times === null || isWithin(times, message.sentAt);
}

/** The channels a message goes to: those of every route that fits, each once; of the default route if none does. */
export function channelsFor(
  message: IncidentMessage,
  routes: readonly NotificationRoute[],
): string[] {
  const fitting = routes.filter((route) => !route.isDefault && fits(route, message));
  const chosen = fitting.length > 0 ? fitting : routes.filter(({ isDefault }) => isDefault);
  return [...new Set(chosen.flatMap(({ channels }) => channels))];
}
