import { curlCommand, exportFileName, exportUrl } from './export-url';

const HOST = {
  scope: { kind: 'host', hostId: 'a'.repeat(32) },
  format: 'csv',
  metrics: ['cpu.busy', 'memory.used'],
  from: 1_700_000_000_000.4,
  to: 1_700_000_060_000.4,
} as const;

describe('the address of an export', () => {
  it('names host, metrics and time', () => {
    expect(exportUrl(HOST)).toBe(
      `/api/hosts/${'a'.repeat(32)}/export?format=csv&metric=cpu.busy,memory.used&from=1700000000000&to=1700000060001`,
    );
  });

  it('names hosts of the fleet only where not all are meant, and metrics likewise', () => {
    const all = { ...HOST, scope: { kind: 'fleet', hosts: null }, metrics: null } as const;
    expect(exportUrl(all)).toBe('/api/export?format=csv&from=1700000000000&to=1700000060001');
    const some = { ...all, scope: { kind: 'fleet', hosts: ['a', 'b'] } } as const;
    expect(exportUrl(some)).toContain('host=a,b&');
  });

  it('cannot break out of the line for a shell', () => {
    const hostile = { ...HOST, scope: { kind: 'host', hostId: `'; rm -rf / #$(x)` } } as const;
    const command = curlCommand('http://hub.example', hostile);
    expect(command.match(/'/g)).toHaveLength(2);
    expect(command).toContain('"Authorization: Bearer $TOKEN"');
  });

  it('suggests a name without anything a host has named', () => {
    expect(exportFileName(HOST)).toBe('hostdeck-host-2023-11-14T221320Z.csv');
    expect(exportFileName({ ...HOST, format: 'json' })).toMatch(/\.ndjson$/);
  });
});
