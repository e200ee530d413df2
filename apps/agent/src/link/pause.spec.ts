import { setTimeout as delay } from 'node:timers/promises';
import { Pause } from './pause';

describe('a pause the hub asks for', () => {
  it('does not end at once when it is longer than a timer can be set for', async () => {
    let ends = 0;
    const pause = new Pause(1_000, () => (ends += 1));
    pause.refused(Number.MAX_SAFE_INTEGER);
    await delay(20);
    expect([pause.isOn, ends]).toEqual([true, 0]);
    pause.cancel();
  });
});
