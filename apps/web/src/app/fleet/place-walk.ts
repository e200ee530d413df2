/** Keys that go from host to host, and by how many hosts or rows. */
const STEPS: Readonly<Record<string, { readonly hosts: number; readonly rows: number }>> = {
  j: { hosts: 1, rows: 0 },
  k: { hosts: -1, rows: 0 },
  ArrowRight: { hosts: 1, rows: 0 },
  ArrowLeft: { hosts: -1, rows: 0 },
  ArrowDown: { hosts: 0, rows: 1 },
  ArrowUp: { hosts: 0, rows: -1 },
};

/**
 * Moves the focus from host to host in whatever layout they are: elements with `data-place` (position from 0) in a list
 * that says its columns in `data-columns`. Letters begin at the first host that is seen; arrows scroll the page until a
 * host has the focus.
 *
 * @returns whether the key was one of these and did something
 */
export function walkPlaces(page: HTMLElement, key: string): boolean {
  const step = STEPS[key];
  if (step === undefined) return false;
  const places = [...page.querySelectorAll<HTMLElement>('[data-place]')];
  const now = places.find((place) => place === page.ownerDocument.activeElement);
  if (now === undefined) {
    if (key.startsWith('Arrow')) return false;
    const seen = places.find((place) => place.getBoundingClientRect().bottom > 0);
    seen?.focus();
    return seen !== undefined;
  }
  const columns = Number(now.closest<HTMLElement>('[data-columns]')?.dataset.columns ?? 1);
  const wanted = Number(now.dataset.place) + step.hosts + step.rows * columns;
  // The rows above and below what is seen exist already, so that the next one can always be found.
  const next = places.find(({ dataset }) => Number(dataset.place) === wanted);
  next?.focus();
  next?.scrollIntoView({ block: 'nearest' });
  return next !== undefined;
}
