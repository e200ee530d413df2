import { toDisplayText } from '@hostdeck/contracts';
import { firingOf, hostsOf, isLoss, rulesOf, worstOf, type Draft, type Incident } from './incident';
import { groupTagOf, groupWords, type Surroundings } from './surroundings';

/** Hosts named in a title. */
const NAMED = 3;

/** What an incident is, in one line. */
export function titleOf(incident: Draft | Incident, around: Surroundings): string {
  const firing = firingOf(incident.alerts);
  const shown = firing.length > 0 ? firing : incident.alerts;
  switch (incident.scope) {
    case 'host': {
      const worst = worstOf(shown);
      const first =
        shown.find(({ kind }) => kind === 'down') ??
        shown.find(({ kind }) => isLoss(kind)) ??
        shown.find(({ severity }) => severity === worst) ??
        shown[0];
      if (first === undefined) return 'Incident';
      const others = new Set(shown.map(({ id }) => id)).size - 1;
      const more = others === 0 ? '' : ` and ${others} more`;
      return `${toDisplayText(first.hostName)}: ${first.text}${more}`;
    }
    case 'tag': {
      const tag = incident.groupKey;
      const all = [...around.hosts()].filter(
        (host) => groupTagOf(host, around.groupPrefix) === tag,
      );
      const where = groupWords(tag, around.groupPrefix);
      return silentTitle(incident, all.length, ` of ${where}`);
    }
    case 'fleet':
      return silentTitle(incident, [...around.hosts()].length, '');
    case 'rule': {
      const hosts = hostsOf(shown).map(({ name }) => toDisplayText(name));
      const rest = hosts.length - NAMED;
      const named = hosts.slice(0, NAMED).join(', ') + (rest > 0 ? ` and ${rest} more` : '');
      return `${rulesOf(shown).join(', ')} on ${hosts.length} hosts: ${named}`;
    }
  }
}

/** Counts the hosts that were silent, also those that are back: the title is of the whole incident. */
function silentTitle({ alerts }: Draft | Incident, total: number, where: string): string {
  const lost = hostsOf(alerts.filter(({ kind }) => isLoss(kind))).length;
  return `${lost} of ${Math.max(total, lost)} hosts${where} silent`;
}
