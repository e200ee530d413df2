import { fleetHost } from '../../../test/fleet-samples';
import { parseStatus } from '../status/status';
import { arrangeFleet, tagKeys, tagsInUse } from './fleet-order';
import { EVERY_TAG, type FleetQuery, parseFleetQuery } from './fleet-query';
import type { FleetHost } from './fleet-store';
import { fleetTotals } from './fleet-totals';

const EVERYTHING = parseFleetQuery({});
/** Names in the order of the groups. */
function names(hosts: readonly FleetHost[], query: FleetQuery): readonly string[] {
  const nameOf = new Map(hosts.map(({ card }) => [card.id, card.name]));
  return arrangeFleet(hosts, query).flatMap(({ ids }) => ids.map((id) => nameOf.get(id) ?? ''));
}

describe('the order of the fleet', () => {
  it('puts the worst first, and equals by name with numbers in their order', () => {
    const hosts = [
      fleetHost({ id: '1', name: 'web-10' }),
      fleetHost({ id: '2', name: 'web-9' }),
      fleetHost({ id: '3', name: 'returning', status: 'catching_up' }),
      fleetHost({ id: '4', name: 'quiet', status: 'stale' }),
      fleetHost({ id: '5', name: 'filling', values: { disk: { mount: '/', share: 88 } } }),
      fleetHost({ id: '6', name: 'gone', status: 'down' }),
      fleetHost({ id: '7', name: 'full', values: { disk: { mount: '/', share: 96 } } }),
    ];
    expect(names(hosts, EVERYTHING)).toEqual([
      'full',
      'gone',
      'filling',
      'quiet',
      'returning',
      'web-9',
      'web-10',
    ]);
  });

  it('is not changed by a short peak of the CPU, but by a minute of it', () => {
    const peak = fleetHost({ id: '1', name: 'b', values: { cpu: 100 } }, 10);
    const busy = fleetHost({ id: '2', name: 'c', values: { cpu: 91 } }, 95);
    const calm = fleetHost({ id: '3', name: 'a' });
    expect(names([peak, busy, calm], EVERYTHING)).toEqual(['c', 'a', 'b']);
  });

  it('does not judge the values of a host that is silent', () => {
    const silent = fleetHost({ id: '1', name: 'z', status: 'stale', values: { memory: 99 } });
    const warned = fleetHost({ id: '2', name: 'y', values: { memory: 91 } });
    expect(names([silent, warned], EVERYTHING)).toEqual(['y', 'z']);
  });
});

describe('the filter of the fleet', () => {
  const hosts = [
    fleetHost({ id: '1', name: 'web-01', tags: ['web', 'eu-west'] }),
    fleetHost({ id: '2', name: 'web-02', tags: ['web', 'us-east'], status: 'stale' }),
    fleetHost({ id: '3', name: 'db-01', tags: ['db', 'eu-west'] }),
  ];

  it('finds every word in a name or a tag, without regard to case', () => {
    expect(names(hosts, { ...EVERYTHING, search: 'WEB eu' })).toEqual(['web-01']);
    expect(names(hosts, { ...EVERYTHING, search: '  ' })).toHaveLength(3);
  });

  it('narrows to a state and a tag', () => {
    expect(names(hosts, { ...EVERYTHING, status: 'stale' })).toEqual(['web-02']);
    expect(names(hosts, { ...EVERYTHING, tags: ['eu-west'] })).toEqual(['db-01', 'web-01']);
  });

  it('knows what there is to choose from', () => {
    expect(fleetTotals(hosts).states).toMatchObject({ live: 2, stale: 1, down: 0 });
    expect(tagsInUse(hosts)).toEqual(['db', 'eu-west', 'us-east', 'web']);
    expect(parseStatus('stale')).toBe('stale');
    expect(parseStatus('<script>')).toBeNull();
  });
});

describe('an order by values', () => {
  const hosts = [
    fleetHost({ id: '1', name: 'a', values: { cpu: 10, disk: null }, clockOffset: -90_000 }),
    fleetHost({ id: '2', name: 'b', values: { cpu: 80 }, clockOffset: 5_000 }),
    fleetHost({ id: '3', name: 'c', values: { cpu: null }, status: 'down', lastSeen: null }),
  ];
  const by = (sort: string, order?: string) => names(hosts, parseFleetQuery({ sort, order }));

  it('starts with the largest, turns, and ends with what is not known either way', () => {
    expect(by('cpu')).toEqual(['b', 'a', 'c']);
    expect(by('cpu', 'asc')).toEqual(['a', 'b', 'c']);
    expect(by('age', 'asc').at(-1)).toBe('c');
    expect(by('disk').at(-1)).toBe('a');
  });

  it('of clocks is by how wrong they are, either way', () => {
    expect(by('clock')).toEqual(['a', 'b', 'c']);
  });

  it('of names can be turned too', () => {
    expect(by('name')).toEqual(['a', 'b', 'c']);
    expect(by('name', 'desc')).toEqual(['c', 'b', 'a']);
  });
});

describe('groups of the fleet', () => {
  const hosts = [
    fleetHost({ id: '1', name: 'a', tags: ['web', 'site:oslo'] }),
    fleetHost({ id: '2', name: 'b', tags: ['db', 'site:berlin'] }),
    fleetHost({ id: '3', name: 'c' }),
    fleetHost({ id: '4', name: 'd', tags: ['site:oslo'], status: 'down' }),
  ];
  const grouped = (group: string) =>
    arrangeFleet(hosts, { ...EVERYTHING, group }).map(({ label, ids }) => [
      label,
      ids.map((id) => Number(id)),
    ]);

  it('are by what stands behind the colon, those without last, each in the order asked for', () => {
    expect(grouped('site')).toEqual([
      ['berlin', [2]],
      ['oslo', [4, 1]],
      ['', [3]],
    ]);
  });

  it('by every tag hold a host under each of its tags', () => {
    expect(grouped(EVERY_TAG).map(([label]) => label)).toEqual([
      'db',
      'site:berlin',
      'site:oslo',
      'web',
      '',
    ]);
    expect(tagKeys(tagsInUse(hosts))).toEqual(['site']);
  });
});

describe('the fleet as a whole', () => {
  it('is that of the hosts whose data is current', () => {
    const totals = fleetTotals([
      fleetHost({ id: '1', values: { cpu: 10, memory: 50, memoryUsed: 100, receive: 5 } }),
      fleetHost({ id: '2', values: { cpu: 30, memory: 25, memoryUsed: 100, receive: null } }),
      fleetHost({
        id: '3',
        status: 'down',
        alerts: { worst: 'critical', count: 2 },
        values: { cpu: 100, receive: 1_000 },
      }),
    ]);
    // 200 used of 200 + 400.
    expect(totals).toMatchObject({ firing: 2, cpu: 20, memoryUsed: 200, receive: 5 });
    expect(totals.memory).toBeCloseTo(33.33, 1);
    expect(fleetTotals([]).cpu).toBeNull();
  });
});
