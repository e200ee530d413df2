import type { IncidentSummary } from '@hostdeck/contracts';
import { incidentSummary } from '../../../../test/incident-samples';
import { IncidentWatch } from './incident-news';

const one = (differences: Partial<IncidentSummary> = {}) => incidentSummary(differences);
const other = one({ id: '2'.repeat(32), severity: 'critical' });
const acknowledged = { at: 0, by: 'ada' };

/** What is told of each list after the first. */
function told(...lists: readonly (readonly IncidentSummary[] | null)[]) {
  const watch = new IncidentWatch();
  return lists.map((list) => watch.see(list).map(({ tone }) => tone));
}

describe('the wall', () => {
  it('tells of what begins and of what is over, not of what was there when somebody turned to it', () => {
    expect(told(null, [one()], [one(), other], [one(), other], [other], [])).toEqual([
      [],
      [],
      ['critical'],
      [],
      ['resolved'],
      ['resolved'],
    ]);
  });

  it('keeps its peace about what is silenced or taken care of, until it is neither any more', () => {
    expect(told([], [one({ isQuiet: true })], [])).toEqual([[], [], []]);
    expect(told([], [one({ isQuiet: true })], [one()])).toEqual([[], [], ['warning']]);
    expect(told([], [one()], [one({ acknowledged })], [])).toEqual([
      [],
      ['warning'],
      [],
      ['resolved'],
    ]);
  });

  it('tells again of what becomes worse', () => {
    expect(told([one()], [one({ severity: 'critical' })], [one()])).toEqual([[], ['critical'], []]);
  });

  it('is not taken in by a lost connection', () => {
    expect(told([one()], null, [one()])).toEqual([[], [], []]);
  });
});
