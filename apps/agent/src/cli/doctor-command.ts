import { toDisplayText } from '@hostdeck/contracts';
import type { Configuration } from '../config/configuration';
import { readRunningStatus } from '../daemon/status-file';
import { about, type Finding } from '../doctor/finding';
import { checkLinux, checkState } from '../doctor/host-checks';
import { checkHub } from '../doctor/hub-checks';
import { errorText } from '../log/error-text';
import { readEnrollment, type EnrollmentState } from '../state/enrollment-state';
import type { Terminal } from './terminal';

/** `hostdeck-agent doctor`: looks at everything the agent needs. @returns 1 when something fails, else 0 */
export async function doctorCommand(
  { stateDir }: Configuration,
  { json, terminal }: { readonly json: boolean; readonly terminal: Terminal },
): Promise<number> {
  const findings = await checkState(stateDir);
  const enrollment = await enrollmentOf(stateDir, findings);
  if (enrollment !== null) findings.push(...(await checkHub(enrollment)));
  findings.push(await checkRunning(stateDir));
  if (process.platform === 'linux') findings.push(...checkLinux());
  terminal.out(json ? `${JSON.stringify(findings, null, 2)}\n` : findings.map(toText).join(''));
  return findings.some(({ level }) => level === 'fail') ? 1 : 0;
}

async function enrollmentOf(
  stateDir: string,
  findings: Finding[],
): Promise<EnrollmentState | null> {
  const check = about('enrollment');
  try {
    const enrollment = await readEnrollment(stateDir);
    findings.push(
      enrollment === null
        ? check.fail(
            'this agent belongs to no hub',
            'hostdeck-agent enroll --hub URL --token TOKEN',
          )
        : check.ok(`at ${enrollment.hub} as ${enrollment.agentId}`),
    );
    return enrollment;
  } catch (error) {
    findings.push(check.fail(errorText(error), 'restore the file, or remove it and enroll again'));
    return null;
  }
}

async function checkRunning(stateDir: string): Promise<Finding> {
  const agent = about('agent');
  const status = await readRunningStatus(stateDir);
  if (status === null) {
    return agent.warn('none is running with this state directory', 'hostdeck-agent run');
  }
  const { link, pid, outbox, collectors, troubles } = status;
  const inTrouble = [...collectors.filter(({ trouble }) => trouble !== null), ...troubles];
  if (link.problem !== null) {
    return agent.fail(`process ${pid} has no link: ${link.problem}`, 'see what is said of the hub');
  }
  if (outbox.problem !== null || inTrouble.length > 0) {
    const names = inTrouble.map(({ name }) => name).join(', ');
    return agent.warn(
      `process ${pid}: ${outbox.problem ?? `not everything is read (${names})`}`,
      'hostdeck-agent status says more',
    );
  }
  return agent.ok(`process ${pid}, ${link.state}`);
}

function toText({ check, level, text, advice }: Finding): string {
  const line = `${level.padEnd(6)}${check.padEnd(12)}${toDisplayText(text)}\n`;
  return advice === null ? line : `${line}${' '.repeat(18)}→ ${advice}\n`;
}
