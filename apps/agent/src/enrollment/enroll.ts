import { hostname } from 'node:os';
import { EnrolledSchema, ProblemSchema, type Enroll } from '@hostdeck/contracts';
import { generateIdentity, type KeyPair } from '../identity/keys';
import { errorText } from '../log/error-text';
import { writeEnrollment, type EnrollmentState } from '../state/enrollment-state';
import { postJson, type Answer } from './post-json';

/** Longest wait for the hub's answer, ms. */
const ANSWER_DEADLINE = 15_000;

/** The hub did not take the agent in. */
export class EnrollmentError extends Error {
  override readonly name = 'EnrollmentError';

  constructor(
    /** Whether the same request may succeed later: the hub could not be reached, or had no time. */
    readonly temporary: boolean,
    message: string,
    options?: ErrorOptions,
  ) {
    super(message, options);
  }
}

export interface EnrollmentRequest {
  readonly hub: string;
  readonly token: string;
  readonly tags: readonly string[];
  readonly stateDir: string;
  /**
   * A new one unless given. Whoever asks again gives the one of before: the hub may have taken it in and its answer been lost, and a
   * join token good for one agent is used up then for every other identity.
   */
  readonly identity?: KeyPair;
}

/**
 * Has the hub take an identity in and keeps both in the state directory, which must be writable.
 *
 * @throws EnrollmentError saying why not.
 */
export async function enroll({
  hub,
  token,
  tags,
  stateDir,
  identity = generateIdentity(),
}: EnrollmentRequest): Promise<EnrollmentState> {
  const answer = await post(hub, {
    token,
    publicKey: identity.publicKey,
    hostname: hostname().slice(0, 255),
    tags: [...tags],
  });
  const enrolled = EnrolledSchema.safeParse(answer);
  if (!enrolled.success) {
    throw new EnrollmentError(false, `${hub} does not answer like a Hostdeck hub`, {
      cause: enrolled.error,
    });
  }
  const state: EnrollmentState = {
    version: 1,
    hub,
    agentId: enrolled.data.agentId,
    ...identity,
    hubPublicKey: enrolled.data.hubPublicKey,
    enrolledAt: Date.now(),
  };
  await writeEnrollment(stateDir, state);
  return state;
}

async function post(hub: string, body: Enroll): Promise<unknown> {
  let answer: Answer;
  try {
    answer = await postJson(`${hub}/api/enroll`, body, ANSWER_DEADLINE);
  } catch (error) {
    throw new EnrollmentError(true, `can not reach the hub at ${hub}: ${errorText(error)}`, {
      cause: error,
    });
  }
  const { status } = answer;
  const content = parseJson(answer.text);
  if (status >= 200 && status < 300) return content;
  const problem = ProblemSchema.safeParse(content);
  const reason = problem.success
    ? problem.data.detail
    : `it answered with status ${status}; is this the address of a Hostdeck hub?`;
  const temporary = status >= 500 || status === 429;
  throw new EnrollmentError(temporary, `the hub at ${hub} refused: ${reason}`);
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    // Not JSON, so not an answer of ours: the caller says what it expected.
    return undefined;
  }
}
