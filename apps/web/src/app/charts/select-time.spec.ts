import { TestBed } from '@angular/core/testing';
import { jest } from '@jest/globals';
import { CHART_MARGINS } from './line-chart-option';
import { type PointedAt, SelectTime } from './select-time';

const WIDTH = 100 + CHART_MARGINS.left + CHART_MARGINS.right;

async function open() {
  const fixture = TestBed.createComponent(SelectTime);
  const chart = fixture.nativeElement as HTMLElement;
  // jsdom has no layout: a chart 100 px wide between its margins.
  chart.getBoundingClientRect = () => new DOMRect(0, 0, WIDTH, 180);
  chart.setPointerCapture = () => undefined;
  const pointed: PointedAt[] = [];
  fixture.componentInstance.pointed.subscribe((one) => pointed.push(one));
  const point = async (
    type: string,
    percent: number,
    ...[pointerType = 'mouse', shiftKey = false]: readonly [string?, boolean?]
  ) => {
    const clientX = CHART_MARGINS.left + percent;
    const event = new MouseEvent(type, {
      clientX,
      shiftKey,
      buttons: type === 'pointerup' ? 0 : 1,
    });
    chart.dispatchEvent(Object.assign(event, { pointerType, pointerId: 1 }));
    await fixture.whenStable();
  };
  await fixture.whenStable();
  return {
    point,
    pointed,
    isShown: () => chart.querySelector('[data-testid=selection]') !== null,
  };
}

afterEach(() => jest.useRealTimers());

describe('drawing over a part of a chart', () => {
  it('selects it, in either direction, and not beyond the chart', async () => {
    const { point, pointed, isShown } = await open();
    await point('pointerdown', 60);
    await point('pointermove', 20);
    expect(isShown()).toBe(true);
    await point('pointerup', -500);
    expect(pointed).toEqual([{ ends: [0, 0.6], asks: false }]);
    expect(isShown()).toBe(false);
  });

  it('asks about it with Shift, and about a moment with a press of an unsteady hand', async () => {
    const { point, pointed } = await open();
    await point('pointerdown', 20);
    await point('pointermove', 80);
    await point('pointerup', 80, 'mouse', true);
    await point('pointerdown', 60);
    await point('pointerup', 63);
    expect(pointed).toEqual([
      { ends: [0.2, 0.8], asks: true },
      { ends: [0.63, 0.63], asks: true },
    ]);
  });

  it('is not a finger that reads values', async () => {
    const { point, pointed } = await open();
    await point('pointerdown', 20, 'touch');
    await point('pointermove', 80, 'touch');
    await point('pointerup', 80, 'touch');
    expect(pointed).toEqual([]);
  });

  it('is not a finger that scrolls on, but one that stays where it is asks about that moment', async () => {
    jest.useFakeTimers({ advanceTimers: true });
    const { point, pointed } = await open();
    await point('pointerdown', 20, 'touch');
    await point('pointermove', 60, 'touch');
    jest.advanceTimersByTime(2_000);
    await point('pointercancel', 60, 'touch');
    await point('pointerdown', 20, 'touch');
    await point('pointerup', 20, 'touch');
    jest.advanceTimersByTime(2_000);
    expect(pointed).toEqual([]);
    await point('pointerdown', 40, 'touch');
    await point('pointermove', 43, 'touch');
    jest.advanceTimersByTime(2_000);
    await point('pointerup', 43, 'touch');
    expect(pointed).toEqual([{ ends: [0.4, 0.4], asks: true }]);
  });

  it('can be given up', async () => {
    const { point, pointed, isShown } = await open();
    await point('pointerdown', 20);
    await point('pointermove', 80);
    document.dispatchEvent(new KeyboardEvent('keydown', { key: 'Escape' }));
    await point('pointerup', 80);
    expect(isShown()).toBe(false);
    expect(pointed).toEqual([]);
  });
});
