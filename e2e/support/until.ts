import { setTimeout as delay } from 'node:timers/promises';

/** Time between two questions, ms. */
const PAUSE = 200;
/** A busy machine may take long; what has not come after this will not come, ms. */
const DEADLINE = 90_000;

/**
 * Asks again until the answer is yes.
 *
 * @param what what is waited for, to be named when it does not come
 * @throws {Error} when the answer is still no after a minute and a half.
 */
export async function until(what: string, ask: () => Promise<boolean>): Promise<void> {
  const end = performance.now() + DEADLINE;
  while (!(await ask())) {
    if (performance.now() > end) throw new Error(`it did not come that ${what}`);
    await delay(PAUSE);
  }
}
