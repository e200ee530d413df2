import { toDisplayText, type AgentSettings } from '@hostdeck/contracts';
import { readRunningStatus, type AgentStatus } from '../daemon/status-file';
import { readEnrollment } from '../state/enrollment-state';
import type { Terminal } from './terminal';

interface StatusReport {
  readonly enrolled: boolean;
  readonly hub: string | null;
  readonly agentId: string | null;
  readonly stateDir: string;
  /** `null` when no agent runs with this state directory. */
  readonly running: AgentStatus | null;
}

/** `hostdeck-agent status`. @returns exit code 0 when enrolled, else 1 */
export async function statusCommand(
  { stateDir, json }: { readonly stateDir: string; readonly json: boolean },
  terminal: Terminal,
): Promise<number> {
  const enrollment = await readEnrollment(stateDir);
  const report: StatusReport = {
    enrolled: enrollment !== null,
    hub: enrollment?.hub ?? null,
    agentId: enrollment?.agentId ?? null,
    stateDir,
    running: await readRunningStatus(stateDir),
  };
  terminal.out(json ? `${JSON.stringify(report, null, 2)}\n` : toText(report));
  return report.enrolled ? 0 : 1;
}

function toText({ hub, agentId, stateDir, running }: StatusReport): string {
  const rows: [string, string][] = [
    ['Enrolled', hub === null || agentId === null ? 'no' : `at ${hub} as ${agentId}`],
    ['State', stateDir],
    ['Running', running === null ? 'no' : `process ${running.pid}, version ${running.version}`],
  ];
  if (running !== null) rows.push(...runningRows(running));
  return rows.map(([name, text]) => `${name.padEnd(11)}${toDisplayText(text)}\n`).join('');
}

function runningRows(status: AgentStatus): [string, string][] {
  const { link, interval, reason, outbox, skipped, focus, settings } = status;
  const lastAck = link.lastAckAt === null ? 'never' : new Date(link.lastAckAt).toISOString();
  const rows: [string, string][] = [
    ['Link', link.problem === null ? link.state : `${link.state}: ${link.problem}`],
    ['Last ack', `${lastAck}, ${link.stored} frames stored, ${link.setAside} set aside`],
    ['Interval', `${interval / 1000} s (${reason}), ${skipped} ticks skipped`],
    ['Settings', settingsText(settings)],
    ['Watched', focusText(focus)],
    ['Outbox', `${outbox.frames} frames, ${outbox.bytes} bytes, ${outbox.lost} lost`],
  ];
  if (outbox.problem !== null) rows.push(['', `in memory only: ${outbox.problem}`]);
  return [...rows, ...troubleRows(status)];
}

function settingsText({ interval, watchedInterval, adaptive, ...rest }: AgentSettings): string {
  const { disabled, commandLines } = rest;
  return [
    `every ${interval / 1000} s, ${watchedInterval / 1000} s when watched`,
    ...(adaptive ? ['adaptive'] : []),
    `command lines ${commandLines}`,
    ...(disabled.length > 0 ? [`without ${disabled.join(', ')}`] : []),
  ].join(', ');
}

function focusText({ isOn, processes, lastScan }: AgentStatus['focus']): string {
  if (!isOn) return 'no';
  if (!processes) return 'yes';
  if (lastScan === null) return 'yes, with processes';
  return `yes, with ${lastScan.sent} of ${lastScan.total} processes, scanned in ${lastScan.took} ms`;
}

function troubleRows({ collectors, troubles }: AgentStatus): [string, string][] {
  const rows = troubles.map(({ name, message, since }): [string, string] => [
    'Trouble',
    `${name}: ${message}, since ${new Date(since).toISOString()}`,
  ]);
  for (const { name, failures, problem, trouble, since } of collectors) {
    if (problem === null && failures === 0) continue;
    const state = problem === null ? 'fine again' : `${trouble ?? 'failing'}: ${problem}`;
    const begin = since === null ? '' : ` since ${new Date(since).toISOString()}`;
    rows.push(['Collector', `${name}: ${state}${begin} (${failures} failures)`]);
  }
  return rows;
}
