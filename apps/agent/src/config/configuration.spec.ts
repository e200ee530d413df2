import { CliError } from '../cli/cli-error';
import { readConfiguration } from './configuration';

describe('the configuration', () => {
  it('has defaults for everything', () => {
    const configuration = readConfiguration({ XDG_STATE_HOME: '/state' });
    expect(configuration).toMatchObject({
      hub: null,
      token: null,
      tags: [],
      interval: 2_000,
      logLevel: 'info',
    });
    expect(configuration.stateDir).toBe(
      process.platform === 'linux' && process.getuid?.() === 0
        ? '/var/lib/hostdeck-agent'
        : '/state/hostdeck-agent',
    );
  });

  it('reads what is set, and takes empty for unset', () => {
    expect(
      readConfiguration({
        HOSTDECK_HUB: 'https://hub.example.com/deck/',
        HOSTDECK_TOKEN: '',
        HOSTDECK_TAGS: 'web, eu ,,web',
        HOSTDECK_STATE_DIR: '/somewhere',
        HOSTDECK_INTERVAL: '1.5',
        HOSTDECK_LOG_LEVEL: 'warn',
        HOSTDECK_PORT: 'of the hub',
      }),
    ).toEqual({
      hub: 'https://hub.example.com/deck',
      token: null,
      tags: ['web', 'eu'],
      stateDir: '/somewhere',
      textfileDir: '/somewhere/textfile',
      interval: 1_500,
      logLevel: 'warn',
    });
  });

  it.each([
    ['HOSTDECK_HUB', 'hub.example.com'],
    ['HOSTDECK_HUB', 'https://user:secret@hub.example.com'],
    ['HOSTDECK_HUB', 'https://hub.example.com/?a=b'],
    ['HOSTDECK_INTERVAL', '0.5'],
    ['HOSTDECK_INTERVAL', '2s'],
    ['HOSTDECK_LOG_LEVEL', 'loud'],
    ['HOSTDECK_TAGS', 'a b'],
  ])('refuses %s=%s, naming it', (name, value) => {
    expect(() => readConfiguration({ [name]: value })).toThrow(CliError);
    expect(() => readConfiguration({ [name]: value })).toThrow(new RegExp(`^${name}`));
  });
});
