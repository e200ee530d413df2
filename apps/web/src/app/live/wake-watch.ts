/** How often the clock is looked at, ms, and by how much it may have gone on in between before the machine has slept. */
const TICK = 1_000;
const SLEEP = 10_000;

/**
 * Calls `woken` whenever the page may have missed something: it is seen again or taken out of the freezer or the
 * back-forward cache, the network has come or gone, or the machine has slept (timers stood still while the clock went on).
 *
 * @returns a function that ends it
 */
export function watchWaking(document: Document, woken: () => void): () => void {
  const view = document.defaultView;
  const seen = () => {
    if (document.visibilityState === 'visible') woken();
  };
  let ticked = Date.now();
  const timer = setInterval(() => {
    const slept = Date.now() - ticked > SLEEP;
    ticked = Date.now();
    if (slept) woken();
  }, TICK);
  document.addEventListener('visibilitychange', seen);
  document.addEventListener('resume', woken);
  for (const event of ['pageshow', 'online', 'offline']) view?.addEventListener(event, woken);
  return () => {
    clearInterval(timer);
    document.removeEventListener('visibilitychange', seen);
    document.removeEventListener('resume', woken);
    for (const event of ['pageshow', 'online', 'offline']) view?.removeEventListener(event, woken);
  };
}
