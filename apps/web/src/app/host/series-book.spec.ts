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
    expect(book.restartTail()).toBe(10);
    book.append([frame(12, 60)]);
    // The hub was asked up to 9; what it says beyond is what the tail already has.
    book.load(answer([6, 30], [8, 40], [10, 50]));
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
    expect(book.restartTail()).toBe(14);
    book.load(answer([10, 55]));
    expect(cpu(book)).toEqual([
      [10, 55],
      [14, 70],
    ]);
    expect(book.step).toBe(2);
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
    book.load(answer([9, 1]));
    expect(cpu(book)).toEqual([
      [9, 1],
      [12, 60],
    ]);
  });
});
