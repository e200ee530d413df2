import { SimulatedValues, QUIET, type ValueSource } from '@hostdeck/simulated-agent';

/** Values of the CPU that are told apart on a card: 0.0 to 59.9, a tenth of a percent each. */
const DIFFERENT = 600;

/** A host whose CPU is never the same twice within twenty minutes, so that what a card shows tells which sample it is. */
export class NumberedHost implements ValueSource {
  private readonly values = new SimulatedValues(80, QUIET);
  private readonly cpu = this.values.keys.indexOf('cpu.busy');
  private readonly times = new Map<string, number>();
  private count = 0;

  readonly keys = this.values.keys;

  at(time: number): (number | null)[] {
    this.count += 1;
    const value = (this.count % DIFFERENT) / 10;
    this.times.set(value.toFixed(1), time);
    const values = this.values.at(time);
    values[this.cpu] = value;
    return values;
  }

  /** Time in the frame whose CPU a card shows as `text`, ms since the epoch. */
  timeOf(text: string): number | undefined {
    return this.times.get(/^\d+\.\d/.exec(text)?.[0] ?? '');
  }
}
