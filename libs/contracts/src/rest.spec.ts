import { NewApiTokenSchema, NewPasswordSchema } from './auth';
import { NewEnrollmentTokenSchema } from './enrollment';
import { unknownEnvironment } from './environment';
import { SeriesQuerySchema } from './history';
import { TagSchema, TagsSchema } from './hosts';

describe('a question for series', () => {
  it('takes metrics repeated or separated by commas, each once', () => {
    expect(SeriesQuerySchema.parse({ metric: ['cpu.busy,load.1', 'cpu.busy'] }).metric).toEqual([
      'cpu.busy',
      'load.1',
    ]);
  });

  it('reads numbers from text and has a default of points', () => {
    expect(SeriesQuerySchema.parse({ metric: 'cpu.busy', from: '1000', to: '2000' })).toEqual({
      metric: ['cpu.busy'],
      from: 1000,
      to: 2000,
      maxPoints: 500,
    });
  });

  it.each([
    ['no metric', {}],
    ['an unknown metric', { metric: 'cpu.bizzy' }],
    ['a prototype name', { metric: '__proto__' }],
    ['a time that is no number', { metric: 'cpu.busy', from: 'yesterday' }],
    ['an empty span', { metric: 'cpu.busy', from: '2000', to: '2000' }],
    ['too many points', { metric: 'cpu.busy', maxPoints: '100000' }],
    ['an unknown parameter', { metric: 'cpu.busy', fro: '1' }],
  ])('is refused for %s', (_, query) => {
    expect(SeriesQuerySchema.safeParse(query).success).toBe(false);
  });
});

describe('tags', () => {
  it.each([['web'], ['site:berlin'], ['größe'], ['a/b-c_1.2']])('may be %s', (tag) => {
    expect(TagSchema.parse(tag)).toBe(tag);
  });

  it.each([[''], ['=1+1'], ['<b>'], ['a b'], ['x'.repeat(65)]])('may not be %j', (tag) => {
    expect(TagSchema.safeParse(tag).success).toBe(false);
  });

  it('are kept once each', () => {
    expect(TagsSchema.parse(['a', 'b', 'a'])).toEqual(['a', 'b']);
  });
});

describe('what a person asks for', () => {
  it('gets safe defaults: one use, one day, no tags; a token that only reads', () => {
    expect(NewEnrollmentTokenSchema.parse({})).toEqual({
      expiresIn: 86_400_000,
      uses: 1,
      tags: [],
    });
    expect(NewApiTokenSchema.parse({ name: 'ci' }).role).toBe('viewer');
  });

  it('is refused for a short password, which the error explains', () => {
    expect(NewPasswordSchema.safeParse('1234567').error?.issues[0]?.message).toBe(
      'a password has at least 8 characters',
    );
  });
});

describe('the environment', () => {
  it('is searched for names nobody knows', () => {
    expect(
      unknownEnvironment({ HOSTDECK_PROT: '1', HOSTDECK_PORT: '1', HOSTDECK_HUB: 'x', PATH: '' }),
    ).toEqual(['HOSTDECK_PROT']);
  });
});
