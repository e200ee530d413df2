import { PROOF_DEADLINE, PROTOCOL_VERSION, type ProofContext } from '@hostdeck/contracts';
import { withDeadline } from '../timing/deadline';
import { isHubProof, signProof } from '../identity/keys';
import type { EnrollmentState } from '../state/enrollment-state';
import type { HubConnection } from './hub-connection';
import { LinkError } from './link-error';

/**
 * Has the hub prove that it is the one enrolled at. Nothing has been said to it then, but who is calling.
 *
 * @param agentNonce what was sent with the connection for the hub to sign
 * @throws LinkError when it is another, or speaks another protocol
 */
export async function recognizeHub(
  connection: Pick<HubConnection, 'challenge'>,
  enrollment: EnrollmentState,
  agentNonce: string,
): Promise<ProofContext> {
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
  return context;
}

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
  const context = await recognizeHub(connection, enrollment, agentNonce);
  const result = await connection.prove({ signature: signProof(enrollment, context) });
  if (!result.ok) throw LinkError.refused('this agent', result);
}
