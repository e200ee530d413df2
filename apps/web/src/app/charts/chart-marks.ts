import type { Severity } from '@hostdeck/contracts';

/** What stands in a chart besides its lines. */
export interface ChartMarks {
  readonly events: readonly ChartEvent[];
  /** Spans of which nothing can be known, ascending. */
  readonly blind: readonly BlindSpan[];
  /** When rules fired for what is drawn. */
  readonly firing?: readonly FiringSpan[];
  /** What somebody has asked about; a moment where both ends are the same. */
  readonly chosen?: BlindSpan | null;
}

/** Something that happened. */
export interface ChartEvent {
  readonly at: number;
  readonly label: string;
}

/** A span in which nobody watched. */
export interface BlindSpan {
  readonly from: number;
  readonly to: number;
}

/** A span in which a rule fired. */
export interface FiringSpan {
  readonly severity: Severity;
  readonly from: number;
  /** `null` while it fires. */
  readonly to: number | null;
}

/** No marks. */
export const NO_MARKS: ChartMarks = { events: [], blind: [] };

/** An event's line; places are shares of the chart's width from 0 to 1. */
export interface PlacedEvent {
  readonly place: number;
  /** Empty where the label would run into another. */
  readonly label: string;
  /** Whether the label stands left of its line, because there is no room right of it. */
  readonly left: boolean;
}

/** A blind span's place. */
export interface PlacedSpan {
  readonly place: number;
  readonly width: number;
}

/** A place in which a rule fired. */
export interface PlacedFiring extends PlacedSpan {
  readonly severity: Severity;
}

/** Where everything stands. */
export interface PlacedMarks {
  readonly events: readonly PlacedEvent[];
  readonly blind: readonly PlacedSpan[];
  readonly firing: readonly PlacedFiring[];
  readonly chosen: PlacedSpan | null;
}

/** Lines in one chart at most; the newest are kept. */
const MOST_EVENTS = 60;
/** Share of the width a label takes. */
const LABEL_WIDTH = 0.2;
/** Lines closer than this are one, as a share of the width. */
const LEAST_DISTANCE = 0.004;

/** Where the marks of a window stand. */
export function placeMarks(
  { events, blind, firing = [], chosen = null }: ChartMarks,
  { from, to }: BlindSpan,
): PlacedMarks {
  const share = (time: number) => (time - from) / (to - from);
  return {
    events: placeEvents(
      events
        .filter(({ at }) => at >= from && at <= to)
        .slice(-MOST_EVENTS)
        .map(({ at, label }) => ({ place: share(at), label })),
    ),
    blind: blind.flatMap((span) => {
      const start = Math.max(0, share(span.from));
      const end = Math.min(1, share(span.to));
      return end > start ? [{ place: start, width: end - start }] : [];
    }),
    firing: firing.flatMap((span) => {
      const start = Math.max(0, share(span.from));
      const end = Math.min(1, span.to === null ? 1 : share(span.to));
      // What lasted a moment is seen too.
      const width = Math.max(end - start, LEAST_DISTANCE);
      return end >= 0 && start <= 1 ? [{ severity: span.severity, place: start, width }] : [];
    }),
    chosen:
      chosen === null || chosen.to < from || chosen.from > to
        ? null
        : {
            place: Math.max(0, share(chosen.from)),
            width: Math.min(1, share(chosen.to)) - Math.max(0, share(chosen.from)),
          },
  };
}

function placeEvents(
  events: readonly { readonly place: number; readonly label: string }[],
): PlacedEvent[] {
  const placed: PlacedEvent[] = [];
  let free = 0;
  let before = -1;
  for (const { place, label } of events) {
    if (place - before < LEAST_DISTANCE) continue;
    before = place;
    const left = place > 1 - LABEL_WIDTH;
    const starts = left ? place - LABEL_WIDTH : place;
    const fits = starts >= free;
    if (fits) free = starts + LABEL_WIDTH;
    placed.push({ place, label: fits ? label : '', left });
  }
  return placed;
}
