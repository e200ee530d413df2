import type { HostEvent } from '@hostdeck/contracts';

/** An event of any kind, without its words. */
export type WithoutText<Event> = Event extends unknown ? Omit<Event, 'text'> : never;

const SECOND = 1_000;

function signedSeconds(ms: number): string {
  return `${ms < 0 ? '−' : '+'}${(Math.abs(ms) / SECOND).toFixed(1)} s`;
}

function seconds(ms: number): string {
  return `${String(ms / SECOND)} s`;
}

function frameCount(frames: number): string {
  return frames === 1 ? '1 frame' : `${String(frames)} frames`;
}

/** What happened, in words for people. */
export function eventText(event: WithoutText<HostEvent>): string {
  switch (event.kind) {
    case 'status': {
      const { from, to } = event.detail;
      const name = to.replace('_', ' ');
      return from === null ? name : `${name}, was ${from.replace('_', ' ')}`;
    }
    case 'rebooted':
      return 'the host was rebooted';
    case 'agent_restarted':
      return 'the agent was restarted';
    case 'new_epoch':
      return 'the agent began a new outbox';
    case 'agent_version':
      return `agent ${event.detail.to}, was ${event.detail.from}`;
    case 'clock_jumped':
      return `clock off by ${signedSeconds(event.detail.to)}, was ${signedSeconds(event.detail.from)}`;
    case 'frames_lost':
      return `${frameCount(event.detail.frames)} lost: the agent's outbox was full`;
    case 'identity_cloned': {
      const { hostnames } = event.detail;
      const which = hostnames.length > 1 ? ` (${hostnames.join(', ')})` : '';
      return `two machines use this identity${which}: enroll one of them anew`;
    }
    case 'too_old':
      return `${frameCount(event.detail.frames)} not stored: older than raw frames are kept`;
    case 'sampling_slowed': {
      const { interval, reason } = event.detail;
      const why = reason === 'battery' ? 'on battery' : 'the host is too busy';
      return `samples every ${seconds(interval)} only: ${why}`;
    }
    case 'sampling_restored':
      return `samples every ${seconds(event.detail.interval)} again`;
    case 'collector_failing': {
      const { collector, trouble, message } = event.detail;
      return `collector ${collector} ${trouble === 'hanging' ? 'hangs' : 'fails'}: ${message}`;
    }
    case 'collector_recovered':
      return `collector ${event.detail.collector} works again`;
    case 'hub_blind':
      return 'the hub was off';
  }
}

/** The event with its words. */
export function withText(event: WithoutText<HostEvent>): HostEvent {
  return { ...event, text: eventText(event) };
}
