import type { ChannelField, ChannelKindInfo } from '@hostdeck/contracts';
import { configOf, fieldValues } from './channel-draft';

const field = (name: string, differences: Partial<ChannelField>): ChannelField => ({
  name,
  label: name,
  help: null,
  type: 'text',
  secret: false,
  required: true,
  initial: null,
  choices: [],
  ...differences,
});
const KIND: ChannelKindInfo = {
  kind: 'email',
  label: 'E-mail',
  digests: true,
  fields: [
    field('host', {}),
    field('port', { type: 'number', initial: 587 }),
    field('secure', { type: 'flag', initial: true }),
    field('to', { type: 'list' }),
    field('password', { secret: true }),
  ],
};

describe('the fields of a channel', () => {
  it('begin with what is usual', () => {
    expect(fieldValues(KIND, null)).toEqual({
      host: '',
      port: '587',
      secure: true,
      to: '',
      password: '',
    });
  });

  it('say the configuration, and leave out what is empty', () => {
    const values = { host: ' mail ', port: '25', secure: false, to: 'a@b, c@d\n', password: '' };
    expect(configOf(KIND, values)).toEqual({
      host: 'mail',
      port: 25,
      secure: false,
      to: ['a@b', 'c@d'],
    });
  });

  it('leave what is no number for the hub to name', () => {
    expect(configOf(KIND, { port: 'many' })).toEqual({ port: 'many' });
  });
});
