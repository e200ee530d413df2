import type {
  AlertsSnapshot,
  AlertsUpdate,
  CardHistories,
  Failure,
  FleetSnapshot,
  FleetUpdate,
  HostSnapshot,
  HostUpdate,
  ProcessesSnapshot,
  ProcessesUpdate,
} from '@hostdeck/contracts';

/** Whoever watches the cards of all hosts. */
export interface FleetWatcher {
  snapshot: (snapshot: FleetSnapshot) => void;
  update: (update: FleetUpdate) => void;
  /** The cards' lines come after the cards, in parts. */
  histories: (part: CardHistories) => void;
}

/** Whoever watches one host. */
export interface HostWatcher {
  snapshot: (snapshot: HostSnapshot) => void;
  update: (update: HostUpdate) => void;
  /** The room was refused; nothing comes until it is watched again. */
  refused: (failure: Failure) => void;
}

/** Whoever watches what fires. */
export interface AlertsWatcher {
  snapshot: (snapshot: AlertsSnapshot) => void;
  update: (update: AlertsUpdate) => void;
}

/** Whoever watches the processes of a host. */
export interface ProcessesWatcher {
  snapshot: (snapshot: ProcessesSnapshot) => void;
  update: (update: ProcessesUpdate) => void;
  /** The room was refused; nothing comes until it is watched again. */
  refused: (failure: Failure) => void;
}
