import { availableParallelism, totalmem } from 'node:os';

/** One measured figure. */
export interface Figure {
  readonly name: string;
  readonly value: number;
  readonly unit: string;
  /** What the design asks for, where it does. */
  readonly reach?: string;
}

/** What a scenario measured, and under which conditions. */
export interface Report {
  readonly scenario: string;
  readonly conditions: Readonly<Record<string, number | string>>;
  readonly figures: readonly Figure[];
  /** Whether what must hold, held (nothing lost, nothing twice); a speed is never a failure. */
  readonly correct: boolean;
  /** What must hold, said for when it did and for when it did not; without: that everything was stored once. */
  readonly claim?: { readonly held: string; readonly broken: string };
}

function rounded(value: number): string {
  return Math.abs(value) >= 100 ? value.toFixed(0) : value.toPrecision(3);
}

const STORED_ONCE = {
  held: 'Everything sent was stored, once.',
  broken: 'NOT everything sent was stored exactly once.',
};

/** Writes a report as a table for people. */
export function table({
  scenario,
  conditions,
  figures,
  correct,
  claim = STORED_ONCE,
}: Report): string {
  const machine = `${String(availableParallelism())} cores, ${(totalmem() / 2 ** 30).toFixed(0)} GiB, Node ${process.versions.node}`;
  const said = Object.entries(conditions).map(([name, value]) => `${name} ${String(value)}`);
  const rows = figures.map(({ name, value, unit, reach }) => [
    name,
    `${rounded(value)} ${unit}`,
    reach ?? '',
  ]);
  const width = (column: number) =>
    Math.max(...rows.map((row) => row[column]?.length ?? 0), column === 0 ? 8 : 8);
  const line = (cells: readonly string[]) =>
    `  ${(cells[0] ?? '').padEnd(width(0))}  ${(cells[1] ?? '').padStart(width(1))}  ${cells[2] ?? ''}`.trimEnd();
  return [
    `${scenario}: ${said.join(', ')} (${machine})`,
    line(['figure', 'measured', 'to reach']),
    ...rows.map(line),
    `  ${correct ? claim.held : claim.broken}`,
  ].join('\n');
}

/** The value below which `share` (0 to 1) of the numbers lie; nearest-rank method. NaN for no numbers. */
export function percentile(numbers: readonly number[], share: number): number {
  if (numbers.length === 0) return Number.NaN;
  const sorted = [...numbers].sort((a, b) => a - b);
  return sorted[Math.max(0, Math.ceil(share * sorted.length) - 1)] ?? Number.NaN;
}

/** Times that something took, ms. */
export class Latencies {
  private readonly values: number[] = [];

  add(milliseconds: number): void {
    this.values.push(milliseconds);
  }

  clear(): void {
    this.values.length = 0;
  }

  at(share: number): number {
    return percentile(this.values, share);
  }
}
