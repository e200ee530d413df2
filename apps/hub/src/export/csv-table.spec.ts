import { csvText } from './csv-table';
import { exportFileName } from './file-name';
import { rowsOf } from './rows';

describe('a text in a table', () => {
  it.each([
    ['web-1', 'web-1'],
    ['a,b', '"a,b"'],
    ['a;b', '"a;b"'],
    ['say "hi"', '"say ""hi"""'],
    ['two\r\nlines', '"two\r\nlines"'],
    [' padded', '" padded"'],
    ['=1+1', "'=1+1"],
    ['+1', "'+1"],
    ['-1', "'-1"],
    ['@SUM(A1)', "'@SUM(A1)"],
    ['\t=1', `"'\t=1"`],
    ['\r=1', `"'\r=1"`],
    ['=HYPERLINK("x","y")', `"'=HYPERLINK(""x"",""y"")"`],
  ])('%j is written as %j', (text, written) => {
    expect(csvText(text)).toBe(written);
  });
});

describe('the name of an export', () => {
  const at = Date.UTC(2026, 0, 2, 3, 4, 5);

  it.each([
    ['web-1', 'hostdeck-web-1-2026-01-02T030405Z.csv'],
    ['größe', 'hostdeck-größe-2026-01-02T030405Z.csv'],
    ['../../etc/passwd', 'hostdeck-etc_passwd-2026-01-02T030405Z.csv'],
    ['a"\r\nSet-Cookie: x', 'hostdeck-a_Set-Cookie_x-2026-01-02T030405Z.csv'],
    ['\u202egpj.exe', 'hostdeck-gpj.exe-2026-01-02T030405Z.csv'],
    ['...', 'hostdeck-2026-01-02T030405Z.csv'],
  ])('of %j is harmless', (subject, name) => {
    expect(exportFileName(subject, at, 'csv')).toBe(name);
  });

  it('is not longer than file systems take, and keeps characters whole', () => {
    const name = exportFileName(`x${'🚀'.repeat(200)}`, at, 'json');
    expect(name.isWellFormed()).toBe(true);
    expect(Buffer.byteLength(name)).toBeLessThan(255);
    expect(name).toMatch(/\.ndjson$/);
  });
});

describe('columns side by side', () => {
  it('share a row where they share a time, and lose no value that came twice', () => {
    const rows = rowsOf([
      { times: [1, 2, 2, 4], values: [10, 20, 21, null] },
      undefined,
      { times: [2, 3], values: [200, 300] },
    ]);
    expect([...rows]).toEqual([
      { at: 1, cells: [10, undefined, undefined] },
      { at: 2, cells: [20, undefined, 200] },
      { at: 2, cells: [21, undefined, undefined] },
      { at: 3, cells: [undefined, undefined, 300] },
      { at: 4, cells: [null, undefined, undefined] },
    ]);
  });
});
