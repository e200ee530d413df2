import { PROOF_DEADLINE, PROTOCOL_VERSION } from '@hostdeck/contracts';
import { withDeadline } from '../timing/deadline';
import { isHubProof, signProof } from '../identity/keys';
import type { EnrollmentState } from '../state/enrollment-state';
import type { HubConnection } from './hub-connection';
import { LinkError } from './link-error';

/**
 * Both sides prove who they are: the hub first, so that nothing is said to a stranger.
 *
 * @param agentNonce what was sent with the connection for the hub to sign
 * @throws LinkError when the hub is not the one enrolled at, or does not accept this agent
 */
export async function shakeHands(
  connection: Pick<HubConnection, 'challenge' | 'prove'>,
  enrollment: EnrollmentState,
  agentNonce: string,
): Promise<void> {
  const challenge = await withDeadline(connection.challenge, PROOF_DEADLINE);
  const context = { agentId: enrollment.agentId, agentNonce, hubNonce: challenge.nonce };
  if (!isHubProof(enrollment.hubPublicKey, challenge.signature, context)) {
    throw LinkError.wrongHub(enrollment.hub);
  }
  if (challenge.protocol !== PROTOCOL_VERSION) {
    throw new LinkError(
      'protocol',
      `the hub speaks protocol ${challenge.protocol}, this agent ${PROTOCOL_VERSION}`,
    );
  }
  const result = await connection.prove({ signature: signProof(enrollment, context) });
  if (!result.ok) throw LinkError.refused('this agent', result);
}
