import { jest } from '@jest/globals';
import { Ticker } from './ticker';

describe('the ticker', () => {
  beforeEach(() => {
    jest.useFakeTimers();
  });
  afterEach(() => {
    jest.useRealTimers();
  });

  it('ticks at once and then at every interval, without drift', async () => {
    const at: number[] = [];
    const start = performance.now();
    const ticker = new Ticker(1_000, () => {
      at.push(performance.now() - start);
      return Promise.resolve();
    });
    ticker.start();
    await jest.advanceTimersByTimeAsync(5_000);
    await ticker.stop();
    expect(at).toEqual([0, 1_000, 2_000, 3_000, 4_000, 5_000]);
    expect(ticker.skipped).toBe(0);
  });

  it('leaves out, and does not make up for, what falls into a tick that takes long', async () => {
    let ticks = 0;
    let end: () => void = () => undefined;
    const ticker = new Ticker(1_000, () => {
      ticks += 1;
      return new Promise((resolve) => {
        end = resolve;
      });
    });
    ticker.start();
    await jest.advanceTimersByTimeAsync(3_500);
    expect(ticks).toBe(1);
    expect(ticker.skipped).toBe(3);
    end();
    await jest.advanceTimersByTimeAsync(500);
    expect(ticks).toBe(2);
    end();
    await ticker.stop();
  });

  it('counts what the process slept through, and does not make up for it', async () => {
    jest.useRealTimers();
    let ticks = 0;
    const skipped = await new Promise<number>((resolve) => {
      const ticker = new Ticker(20, () => {
        ticks += 1;
        const until = performance.now() + 70;
        while (ticks === 2 && performance.now() < until);
        if (ticks === 3) void ticker.stop().then(() => resolve(ticker.skipped));
        return Promise.resolve();
      });
      ticker.start();
    });
    expect(ticks).toBe(3);
    expect(skipped).toBeGreaterThanOrEqual(2);
  });

  it('takes a new interval at once', async () => {
    let ticks = 0;
    const ticker = new Ticker(60_000, () => {
      ticks += 1;
      return Promise.resolve();
    });
    ticker.start();
    ticker.setInterval(1_000);
    await jest.advanceTimersByTimeAsync(3_000);
    await ticker.stop();
    expect(ticker.interval).toBe(1_000);
    expect(ticks).toBe(4);
  });

  it('stops after the tick under way', async () => {
    let ended = false;
    const ticker = new Ticker(1_000, async () => {
      await Promise.resolve();
      ended = true;
    });
    ticker.start();
    await ticker.stop();
    expect(ended).toBe(true);
    expect(jest.getTimerCount()).toBe(0);
  });
});
