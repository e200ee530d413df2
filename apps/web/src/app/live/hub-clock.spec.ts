import { TestBed } from '@angular/core/testing';
import { jest } from '@jest/globals';
import { HubClock } from './hub-clock';

const HERE = 1_700_000_000_000;
/** The browser's machine is an hour behind. */
const HUB = HERE + 3_600_000;

describe('the clock of the hub', () => {
  beforeEach(() => jest.useFakeTimers({ now: HERE }));
  afterEach(() => jest.useRealTimers());

  it('makes ages right where the clock of the browser is wrong, and ticks once a second', () => {
    const clock = TestBed.inject(HubClock);
    clock.synchronise(HUB);
    expect(clock.since(HUB - 2_000)).toBe(2_000);
    jest.advanceTimersByTime(3_000);
    expect(clock.since(HUB - 2_000)).toBe(5_000);
    expect(clock.since(HUB + 60_000)).toBe(0);
  });

  it('is not set back by a message that was on its way for a while', () => {
    const clock = TestBed.inject(HubClock);
    clock.synchronise(HUB);
    clock.synchronise(HUB - 800);
    expect(clock.now()).toBe(HUB);
  });

  it('follows a hub whose clock was corrected', () => {
    const clock = TestBed.inject(HubClock);
    clock.synchronise(HUB);
    clock.synchronise(HERE);
    expect(clock.now()).toBe(HERE);
  });
});
