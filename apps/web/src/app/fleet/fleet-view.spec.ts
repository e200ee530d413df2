import { fleetHost } from '../../../test/fleet-samples';
import { countByStatus, fleetView, parseStatus, tagsInUse } from './fleet-view';

const EVERYTHING = { search: '', status: null, tag: null };
const names = (hosts: readonly { card: { name: string } }[]) => hosts.map(({ card }) => card.name);

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
    expect(names(fleetView(hosts, EVERYTHING))).toEqual([
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
    expect(names(fleetView([peak, busy, calm], EVERYTHING))).toEqual(['c', 'a', 'b']);
  });

  it('does not judge the values of a host that is silent', () => {
    const silent = fleetHost({ id: '1', name: 'z', status: 'stale', values: { memory: 99 } });
    const warned = fleetHost({ id: '2', name: 'y', values: { memory: 91 } });
    expect(names(fleetView([silent, warned], EVERYTHING))).toEqual(['y', 'z']);
  });
});

describe('the filter of the fleet', () => {
  const hosts = [
    fleetHost({ id: '1', name: 'web-01', tags: ['web', 'eu-west'] }),
    fleetHost({ id: '2', name: 'web-02', tags: ['web', 'us-east'], status: 'stale' }),
    fleetHost({ id: '3', name: 'db-01', tags: ['db', 'eu-west'] }),
  ];

  it('finds every word in a name or a tag, without regard to case', () => {
    expect(names(fleetView(hosts, { ...EVERYTHING, search: 'WEB eu' }))).toEqual(['web-01']);
    expect(names(fleetView(hosts, { ...EVERYTHING, search: '  ' }))).toHaveLength(3);
  });

  it('narrows to a state and a tag', () => {
    expect(names(fleetView(hosts, { ...EVERYTHING, status: 'stale' }))).toEqual(['web-02']);
    expect(names(fleetView(hosts, { ...EVERYTHING, tag: 'eu-west' }))).toEqual(['db-01', 'web-01']);
  });

  it('knows what there is to choose from', () => {
    expect(countByStatus(hosts)).toMatchObject({ live: 2, stale: 1, down: 0 });
    expect(tagsInUse(hosts)).toEqual(['db', 'eu-west', 'us-east', 'web']);
    expect(parseStatus('stale')).toBe('stale');
    expect(parseStatus('<script>')).toBeNull();
  });
});
