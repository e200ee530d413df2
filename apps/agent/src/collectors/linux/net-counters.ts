import { fields, numberAt } from './fields';

/** Counters of one protocol by name; `null` where this kernel does not have it. */
export type NetCounters = (name: string) => number | null;

/**
 * The counters of a protocol in `/proc/net/snmp` or `/proc/net/netstat`, where for each protocol a line of names stands above a line of
 * numbers.
 */
export function netCounters(text: string, protocol: string): NetCounters {
  const first = lineStart(text, `${protocol}: `);
  if (first === -1) return () => null;
  const line = lineAt(text, first);
  const names = fields(line);
  const numbers = fields(lineAt(text, first + line.length + 1));
  return (name) => {
    const place = names.indexOf(name);
    return place === -1 ? null : numberAt(numbers, place);
  };
}

function lineStart(text: string, start: string): number {
  if (text.startsWith(start)) return 0;
  const before = text.indexOf(`\n${start}`);
  return before === -1 ? -1 : before + 1;
}

function lineAt(text: string, start: number): string {
  const end = text.indexOf('\n', start);
  return text.slice(start, end === -1 ? undefined : end);
}
