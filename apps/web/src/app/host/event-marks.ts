import type { HostEvent, HostEventKind } from '@hostdeck/contracts';
import type { ChartMarks } from '../charts/chart-marks';
import { HOST_TEXTS } from './host.texts';

/** Changes of state stand in the strip over the charts, and blind time is hatched: neither has a line. */
const LABELS: Readonly<Record<Exclude<HostEventKind, 'status' | 'hub_blind'>, string>> =
  HOST_TEXTS.eventLabels;

/**
 * What happened, as it stands in the charts.
 *
 * @param events ascending, on the hub's clock
 * @param offset the clock of the charts minus the hub's, ms
 */
export function eventMarks(events: readonly HostEvent[], offset: number): ChartMarks {
  return {
    events: events.flatMap(({ at, kind }) =>
      kind === 'status' || kind === 'hub_blind' ? [] : [{ at: at + offset, label: LABELS[kind] }],
    ),
    blind: events.flatMap((event) =>
      event.kind === 'hub_blind' ? [{ from: event.at + offset, to: event.until + offset }] : [],
    ),
  };
}

/** The same event on a clock that is `offset` ms ahead of the hub's. */
export function shiftEvent(event: HostEvent, offset: number): HostEvent {
  return event.kind === 'hub_blind'
    ? { ...event, at: event.at + offset, until: event.until + offset }
    : { ...event, at: event.at + offset };
}
