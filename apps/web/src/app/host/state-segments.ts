import type { HostEvent, HostStatus } from '@hostdeck/contracts';
import type { TimeWindow } from './time-range';

/** What the strip shows of a moment: a state, that the hub itself was not there, or that nothing is known. */
export type SegmentState = HostStatus | 'blind' | 'unknown';

/** A part of the time shown in which a host was in one state. */
export interface StateSegment extends TimeWindow {
  readonly state: SegmentState;
  /** Changes of state in it that are too short to be seen; its state is the worst of them. */
  readonly changes: number;
}

/** What the states of a window are judged by. Times are ms since the epoch, all on one clock. */
export interface StateEvidence {
  readonly window: TimeWindow;
  /** Ascending. */
  readonly events: readonly HostEvent[];
  /** State before the first event; `null` where it is not known. */
  readonly before: HostStatus | null;
  readonly now: number;
}

/** Worst last. */
const SEVERITY: readonly SegmentState[] = [
  'unknown',
  'live',
  'catching_up',
  'restarting',
  'blind',
  'stale',
  'down',
];

/** Shortest segment that is drawn by itself, as a share of the window. */
const LEAST_SHARE = 1 / 400;

/** The states a host was in, one after the other, without a gap from the start of the window to its end or now. */
export function stateSegments({ window, events, before, now }: StateEvidence): StateSegment[] {
  const end = Math.min(window.to, now);
  const changes = events.flatMap((event) => (event.kind === 'status' ? [event] : []));
  // What it was before the first change stands in that change.
  let state: SegmentState =
    changes[0]?.detail.from ?? (changes.length > 0 ? null : before) ?? 'unknown';
  let from = window.from;
  const segments: StateSegment[] = [];
  const close = (to: number) => {
    if (to > from) segments.push({ from, to, state, changes: 0 });
    from = Math.max(from, to);
  };
  for (const { at, detail } of changes) {
    close(Math.min(at, end));
    state = detail.to;
  }
  close(end);
  return summarise(withBlind(joined(segments), events), (window.to - window.from) * LEAST_SHARE);
}

/** Time in which the hub was not there says nothing of the host, whatever was concluded from its silence. */
function withBlind(
  segments: readonly StateSegment[],
  events: readonly HostEvent[],
): StateSegment[] {
  let result = [...segments];
  for (const event of events) {
    if (event.kind !== 'hub_blind') continue;
    const { at, until } = event;
    result = result.flatMap((segment): StateSegment[] => {
      const from = Math.max(segment.from, at);
      const to = Math.min(segment.to, until);
      if (to <= from) return [segment];
      return [
        { ...segment, to: from },
        { from, to, state: 'blind' as const, changes: 0 },
        { ...segment, from: to },
      ].filter((part) => part.to > part.from);
    });
  }
  return joined(result);
}

/** Neighbours in one state are one segment. */
function joined(segments: readonly StateSegment[]): StateSegment[] {
  const result: StateSegment[] = [];
  for (const segment of segments) {
    const last = result.at(-1);
    if (last?.state !== segment.state) result.push(segment);
    else result[result.length - 1] = { ...last, to: segment.to };
  }
  return result;
}

/** Runs of segments too short to be seen become one in the worst of their states. */
function summarise(segments: readonly StateSegment[], least: number): StateSegment[] {
  const result: StateSegment[] = [];
  for (const segment of segments) {
    const last = result.at(-1);
    const short = segment.to - segment.from < least;
    if (last === undefined || !short || last.to - last.from >= least) {
      result.push(segment);
      continue;
    }
    result[result.length - 1] = {
      from: last.from,
      to: segment.to,
      state: worse(last.state, segment.state),
      changes: Math.max(1, last.changes) + 1,
    };
  }
  return result;
}

function worse(one: SegmentState, other: SegmentState): SegmentState {
  return SEVERITY.indexOf(one) >= SEVERITY.indexOf(other) ? one : other;
}
