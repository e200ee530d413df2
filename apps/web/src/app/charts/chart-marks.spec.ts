import { placeMarks } from './chart-marks';

const WINDOW = { from: 1_000, to: 2_000 };

describe('the marks of a chart', () => {
  it('stand where they happened, and only in the time shown', () => {
    const { events, blind } = placeMarks(
      {
        events: [500, 1_250, 1_900, 2_500].map((at) => ({ at, label: 'reboot' })),
        blind: [
          { from: 500, to: 1_100 },
          { from: 1_500, to: 1_600 },
          { from: 3_000, to: 4_000 },
        ],
      },
      WINDOW,
    );
    expect(events).toEqual([
      { place: 0.25, label: 'reboot', left: false },
      { place: 0.9, label: 'reboot', left: true },
    ]);
    expect(blind).toHaveLength(2);
    expect(blind[0]).toEqual({ place: 0, width: 0.1 });
    expect(blind[1]?.place).toBeCloseTo(0.5);
  });

  it.each([40, 5_000])('of %d events never write one label over another', (count) => {
    const events = Array.from({ length: count }, (_, index) => ({
      at: 1_000 + (1_000 * index) / count,
      label: `event ${index}`,
    }));
    const placed = placeMarks({ events, blind: [] }, WINDOW).events;
    expect(placed.length).toBeLessThanOrEqual(60);
    expect(placed.filter(({ label }) => label !== '').length).toBeLessThanOrEqual(5);
  });
});
