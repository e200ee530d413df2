import type { AgentReport, HostEvent } from '@hostdeck/contracts';
import type { WithoutText } from './event-text';

/** What begins again within this time is not told of again, ms. */
const QUIET = 600_000;

/** Trouble that has been told of, by what it is of. */
interface Told {
  readonly at: number;
  /** Whether the end of it is still to be told. */
  open: boolean;
}

/** Finds what is worth remembering in what one agent says of itself, one report after the other. */
export class ReportEvents {
  private readonly told = new Map<string, Told>();

  /** @param before what it said before; `null` when it has not said anything */
  between(before: AgentReport | null, after: AgentReport, at: number): WithoutText<HostEvent>[] {
    const events: WithoutText<HostEvent>[] = [];
    const { interval, reason } = after;
    if (reason === 'battery' || reason === 'overloaded') {
      if (before?.reason !== reason && this.begins(`interval ${reason}`, at)) {
        events.push({ at, kind: 'sampling_slowed', detail: { interval, reason } });
      }
    } else if (isSlow(before) && this.ends(`interval ${before.reason}`)) {
      events.push({ at, kind: 'sampling_restored', detail: { interval } });
    }
    const [earlier, now] = [troublesOf(before), troublesOf(after)];
    for (const [collector, detail] of now) {
      if (!earlier.has(collector) && this.begins(`collector ${collector}`, at)) {
        events.push({ at, kind: 'collector_failing', detail });
      }
    }
    for (const collector of earlier.keys()) {
      if (!now.has(collector) && this.ends(`collector ${collector}`)) {
        events.push({ at, kind: 'collector_recovered', detail: { collector } });
      }
    }
    return events;
  }

  private begins(what: string, at: number): boolean {
    const told = this.told.get(what);
    if (told !== undefined && at - told.at < QUIET) return false;
    this.told.set(what, { at, open: true });
    return true;
  }

  /** Whether the end is to be told: what was told of before the hub was started has an end too. */
  private ends(what: string): boolean {
    const told = this.told.get(what);
    if (told === undefined) return true;
    const wasOpen = told.open;
    told.open = false;
    return wasOpen;
  }
}

function isSlow(report: AgentReport | null): report is AgentReport {
  return report?.reason === 'battery' || report?.reason === 'overloaded';
}

function troublesOf(report: AgentReport | null) {
  const troubles = new Map<
    string,
    { collector: string; trouble: 'failing' | 'hanging'; message: string }
  >();
  for (const { name: collector, trouble, message } of report?.collectors ?? []) {
    // What is only limited is so for good: it is on the host page, and no event.
    if (trouble !== 'limited') troubles.set(collector, { collector, trouble, message });
  }
  return troubles;
}
