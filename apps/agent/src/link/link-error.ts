import type { Failure, GoodbyeSchema } from '@hostdeck/contracts';
import type { z } from 'zod';

/** Wait after what will not change by itself: a revoked identity, another hub key, no common protocol. In ms. */
const SELDOM = 60_000;

/** Why a connection ended or did not come about. */
export type LinkTrouble =
  /** No connection: the network, the address, TLS, or the hub is not there. */
  | 'unreachable'
  /** It was closed. */
  | 'closed'
  /** The hub did not answer in time. */
  | 'silent'
  /** The hub said no. */
  | 'refused'
  /** The hub said goodbye. */
  | 'dismissed'
  /** It is not the hub this agent enrolled at. */
  | 'wrong_hub'
  /** The hub does not speak the protocol as agreed. */
  | 'protocol';

/** The connection is of no more use; the link waits and makes a new one. */
export class LinkError extends Error {
  override readonly name = 'LinkError';

  constructor(
    readonly trouble: LinkTrouble,
    message: string,
    /** Least wait before the next attempt, ms. */
    readonly minimumWait = 0,
  ) {
    super(message);
  }

  /** The hub refused a request. */
  static refused(what: string, { code, message, retryAfter }: Failure): LinkError {
    const isLasting = code === 'unauthorized' || code === 'unsupported_protocol';
    return new LinkError(
      'refused',
      `the hub refused ${what}: ${message} (${code})`,
      retryAfter ?? (isLasting ? SELDOM : 0),
    );
  }

  /** The hub said goodbye. */
  static dismissed({ reason, message, retryAfter }: z.infer<typeof GoodbyeSchema>): LinkError {
    const isLasting = reason === 'revoked' || reason === 'replaced';
    return new LinkError(
      'dismissed',
      `the hub said goodbye (${reason})${message === '' ? '' : `: ${message}`}`,
      retryAfter ?? (isLasting ? SELDOM : 0),
    );
  }

  /** The hub's proof does not fit the key that was pinned. */
  static wrongHub(hub: string): LinkError {
    return new LinkError(
      'wrong_hub',
      `REFUSED: ${hub} is not the hub this agent enrolled at: its key has changed. Nothing is sent to it. ` +
        'If the hub was set up anew on purpose, enroll again; if not, somebody may be in between',
      SELDOM,
    );
  }
}
