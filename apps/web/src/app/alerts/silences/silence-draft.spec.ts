import { newSilence, readSilence } from './silence-draft';

const NOW = 1_700_000_000_000;
const draft = { ...newSilence('Europe/Berlin'), reason: 'new disks' };

describe('a silence that is being written', () => {
  it('holds from now on for as long as it says', () => {
    expect(readSilence(draft, NOW).silence?.schedule).toEqual({
      kind: 'once',
      from: NOW,
      until: NOW + 3_600_000,
    });
  });

  it('begins at the moment that was chosen', () => {
    const { silence } = readSilence({ ...draft, kind: 'once', from: '2026-03-01T02:00' }, NOW);
    expect(silence?.schedule).toMatchObject({ from: new Date('2026-03-01T02:00').getTime() });
  });

  it('comes back on the clocks of its zone', () => {
    const { silence } = readSilence({ ...draft, kind: 'recurring' }, NOW);
    expect(silence?.schedule).toMatchObject({ cron: '0 2 * * 0', timeZone: 'Europe/Berlin' });
  });

  it.each([
    ['reason', { reason: ' ' }],
    ['tags', { tags: '?' }],
    ['length', { length: null }],
    ['length', { kind: 'recurring', length: 1 }],
    ['from', { kind: 'once', from: '' }],
    ['cron', { kind: 'recurring', cron: 'daily' }],
  ] as const)('names the field that is wrong: %s', (field, wrong) => {
    const { silence, errors } = readSilence({ ...draft, ...wrong }, NOW);
    expect(silence).toBeNull();
    expect([...(errors?.keys() ?? [])]).toEqual([field]);
  });
});
