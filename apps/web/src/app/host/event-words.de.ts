import type { HostEvent } from '@hostdeck/contracts';
import { count } from '../language/count';
import { STATUS_DE } from '../status/status.texts.de';
import { offsetWords, secondsWords } from '../units/duration';

/** What happened, in German. */
export function eventWordsDe(event: HostEvent): string {
  switch (event.kind) {
    case 'status': {
      const { from, to } = event.detail;
      return from === null ? STATUS_DE[to] : `${STATUS_DE[to]}, zuvor ${STATUS_DE[from]}`;
    }
    case 'rebooted':
      return 'Der Host wurde neu gestartet';
    case 'agent_restarted':
      return 'Der Agent wurde neu gestartet';
    case 'new_epoch':
      return 'Der Agent hat eine neue Outbox begonnen';
    case 'agent_version':
      return `Agent ${event.detail.to}, zuvor ${event.detail.from}`;
    case 'clock_jumped':
      return `Uhr weicht um ${offsetWords(event.detail.to)} ab, zuvor um ${offsetWords(event.detail.from)}`;
    case 'frames_lost':
      return `${framesWords(event.detail.frames)} verloren: Die Outbox des Agenten war voll`;
    case 'identity_cloned': {
      const { hostnames } = event.detail;
      const which = hostnames.length > 1 ? ` (${hostnames.join(', ')})` : '';
      return `Zwei Maschinen nutzen diese Identität${which}: Eine von ihnen ist neu aufzunehmen`;
    }
    case 'too_old':
      return `${framesWords(event.detail.frames)} nicht gespeichert: älter, als Frames aufbewahrt werden`;
    case 'sampling_slowed': {
      const { interval, reason } = event.detail;
      const why = reason === 'battery' ? 'läuft auf Akku' : 'Der Host ist zu beschäftigt';
      return `Misst nur noch alle ${secondsWords(interval)}: ${why}`;
    }
    case 'sampling_restored':
      return `Misst wieder alle ${secondsWords(event.detail.interval)}`;
    case 'collector_failing': {
      const { collector, trouble, message } = event.detail;
      return `Kollektor ${collector} ${trouble === 'hanging' ? 'hängt' : 'ist gestört'}: ${message}`;
    }
    case 'collector_recovered':
      return `Kollektor ${event.detail.collector} läuft wieder`;
    case 'hub_blind':
      return 'Der Hub war aus';
  }
}

function framesWords(frames: number): string {
  return frames === 1 ? '1 Frame' : `${count(frames)} Frames`;
}
