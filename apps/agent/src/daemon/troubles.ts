import type { AgentReport } from '@hostdeck/contracts';
import type { CollectorHealth } from '../sampler/collector-slot';
import type { SettingsKeeper } from '../settings/settings-keeper';

type Troubles = AgentReport['collectors'];

/** Most that a report holds. */
const MOST = 64;
const LONGEST_MESSAGE = 500;
const LONGEST_NAME = 64;

/** What of the agent does not do all it should, as a report says it: collectors, and settings that are refused. */
export function troublesOf(
  health: readonly CollectorHealth[],
  { refusal }: Pick<SettingsKeeper, 'refusal'>,
  others: Troubles,
): Troubles {
  const troubles: Troubles = [...others];
  if (refusal !== null) {
    troubles.push({
      name: 'settings',
      trouble: 'failing',
      message: `not applied: ${refusal.message}`.slice(0, LONGEST_MESSAGE),
      since: refusal.since,
    });
  }
  for (const { name, trouble, problem, since } of health) {
    if (trouble === null || since === null) continue;
    const message = (problem ?? '').slice(0, LONGEST_MESSAGE);
    troubles.push({ name: name.slice(0, LONGEST_NAME), trouble, message, since });
  }
  return troubles.slice(0, MOST);
}
