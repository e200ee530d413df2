import { METRIC_IDS, METRICS } from '@hostdeck/contracts';
import { TEXT_FILES } from '../../../test/text-files.mjs';
import { sayText, wordsIn } from '../../../test/text-probe';
import { METRIC_NAMES_DE } from '../metrics/metric-names.de';

/** Texts that are the same in English and German. */
const SAME = new Set(
  `Agent, Board, Browser, CPU, Container, Format, GPU, Host, Hosts, Interrupts, Kernel, Live, Name, Nice, PID, SMART, Steal, Swap, System,
  TCP, Tag, Tag…, Tags, Threads, UDP, Zombie, csv, json, max, min, Host ⟦0⟧, PID ⟦0⟧, Tag ⟦0⟧`.split(
    /,\s+/,
  ),
);

interface Pair {
  readonly path: string;
  readonly english: unknown;
  readonly german: unknown;
}

describe('all texts', () => {
  let pairs: Pair[];

  beforeAll(async () => {
    const read: Pair[] = [];
    // One after the other: Jest links modules that several ask for at once before they are there.
    for (const file of TEXT_FILES) {
      const english: unknown = await import(file);
      const german: unknown = await import(file.replace(/ts$/, 'de.ts'));
      const path = file.slice(file.lastIndexOf('/') + 1);
      read.push(...leaves({ path, english: only(english, '_EN'), german: only(german, '_DE') }));
    }
    pairs = [
      ...read,
      ...METRIC_IDS.map((id) => ({
        path: `metric ${id}`,
        english: METRICS[id].label,
        german: METRIC_NAMES_DE[id],
      })),
    ];
  });

  it('are in German too, each of the same kind', () => {
    expect(TEXT_FILES.length).toBeGreaterThan(15);
    const kinds = (of: 'english' | 'german') =>
      pairs.map((pair) => `${pair.path}: ${kindOf(pair[of])}`);
    expect(kinds('german')).toEqual(kinds('english'));
  });

  it('say the same words that they are given', () => {
    const wrong = pairs.filter(
      ({ english, german }) => wordsIn(sayText(english)).join() !== wordsIn(sayText(german)).join(),
    );
    expect(wrong.map(({ path }) => path)).toEqual([]);
  });

  it('are nowhere empty where the other is not', () => {
    const empty = pairs.filter(({ english, german }) => (english === '') !== (german === ''));
    expect(empty.map(({ path }) => path)).toEqual([]);
  });

  it('differ, but for words that are the same in both', () => {
    const same = pairs
      .filter(({ english, german }) => sayText(english) === sayText(german))
      .map(({ path, english }) => ({ path, text: sayText(english) }))
      .filter(({ text }) => /\p{L}/u.test(text.replaceAll(/⟦.*?⟧/g, '')) && !SAME.has(text));
    expect(same.map(({ path, text }) => `${path}: ${text}`)).toEqual([]);
  });
});

/** The one export whose name ends so. */
function only(file: unknown, ending: string): unknown {
  const found = Object.entries(isTree(file) ? file : {}).filter(([name]) => name.endsWith(ending));
  if (found.length !== 1) throw new Error(`one export named …${ending} is needed`);
  return found[0]?.[1];
}

/** Every text of two trees; where one lacks it, the other stands beside nothing. */
function leaves({ path, english, german }: Pair): Pair[] {
  if (!isTree(english) && !isTree(german)) return [{ path, english, german }];
  const left = isTree(english) ? english : {};
  const right = isTree(german) ? german : {};
  return [...new Set([...Object.keys(left), ...Object.keys(right)])].flatMap((key) =>
    leaves({ path: `${path} ${key}`, english: left[key], german: right[key] }),
  );
}

function isTree(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null;
}

function kindOf(value: unknown): string {
  return typeof value === 'number' ? `number ${String(value)}` : typeof value;
}
