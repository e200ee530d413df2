import type { SeriesLayout } from '../schemas/layout';
import type { HostFrame } from './host';

/**
 * The newest frame of a host. Its values are copied into numbers that are written over with every frame: the lists that frames come in
 * can then be forgotten at once. Held until the next frame, each would grow old first: at 1,000 hosts and 2 s a third of a megabyte a
 * second of old garbage.
 */
export class NewestFrame {
  private at = 0;
  private meaning: SeriesLayout | null = null;
  /** NaN is unknown; frames hold no NaN themselves. */
  private numbers = new Float64Array(0);

  /** What its values mean; `null` before the first. */
  get layout(): SeriesLayout | null {
    return this.meaning;
  }

  take({ at, values, layout }: HostFrame): void {
    this.at = at;
    this.meaning = layout;
    if (this.numbers.length !== values.length) this.numbers = new Float64Array(values.length);
    for (let place = 0; place < values.length; place += 1) {
      this.numbers[place] = values[place] ?? Number.NaN;
    }
  }

  /** A copy of it; `null` before the first. */
  read(): HostFrame | null {
    const { at, meaning: layout, numbers } = this;
    if (layout === null) return null;
    const values = Array.from(numbers, (number) => (Number.isNaN(number) ? null : number));
    return { at, layout, values };
  }
}
