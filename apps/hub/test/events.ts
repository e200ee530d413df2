interface Listenable {
  once(event: string, listener: (...words: never[]) => void): unknown;
}

/** The first thing that comes with an event. */
export function next<T>(source: unknown, event: string): Promise<T> {
  // Typed sockets list their events one by one; here it is any of them.
  const listenable = source as Listenable;
  return new Promise((resolve) => {
    listenable.once(event, resolve);
  });
}

/** Asks again and again until the answer is as wanted; the test's own time limit ends it otherwise. */
export async function eventually<T>(
  ask: () => Promise<T> | T,
  wanted: (answer: T) => boolean,
): Promise<T> {
  for (;;) {
    const answer = await ask();
    if (wanted(answer)) return answer;
    await new Promise((resolve) => {
      setTimeout(resolve, 20);
    });
  }
}
