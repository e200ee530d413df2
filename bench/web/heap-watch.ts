import { performance } from 'node:perf_hooks';
import { setTimeout as delay } from 'node:timers/promises';
import { growthOf, type Look } from '../growth';
import type { Figure } from '../report';
import type { PageMeter } from './browser';

/** Time between two looks, ms. */
const EVERY = 60_000;

/**
 * Looks at what a page keeps, at the start, each minute and at the end, each time after collecting garbage.
 * The lines on the cards grow for the first ten minutes of a fleet that has just joined: the second half of a long time tells more.
 */
export async function watchHeap(meter: PageMeter, seconds: number): Promise<Figure[]> {
  const looks: Look[] = [];
  const look = async () => {
    looks.push({ at: performance.now(), bytes: await meter.heap() });
  };
  await look();
  const start = performance.now();
  const end = start + seconds * 1000;
  for (let next = start + EVERY; next < end; next += EVERY) {
    await delay(next - performance.now());
    await look();
  }
  await delay(Math.max(0, end - performance.now()));
  await look();
  return [
    ...looks.map(({ at, bytes }) => ({
      name: `fleet page, heap after ${((at - start) / EVERY).toFixed(1)} min`,
      value: bytes / 1e6,
      unit: 'MB',
    })),
    { name: 'fleet page, heap, growth', value: growthOf(looks) / 1e3, unit: 'kB a minute' },
    {
      name: '  in the second half',
      value: growthOf(looks.slice(Math.floor(looks.length / 2))) / 1e3,
      unit: 'kB a minute',
      reach: 'flat',
    },
  ];
}
