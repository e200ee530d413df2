/**
 * Wire protocol between hub and browser: Socket.IO namespace `/live`. The session cookie is the right to it.
 * Times are ms since the epoch.
 */
import { z } from 'zod';
import type { AlertsSnapshot, AlertsUpdate } from './alerts';
import type { HostEvent } from './events';
import type { HostCard, HostSummary } from './hosts';
import { IdSchema } from './identity';
import type { ProcessScan } from './processes';
import type { Result } from './result';
import type { AgentReport } from './settings';

/** The Socket.IO namespace of dashboards. */
export const LIVE_NAMESPACE = '/live';

/** Browser → hub: send me this room from now on. */
export const WatchSchema = z.discriminatedUnion('room', [
  z.strictObject({
    room: z.literal('fleet'),
    /** `apart`: the cards come without their histories, which follow by themselves in parts. */
    histories: z.literal('apart').optional(),
  }),
  z.strictObject({ room: z.literal('alerts') }),
  z.strictObject({ room: z.literal('host'), hostId: IdSchema }),
  z.strictObject({ room: z.literal('processes'), hostId: IdSchema }),
]);
export type Watch = z.infer<typeof WatchSchema>;
export type WatchFleet = Extract<Watch, { room: 'fleet' }>;

/** The last ten minutes of a card's metrics, averaged over equal steps; `null` where nothing is known. */
export interface CardHistory {
  /** Start of the first step. */
  readonly from: number;
  /** Length of a step, ms. */
  readonly step: number;
  readonly cpu: readonly (number | null)[];
  readonly memory: readonly (number | null)[];
  readonly disk: readonly (number | null)[];
  readonly receive: readonly (number | null)[];
  readonly transmit: readonly (number | null)[];
}

/** The whole fleet at the moment of watching. */
export interface FleetSnapshot {
  readonly room: 'fleet';
  readonly hubTime: number;
  /** A history is `null` where the watch asked for them apart. */
  readonly cards: readonly { readonly card: HostCard; readonly history: CardHistory | null }[];
}

/** Hub → browser in room `fleet`, after a watch that asked for histories apart: some of them, each as it is at `hubTime`. */
export interface CardHistories {
  readonly hubTime: number;
  readonly histories: readonly { readonly hostId: string; readonly history: CardHistory }[];
}

/** A numbered list of series keys; a host's values line up with it. */
export interface Layout {
  readonly number: number;
  readonly series: readonly string[];
}

/** Time in the frame and values in the order of the layout. */
export type LiveFrame = readonly [time: number, values: readonly (number | null)[]];

/** One host at the moment of watching. */
export interface HostSnapshot {
  readonly room: 'host';
  readonly hubTime: number;
  readonly host: HostSummary;
  /** `null` until the host has sent its first frame. */
  readonly layout: Layout | null;
  readonly last: LiveFrame | null;
}

/** The process table of a host at the moment of watching; watching it makes the agent scan. */
export interface ProcessesSnapshot {
  readonly room: 'processes';
  readonly hubTime: number;
  /** What is known already, as a first scan; `null` until the agent has sent one. */
  readonly scan: ProcessScan | null;
  /** Why there will be none: the agent is away, too old, or its table is turned off; `null` when one will come. */
  readonly unavailable: string | null;
}

/** Hub → browser in room `processes`: what changed, in whole scans. */
export interface ProcessesUpdate {
  readonly hostId: string;
  readonly hubTime: number;
  readonly scan: ProcessScan;
}

/** Hub → browser in room `fleet`, at most twice a second: only the cards that changed. */
export interface FleetUpdate {
  readonly hubTime: number;
  readonly cards: readonly HostCard[];
  readonly removed: readonly string[];
}

/** Hub → browser in room `host`: frames as they come, and the host's card when its state or name changed. */
export interface HostUpdate {
  readonly hostId: string;
  readonly hubTime: number;
  readonly card: HostCard;
  /** Sent whenever the layout differs from the last one sent to this room. */
  readonly layout?: Layout;
  /** Number of the layout the frames are in; a browser that does not know it watches again. */
  readonly layoutNumber: number;
  readonly frames: readonly LiveFrame[];
  /** What happened to the host since the last message, in order; absent when nothing did. */
  readonly events?: readonly HostEvent[];
  /** How the agent itself is doing; absent when that has not changed. */
  readonly report?: AgentReport;
}

/** How the hub's storage is. */
export interface StorageState {
  /** Why frames cannot be stored now; `null` while they can. */
  readonly error: string | null;
  /** The database that was there when the hub started was broken and is set aside under this name; `null` when it was not. */
  readonly corruptFile: string | null;
}

/** That the hub is there, its clock and its version. */
export interface HubPresence {
  readonly hubTime: number;
  /** A page of another version offers to be loaded again. */
  readonly version: string;
  readonly storage: StorageState;
}

/** Events a browser sends. */
export interface BrowserToHubEvents {
  watch: (
    watch: Watch,
    ack: (
      result: Result<{
        snapshot: FleetSnapshot | HostSnapshot | ProcessesSnapshot | AlertsSnapshot;
      }>,
    ) => void,
  ) => void;
  unwatch: (watch: Watch, ack: (result: Result) => void) => void;
  /** Asks whether the hub is there. What was sent before the answer has arrived before it. */
  probe: (ack: (result: Result<HubPresence>) => void) => void;
}

/** Events the hub sends to a browser. */
export interface HubToBrowserEvents {
  fleet: (update: FleetUpdate) => void;
  cardHistories: (part: CardHistories) => void;
  host: (update: HostUpdate) => void;
  processes: (update: ProcessesUpdate) => void;
  alerts: (update: AlertsUpdate) => void;
  /** The hub can store nothing any more, or can again. */
  storage: (state: StorageState) => void;
  /** The session ended (sign-out, expiry, role change); the socket closes next. */
  signedOut: () => void;
}
