import { execFileSync } from 'node:child_process';
import { enrollCommand, shellQuote } from './command';

describe('the command that adds a machine', () => {
  it('is one line with the address and the token', () => {
    expect(enrollCommand('https://hub.example', 'hdj_abc')).toBe(
      'curl -fsSL https://hub.example/api/agent/main.js -o hostdeck-agent.mjs && ' +
        'node hostdeck-agent.mjs enroll --hub https://hub.example --token hdj_abc && ' +
        'node hostdeck-agent.mjs run',
    );
  });

  it.each([["it's"], ['$(touch x)'], ['`id`'], ['a b'], ['"'], ['\\'], [''], ['a;b&&c']])(
    'gives a shell %j as one word',
    (word) => {
      expect(
        execFileSync('sh', ['-c', `printf %s ${shellQuote(word)}`], { encoding: 'utf8' }),
      ).toBe(word);
    },
  );
});
