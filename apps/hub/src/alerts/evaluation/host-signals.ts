import type { HostEventKind, HostFacts, HostStatus } from '@hostdeck/contracts';
import type { HostCondition } from './judges';
import type { Signal } from './machine';

/** What is known of a host when its conditions are judged. */
export interface HostEvidence {
  readonly status: HostStatus;
  /** Whether anything has been heard of it since the hub began to listen. */
  readonly isHeard: boolean;
  /** Ms, the host's clock minus the hub's. */
  readonly clockOffset: number | null;
  readonly agentVersion: HostFacts['agentVersion'] | null;
}

/** Events of a host that a condition is about: it fires at each, and is well again `clearFor` after the last. */
const EVENTS: Readonly<Partial<Record<HostCondition['kind'], readonly HostEventKind[]>>> = {
  restarted: ['rebooted'],
  lost_data: ['frames_lost', 'too_old'],
  identity_cloned: ['identity_cloned'],
};

/** The events a condition is about; `null` for one that is about a state. */
export function eventsOf({ kind }: HostCondition): readonly HostEventKind[] | null {
  return EVENTS[kind] ?? null;
}

/** What the state of a host says about a condition. */
export function hostSignal(
  condition: HostCondition,
  evidence: HostEvidence,
  hubVersion: string,
): Signal {
  switch (condition.kind) {
    case 'down':
      return downSignal(evidence.status);
    case 'stale':
      return staleSignal(evidence);
    case 'clock_off': {
      const { clockOffset } = evidence;
      if (clockOffset === null) return 'unknown';
      return Math.abs(clockOffset) > condition.threshold ? 'bad' : 'good';
    }
    case 'agent_outdated': {
      const { agentVersion } = evidence;
      if (agentVersion === null) return 'unknown';
      return isOlder(agentVersion, hubVersion) ? 'bad' : 'good';
    }
    case 'restarted':
    case 'lost_data':
    case 'identity_cloned':
      return 'good';
  }
}

/** Old frames and an announced restart say neither that a host is down nor that it is back. */
function downSignal(status: HostStatus): Signal {
  if (status === 'down') return 'bad';
  return status === 'live' ? 'good' : 'between';
}

/** After a start of the hub every host is stale until it is heard of, which says nothing about the host. */
function staleSignal({ status, isHeard }: HostEvidence): Signal {
  if (status === 'down' || (status === 'stale' && isHeard)) return 'bad';
  return status === 'live' ? 'good' : 'between';
}

/** Whether a version is older, number by number; what follows a hyphen is not looked at. */
function isOlder(version: string, than: string): boolean {
  // Nearly all agents are of the hub's own version.
  if (version === than) return false;
  const [own, other] = [numbersOf(version), numbersOf(than)];
  for (let index = 0; index < Math.max(own.length, other.length); index += 1) {
    const difference = (own[index] ?? 0) - (other[index] ?? 0);
    if (difference !== 0) return difference < 0;
  }
  return false;
}

function numbersOf(version: string): number[] {
  const [numbers = ''] = version.split('-');
  return numbers.split('.').map((part) => Number.parseInt(part, 10) || 0);
}
