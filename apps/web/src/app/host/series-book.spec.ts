import type { Layout, LiveFrame, SeriesAnswer } from '@hostdeck/contracts';
import { SeriesBook } from './series-book';

const LAYOUT: Layout = { number: 1, series: ['cpu.busy', 'disk.busy{sda}', 'from.the.future'] };

function frame(time: number, cpu: number | null): LiveFrame {
  return [time, [cpu, 1, 2]];
}

function answer(...points: (readonly [time: number, value: number])[]): SeriesAnswer {
  return {
    from: 0,
    to: 100,
    step: 2,
    series: [
      {
        metric: 'cpu.busy',
        instance: null,
        unit: 'percent',
        points: points.map(([time, value]) => [time, value, value - 1, value + 1]),
      },
    ],
  };
}

function cpu(book: SeriesBook) {
  const [series] = book.read('cpu.busy');
  return series?.times.map((time, index) => [time, series.values[index]]);
}

describe('the series of a host', () => {
  it('are history and then live frames, without a missing or a doubled point', () => {
    const book = new SeriesBook();
    book.setLayout(LAYOUT);
    book.append([frame(10, 50)]);
    expect(book.restartTail(Infinity)).toBe(10);
    book.append([frame(12, 60)]);
    // The hub was asked up to 9; what it says beyond is what the tail already has.
    book.load(answer([6, 30], [8, 40], [10, 50]), 2);
    book.append([frame(14, 70)]);
    expect(cpu(book)).toEqual([
      [6, 30],
      [8, 40],
      [10, 50],
      [12, 60],
      [14, 70],
    ]);
  });

  it('take a frame that comes twice once', () => {
    const book = new SeriesBook();
    book.setLayout(LAYOUT);
    book.append([frame(10, 50), frame(10, 50)]);
    book.append([frame(8, 40), frame(10, 50), frame(12, null)]);
    expect(cpu(book)).toEqual([
      [10, 50],
      [12, null],
    ]);
  });

  it('replace the tail by history when that is asked for anew', () => {
    const book = new SeriesBook();
    book.setLayout(LAYOUT);
    book.append([frame(10, 50), frame(12, 60), frame(14, 70)]);
    expect(book.restartTail(Infinity)).toBe(14);
    book.load(answer([10, 55]), 2);
    expect(cpu(book)).toEqual([
      [10, 55],
      [14, 70],
    ]);
    expect(book.step).toBeNull();
  });

  it('go on where a disk appears and the layout changes', () => {
    const book = new SeriesBook();
    book.setLayout(LAYOUT);
    book.append([frame(10, 50)]);
    book.setLayout({ number: 2, series: ['disk.busy{sdb}', 'cpu.busy'] });
    book.append([[12, [9, 60]]]);
    expect(book.layoutNumber).toBe(2);
    expect(cpu(book)).toEqual([
      [10, 50],
      [12, 60],
    ]);
    expect(book.read('disk.busy').map(({ instance }) => instance)).toEqual(['sda', 'sdb']);
  });

  it('leave out what this page does not know, and forget what is too old', () => {
    const book = new SeriesBook();
    book.append([frame(8, 1)]);
    expect(book.lastTime).toBeNull();
    book.setLayout(LAYOUT);
    book.append([frame(10, 50), frame(12, 60)]);
    book.trim(11);
    expect(cpu(book)).toEqual([[12, 60]]);
    book.load(answer([9, 1]), 2);
    expect(cpu(book)).toEqual([
      [9, 1],
      [12, 60],
    ]);
  });

  it('count live frames into the steps of a long history, from the one under way on', () => {
    const book = new SeriesBook();
    book.setLayout(LAYOUT);
    book.append([frame(104, 50)]);
    book.restartTail(Infinity);
    // Steps of 10: of the last one the hub knows the two frames at 100 and 102.
    const history = { ...answer([90, 30], [100, 20]), step: 10 };
    book.load(history, 2);
    expect(book.step).toBe(10);
    book.append([frame(106, 90), frame(108, null), frame(110, 5)]);
    expect(cpu(book)).toEqual([
      [90, 30],
      [100, (20 + 20 + 50 + 90) / 4],
      [110, 5],
    ]);
    const [series] = book.read('cpu.busy');
    expect(series?.lows).toEqual([29, 19, 5]);
    expect(series?.highs).toEqual([31, 90, 5]);
  });

  it('end where a fixed part of time does, and still know the newest values', () => {
    const book = new SeriesBook();
    book.setLayout(LAYOUT);
    book.append([frame(10, 50)]);
    expect(book.restartTail(8)).toBeNull();
    book.load(answer([6, 30], [8, 40]), 2);
    book.append([frame(12, 60)]);
    expect(cpu(book)).toEqual([
      [6, 30],
      [8, 40],
    ]);
    expect(book.lastTime).toBe(12);
    expect(book.latest('cpu.busy')).toEqual([{ instance: null, value: 60 }]);
    expect(book.latest('disk.busy')).toEqual([{ instance: 'sda', value: 1 }]);
  });
});
