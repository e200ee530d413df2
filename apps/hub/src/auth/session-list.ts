import { createHash } from 'node:crypto';
import type { SessionInfo } from '@hostdeck/contracts';
import type { StartedSession } from './sessions.repository';

/** A name for a session that proves nothing: the hash of what is itself a hash of its token. */
export function publicIdOf(sessionId: string): string {
  return createHash('sha256').update(sessionId).digest('hex').slice(0, 32);
}

/** Sessions as they are shown. @param currentId the session that asks; `null` when it is none of them */
export function toSessionInfos(
  sessions: readonly StartedSession[],
  currentId: string | null,
): SessionInfo[] {
  return sessions.map(({ id, ...session }) => ({
    id: publicIdOf(id),
    ...session,
    current: id === currentId,
  }));
}
