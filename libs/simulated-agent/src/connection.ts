/** How a simulated agent gets its connection: it proves who it is, and finds out whether to try again. */
import { randomBytes, sign, type KeyObject } from 'node:crypto';
import {
  AGENT_NAMESPACE,
  FailureSchema,
  PROTOCOL_VERSION,
  proofText,
  type AgentToHubEvents,
  type Failure,
  type HubToAgentEvents,
} from '@hostdeck/contracts';
import { io, type Socket } from 'socket.io-client';

export type AgentSocket = Socket<HubToAgentEvents, AgentToHubEvents>;

/** The hub cannot be reached or has no time now. */
export class TryAgainError extends Error {
  constructor(
    message: string,
    /** Ms to wait. */
    readonly after: number,
  ) {
    super(message);
  }
}

/** @throws what a refusal of the hub says */
export function throwRefusal<T extends { ok: true }>(result: T | Failure): asserts result is T {
  if (result.ok) return;
  if (result.code === 'busy') throw new TryAgainError(result.message, result.retryAfter ?? 500);
  throw new Error(`the hub refused: ${result.message}`);
}

/** What an error of a connection says: the hub's refusal, or that it is not there. */
function connectionError(error: Error & { data?: unknown }): Error {
  const refusal = FailureSchema.safeParse(error.data);
  if (!refusal.success) return new TryAgainError(error.message, 200);
  try {
    throwRefusal(refusal.data);
  } catch (refused) {
    if (refused instanceof Error) return refused;
  }
  return error;
}

/** Opens a socket and proves the identity; resolves once the hub has accepted it. */
export function prove(url: string, agentId: string, privateKey: KeyObject): Promise<AgentSocket> {
  const nonce = randomBytes(32).toString('base64url');
  const socket: AgentSocket = io(`${url}${AGENT_NAMESPACE}`, {
    transports: ['websocket'],
    forceNew: true,
    reconnection: false,
    auth: { agentId, nonce, protocol: { min: PROTOCOL_VERSION, max: PROTOCOL_VERSION } },
  });
  return new Promise((resolve, reject) => {
    socket.once('connect_error', (error) => reject(connectionError(error)));
    socket.once('challenge', (challenge) => {
      const text = proofText('agent', { agentId, agentNonce: nonce, hubNonce: challenge.nonce });
      const signature = sign(null, Buffer.from(text), privateKey).toString('base64url');
      socket.emit('prove', { signature }, (result) => {
        if (result.ok) resolve(socket);
        else reject(new Error(`the proof was refused: ${result.message}`));
      });
    });
  });
}
