import { AgentSettingsSchema, DEFAULT_SETTINGS, type SettingName } from '@hostdeck/contracts';
import { draftOf, readDraft } from './setting-draft';
import { SETTING_GROUPS } from './setting-list';
import { settingText, sourceText } from './setting-words';

const SETTINGS = AgentSettingsSchema.parse({
  ...DEFAULT_SETTINGS,
  interval: 1_500,
  disabled: ['smart', 'raid'],
  mounts: { include: ['/data*'], skip: ['/boot'] },
  services: ['nginx.service'],
});
const NAMES: readonly SettingName[] = SETTING_GROUPS.flatMap(({ names }) => [...names]);

describe('putting in a setting', () => {
  it('gives back every value that is not changed, and leaves none out', () => {
    expect(new Set(NAMES)).toEqual(new Set(Object.keys(DEFAULT_SETTINGS)));
    for (const name of NAMES) {
      const read = readDraft(name, draftOf(name, SETTINGS));
      expect(read).toEqual({ ok: true, override: { [name]: SETTINGS[name] } });
    }
  });

  it.each(['', 'soon', '0.5', '61', '-2', 'NaN'])('refuses an interval of "%s"', (seconds) => {
    const read = readDraft('interval', { kind: 'interval', seconds });
    expect(read).toEqual({ ok: false, errors: ['A number of seconds from 1 to 60 is needed.'] });
  });

  it('reads seconds with a point or a comma, and names one on a line', () => {
    expect(readDraft('interval', { kind: 'interval', seconds: ' 2,5 ' })).toMatchObject({
      override: { interval: 2_500 },
    });
    const draft = { kind: 'selection', include: ' /data* \n\n', skip: '' } as const;
    expect(readDraft('mounts', draft)).toMatchObject({
      override: { mounts: { include: ['/data*'], skip: [] } },
    });
  });

  it('says what is wrong with names, once', () => {
    const long = { kind: 'patterns', lines: `${'x'.repeat(300)}\n${'y'.repeat(300)}` } as const;
    const read = readDraft('services', long);
    expect(read.ok ? [] : read.errors).toHaveLength(1);
  });
});

describe('settings in words', () => {
  it('are short and whole', () => {
    expect(NAMES.map((name) => settingText(name, SETTINGS).replaceAll('\u00a0', ' '))).toEqual([
      '1.5 s',
      '1 s',
      'On',
      'Off: SMART, Software RAID',
      'Only /data*, not /boot',
      'Off',
      'All',
      'All',
      'All',
      'nginx.service',
      'All',
      'Without secrets',
    ]);
    expect(sourceText({ from: 'tag', tag: 'db' })).toBe('From tag db');
  });
});
