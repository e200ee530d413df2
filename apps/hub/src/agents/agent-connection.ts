import type { AgentToHubEvents, HubToAgentEvents, WireErrorCode } from '@hostdeck/contracts';
import type { DefaultEventsMap, Namespace, Socket } from 'socket.io';
import type { Host } from '../hosts/host';
import type { Outbox } from '../ingest/outbox';
import type { SeriesLayout } from '../schemas/layout';
import { WireFailure } from '../sockets/wire-failure';

/** What a socket carries from its first moment. */
export interface AgentSocketData {
  connection: AgentConnection;
}

export type AgentSocket = Socket<
  AgentToHubEvents,
  HubToAgentEvents,
  DefaultEventsMap,
  AgentSocketData
>;
export type AgentNamespace = Namespace<
  AgentToHubEvents,
  HubToAgentEvents,
  DefaultEventsMap,
  AgentSocketData
>;

/** How far a connection has come; each step needs the one before. */
export type AgentStep =
  | { readonly name: 'challenged'; readonly hubNonce: string }
  | { readonly name: 'proved' }
  | { readonly name: 'greeting' }
  | { readonly name: 'greeted'; readonly outbox: Outbox; readonly backlogUpTo: number };

/** Schemas one connection may have in use: a list of series changes when a disk appears, not with every frame. */
export const MOST_SCHEMAS = 64;

/** One agent's connection. */
export class AgentConnection {
  step: AgentStep;
  /** Layouts by the agent's own numbers; a promise while the layout is being stored. */
  readonly layouts = new Map<number, SeriesLayout | Promise<SeriesLayout>>();
  /** Errors already written to the log. */
  readonly logged = new Set<WireErrorCode>();
  deadline: NodeJS.Timeout | null = null;

  constructor(
    readonly host: Host,
    readonly agentNonce: string,
    hubNonce: string,
  ) {
    this.step = { name: 'challenged', hubNonce };
  }
}

/** Refuses what needs a step that has not been done, or has been done already. */
export function requireStep(
  connection: AgentConnection,
  name: AgentConnection['step']['name'],
  message: string,
): void {
  if (connection.step.name !== name) throw new WireFailure('out_of_order', message);
}
