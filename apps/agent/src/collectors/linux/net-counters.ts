import { fields, numberAt } from './fields';

/**
 * A counter of `/proc/net/snmp` or `/proc/net/netstat`, where for each protocol a line of names stands above a line of numbers.
 *
 * @returns `null` where this kernel does not have it
 */
export function netCounter(text: string, protocol: string, name: string): number | null {
  const first = lineStart(text, `${protocol}: `);
  if (first === -1) return null;
  const names = lineAt(text, first);
  const place = fields(names).indexOf(name);
  return place === -1 ? null : numberAt(fields(lineAt(text, first + names.length + 1)), place);
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
