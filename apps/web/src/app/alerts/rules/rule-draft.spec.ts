import { NewAlertRuleSchema } from '@hostdeck/contracts';
import { conditionWords } from './condition-words';
import { NEW_RULE, readDraft, toDraft } from './rule-draft';

const draft = { ...NEW_RULE, name: 'CPU' };

describe('a rule that is being written', () => {
  it('is a rule once it has a name', () => {
    expect(readDraft(NEW_RULE).errors?.get('name')).toBeDefined();
    expect(readDraft(draft).rule).toMatchObject({
      name: 'CPU',
      condition: { kind: 'above', metric: 'cpu.busy', threshold: 90 },
    });
  });

  it.each([
    ['threshold', { threshold: 'wrong' }],
    ['threshold', { threshold: null }],
    ['clear', { clear: 95 }],
    ['tags', { tags: '-bad' }],
    ['clockThreshold', { kind: 'clock_off', clockThreshold: null }],
    ['window', { kind: 'rate', window: 1 }],
    ['message', { message: '{password}' }],
    ['escalateAfter', { escalateAfter: 5 }],
  ] as const)('names the field that is wrong: %s', (field, wrong) => {
    const { rule, errors } = readDraft({ ...draft, ...wrong });
    expect(rule).toBeNull();
    expect([...(errors?.keys() ?? [])]).toEqual([field]);
  });

  it.each([
    { kind: 'below', metric: 'memory.available', instance: '*', threshold: 5, clear: 9 },
    { kind: 'predicted', metric: 'filesystem.free', instance: '/home*', threshold: 0 },
    { kind: 'clock_off', threshold: 5_000 },
    { kind: 'down' },
  ])('is the same again after it was opened and read: %p', (condition) => {
    const spans = condition.kind === 'predicted' ? { window: 3_600_000, within: 86_400_000 } : {};
    const rule = NewAlertRuleSchema.parse({
      name: 'one',
      hosts: { tags: ['web', 'site:x'], name: 'w-*' },
      condition: { ...condition, ...spans },
      escalate: { after: 60_000, severity: 'critical' },
      repeatAfter: 120_000,
    });
    expect(readDraft(toDraft(rule)).rule).toEqual(rule);
  });
});

describe('a condition in words', () => {
  it.each([
    [{ ...draft }, 'CPU busy above 90.0\u00a0%'],
    [{ ...draft, kind: 'down' }, 'The host is down'],
    [
      { ...draft, kind: 'predicted', metric: 'filesystem.free', instance: '/', direction: 'below' },
      'Filesystem free of / going below 90\u00a0B within 1\u00a0d',
    ],
  ] as const)('says what is wrong and by how much', (written, words) => {
    const { rule } = readDraft(written);
    expect(rule === null ? '' : conditionWords(NewAlertRuleSchema.parse(rule).condition)).toBe(
      words,
    );
  });
});
