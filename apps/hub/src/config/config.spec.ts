import { parseConfig } from './config';
import { StartError } from './start-error';

function linesOf(environment: Record<string, string>): readonly string[] {
  try {
    parseConfig(environment);
  } catch (error) {
    if (error instanceof StartError) return error.lines;
    throw error;
  }
  return [];
}

describe('the configuration', () => {
  it('has defaults for everything', () => {
    expect(parseConfig({ PATH: '/bin' })).toMatchObject({
      host: '127.0.0.1',
      port: 4680,
      admin: null,
      publicUrl: null,
      tls: null,
      retention: { raw: 86_400_000, hour: 730 * 86_400_000 },
      joinToken: null,
      logLevel: 'info',
    });
  });

  it.each([
    ['30m', 1_800_000],
    ['24h', 86_400_000],
    ['7d', 604_800_000],
    ['90s', 90_000],
  ])('reads the duration %s', (text, expected) => {
    expect(parseConfig({ HOSTDECK_RETENTION_RAW: text }).retention.raw).toBe(expected);
  });

  it.each([
    ['a misspelt name', { HOSTDECK_PROT: '1' }, 'HOSTDECK_PROT'],
    ['a port that is none', { HOSTDECK_PORT: '70000' }, 'HOSTDECK_PORT'],
    ['a port with letters', { HOSTDECK_PORT: '80a' }, 'HOSTDECK_PORT'],
    ['a duration without unit', { HOSTDECK_RETENTION_RAW: '24' }, 'HOSTDECK_RETENTION_RAW'],
    ['no duration at all', { HOSTDECK_RETENTION_RAW: '0d' }, 'HOSTDECK_RETENTION_RAW'],
    ['a user without password', { HOSTDECK_ADMIN_USERNAME: 'a' }, 'HOSTDECK_ADMIN_PASSWORD'],
    [
      'a password without user',
      { HOSTDECK_ADMIN_PASSWORD: 'long enough' },
      'HOSTDECK_ADMIN_USERNAME',
    ],
    ['a short join token', { HOSTDECK_JOIN_TOKEN: 'short' }, 'HOSTDECK_JOIN_TOKEN'],
    [
      'an address with a path',
      { HOSTDECK_PUBLIC_URL: 'https://a.example/b' },
      'HOSTDECK_PUBLIC_URL',
    ],
    ['an address that is none', { HOSTDECK_PUBLIC_URL: 'ftp://a.example' }, 'HOSTDECK_PUBLIC_URL'],
    ['a certificate without key', { HOSTDECK_TLS_CERT: '/a.pem' }, 'HOSTDECK_TLS_KEY'],
    ['a log level that is none', { HOSTDECK_LOG_LEVEL: 'loud' }, 'HOSTDECK_LOG_LEVEL'],
  ])('refuses %s in one line that names the variable', (_, environment, name) => {
    const lines = linesOf(environment);
    expect(lines).toHaveLength(1);
    expect(lines[0]).toMatch(new RegExp(`^${name}: `));
    expect(lines[0]).not.toContain('\n');
  });

  it('says everything that is wrong at once', () => {
    expect(linesOf({ HOSTDECK_PORT: 'x', HOSTDECK_LOG_LEVEL: 'y', HOSTDECK_Z: '1' })).toHaveLength(
      3,
    );
  });

  it("ignores the agent's variables", () => {
    expect(linesOf({ HOSTDECK_HUB: 'http://127.0.0.1:4680', HOSTDECK_TOKEN: 't' })).toEqual([]);
  });
});
