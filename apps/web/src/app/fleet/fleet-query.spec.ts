import { parseFleetQuery, toParameters } from './fleet-query';

describe('the address of the fleet', () => {
  it('says only what does not go without saying', () => {
    const standard = parseFleetQuery({});
    expect(Object.values(toParameters({}, standard)).every((text) => text === null)).toBe(true);
    expect(toParameters({ sort: 'cpu', descending: true }, standard)).toMatchObject({
      sort: 'cpu',
      order: null,
    });
    expect(toParameters({ sort: 'name', descending: true }, standard)).toMatchObject({
      sort: 'name',
      order: 'desc',
    });
  });

  it('gives back what was written into it', () => {
    const query = parseFleetQuery({
      q: 'web eu',
      status: 'down',
      tag: 'web,site:oslo,web',
      sort: 'receive',
      order: 'asc',
      group: 'site',
      view: 'wall',
      metric: 'load',
    });
    expect(query.tags).toEqual(['web', 'site:oslo']);
    const written = Object.entries(toParameters({}, query)).map(
      ([name, text]): [string, string | undefined] => [name, text ?? undefined],
    );
    expect(parseFleetQuery(Object.fromEntries<string | undefined>(written))).toEqual(query);
  });

  it('with anything else in it is as if that were not there', () => {
    const broken = {
      status: '<script>',
      sort: '__proto__',
      order: 'up',
      view: 'x',
      metric: 'name',
    };
    expect(parseFleetQuery(broken)).toEqual(parseFleetQuery({}));
  });
});
