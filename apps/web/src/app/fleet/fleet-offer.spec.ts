import { NOW } from '../../../test/fleet-samples';
import { fleetOffer } from './fleet-offer';

const FLEET = Array.from({ length: 500 }, (_, index) => String(index));

describe('what an export of the fleet offers', () => {
  it('is everything of the last day', () => {
    const { scopes, spans, span } = fleetOffer(FLEET.length, FLEET, NOW);
    expect(scopes.map(({ value }) => value)).toEqual([{ kind: 'fleet', hosts: null }]);
    expect(spans[span]?.value).toEqual({ from: NOW - 86_400_000, to: NOW });
  });

  it('is first of all what a filter shows, as long as it can be named', () => {
    const few = FLEET.slice(0, 2);
    expect(fleetOffer(FLEET.length, few, NOW).scopes.map(({ value }) => value)).toEqual([
      { kind: 'fleet', hosts: few },
      { kind: 'fleet', hosts: null },
    ]);
    expect(fleetOffer(FLEET.length, FLEET.slice(0, 400), NOW).scopes).toHaveLength(1);
    expect(fleetOffer(FLEET.length, [], NOW).scopes).toHaveLength(1);
  });
});
