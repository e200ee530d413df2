import { rm } from 'node:fs/promises';
import type { RouteTimes } from '@hostdeck/contracts';
import { isWithin } from '../../src/notifications/routing/route-times';
import { temporaryFolder } from '../hub';
import { message } from './messages';
import { Notifying } from './notifying';

const at = (text: string) => Date.parse(text);

describe('the times of a route', () => {
  const office: RouteTimes = {
    timeZone: 'Europe/Berlin',
    days: ['mon', 'tue', 'wed', 'thu', 'fri'],
    from: '09:00',
    to: '17:00',
  };
  const nights: RouteTimes = { ...office, days: ['sat'], from: '22:00', to: '06:00' };

  it.each([
    ['begins with its first minute', office, '2026-11-23T08:00:00Z', true],
    ['does not begin before', office, '2026-11-23T07:59:59Z', false],
    ['ends before its last', office, '2026-11-23T16:00:00Z', false],
    ['is by the clock of its zone in summer', office, '2026-07-20T07:00:00Z', true],
    ['has no weekend', office, '2026-11-22T10:00:00Z', false],
    ['goes past midnight', nights, '2026-11-22T04:59:59Z', true],
    ['belongs to the day it began', nights, '2026-11-21T04:00:00Z', false],
    ['ends on the next day', nights, '2026-11-22T05:00:00Z', false],
    // On 25 October 2026 the clocks go back from 3:00 to 2:00, on 29 March from 2:00 to 3:00.
    ['is an hour longer when clocks go back', nights, '2026-10-25T04:59:00Z', true],
    ['is an hour shorter when they go forward', nights, '2026-03-29T04:00:00Z', false],
  ])('%s', (_, times, moment, expected) => {
    expect(isWithin(times, at(moment))).toBe(expected);
  });

  it('are the whole day when they end as they begin', () => {
    const always: RouteTimes = { ...office, days: ['mon'], from: '00:00', to: '00:00' };
    expect(isWithin(always, at('2026-11-23T22:59:00Z'))).toBe(true);
    expect(isWithin(always, at('2026-11-23T23:00:00Z'))).toBe(false);
  });
});

describe('routing', () => {
  let folder: string;
  let notifying: Notifying;
  let ids: Record<'usual' | 'web' | 'night', string>;

  const office = { timeZone: 'UTC', days: ['mon' as const], from: '08:00', to: '16:00' };

  beforeEach(async () => {
    folder = await temporaryFolder();
    notifying = await Notifying.open(folder);
    const make = async (name: string) =>
      (await notifying.channel({ kind: 'webhook', name, config: { url: 'http://127.0.0.1:9' } }))
        .id;
    ids = { usual: await make('usual'), web: await make('web'), night: await make('night') };
    const [fallback] = await notifying.routes.all();
    if (fallback === undefined) throw new Error('no default route');
    await notifying.routes.change({ ...fallback, channels: [ids.usual] });
    const route = { severities: [], tags: [], times: null };
    await notifying.routes.create(
      {
        ...route,
        id: '1'.repeat(32),
        name: 'web',
        severities: ['critical'],
        tags: ['web'],
        channels: [ids.web],
      },
      1,
    );
    await notifying.routes.create(
      {
        ...route,
        id: '2'.repeat(32),
        name: 'office',
        tags: ['web'],
        times: office,
        channels: [ids.night, ids.web],
      },
      2,
    );
  });
  afterEach(async () => {
    await notifying.close();
    await rm(folder, { recursive: true, force: true });
  });

  const reached = async (key: string) =>
    (await notifying.deliveries())
      .filter((delivery) => delivery.key === key)
      .map(({ channelName }) => channelName)
      .sort();

  it('takes every route that fits, each channel once, and the default route if none does', async () => {
    const monday = at('2026-11-23T10:00:00Z');
    const evening = at('2026-11-23T20:00:00Z');
    await notifying.enqueue(
      message('both', { sentAt: monday }),
      message('evening', { sentAt: evening }),
      message('warning', { severity: 'warning', sentAt: evening }),
      message('other', { tags: ['db'], sentAt: monday }),
    );
    expect(await reached('both')).toEqual(['night', 'web']);
    expect(await reached('evening')).toEqual(['web']);
    expect(await reached('warning')).toEqual(['usual']);
    expect(await reached('other')).toEqual(['usual']);
  });

  it('sends a resolution to whoever was told, at any time and whatever the routes say by then', async () => {
    await notifying.enqueue(
      message('problem', { incidentId: 'i', sentAt: at('2026-11-23T10:00:00Z') }),
    );
    await notifying.routes.delete('2'.repeat(32));
    const over = { incidentId: 'i', kind: 'resolved' as const, sentAt: at('2026-11-24T20:00:00Z') };
    await notifying.enqueue(message('over', over), message('over again', over));
    expect(await reached('over')).toEqual(['night', 'web']);
    expect(await reached('over again')).toEqual([]);
  });
});
