import type { MetricId } from '@hostdeck/contracts';
import { limitInstances, type Collector, type SampleSink } from '../collector';
import { share } from '../counters';
import { UniqueNames } from '../unique-names';
import type { Programs } from './programs';

/** Longest the tool may take, ms: without the persistence daemon it loads the driver each time. */
const DEADLINE = 8_000;
/** What is asked, in the order of the columns (`nvidia-smi --help-query-gpu`). */
const COLUMNS = [
  'index',
  'name',
  'utilization.gpu',
  'memory.used',
  'memory.total',
  'temperature.gpu',
  'power.draw',
  'clocks.sm',
  'fan.speed',
] as const;
const WORDS = [`--query-gpu=${COLUMNS.join(',')}`, '--format=csv,noheader,nounits'];
const MEBIBYTE = 1024 ** 2;
const MEGAHERTZ = 1e6;

/** NVIDIA's GPUs, as `nvidia-smi` tells them; without it there is no series. */
export class NvidiaCollector implements Collector {
  readonly name = 'gpu nvidia';
  readonly family = 'gpu';
  readonly cadence = 10_000;
  readonly deadline = DEADLINE + 1_000;
  readonly metrics: readonly MetricId[] = [];
  readonly #programs: Programs;

  constructor(programs: Programs) {
    this.#programs = programs;
  }

  async collect(sink: SampleSink, now: number): Promise<void> {
    const program = this.#programs.find('nvidia-smi', now);
    if (program === null) return;
    const { text, status } = await this.#programs.run(program, WORDS, DEADLINE);
    // It prints its errors where the table is expected.
    if (status !== 0) throw new Error(`nvidia-smi: ${firstLine(text)} (status ${status})`);
    const names = new UniqueNames();
    const rows = text.split('\n').filter((line) => line.trim() !== '');
    for (const row of limitInstances(rows, 'GPUs', sink)) addGpu(sink, row, names);
  }
}

function addGpu(sink: SampleSink, row: string, names: UniqueNames): void {
  const cells = row.split(',').map((cell) => cell.trim());
  if (cells.length !== COLUMNS.length) {
    sink.warn(`nvidia-smi printed a row of ${cells.length} columns, not ${COLUMNS.length}`);
    return;
  }
  const number = (column: (typeof COLUMNS)[number], factor = 1) => {
    const cell = cells[COLUMNS.indexOf(column)] ?? '';
    // `[N/A]` and `[Not Supported]` are what a card does not tell.
    return /^-?\d+(\.\d+)?$/.test(cell) ? Number(cell) * factor : null;
  };
  const gpu = names.take(`${cells[0] ?? ''} ${cells[1] ?? ''}`);
  const used = number('memory.used', MEBIBYTE);
  sink.add('gpu.busy', gpu, number('utilization.gpu'));
  sink.add('gpu.memory_used', gpu, used);
  sink.add('gpu.memory_used_share', gpu, share(used, number('memory.total', MEBIBYTE)));
  sink.add('gpu.temperature', gpu, number('temperature.gpu'));
  sink.add('gpu.power', gpu, number('power.draw'));
  sink.add('gpu.frequency', gpu, number('clocks.sm', MEGAHERTZ));
  // Cards that are cooled by the case have none.
  const fan = number('fan.speed');
  if (fan !== null) sink.add('gpu.fan', gpu, fan);
}

function firstLine(text: string): string {
  return text.split('\n', 1)[0]?.slice(0, 200) ?? '';
}
