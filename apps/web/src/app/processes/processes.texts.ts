import type { ProcessState } from '@hostdeck/contracts';
import { count } from '../language/count';
import { inLanguage } from '../language/language';
import type { TableColumn } from './process-order';
import { PROCESS_DE } from './processes.texts.de';

const STATES: Readonly<Record<ProcessState, string>> = {
  running: 'Running',
  blocked: 'Blocked',
  sleeping: 'Sleeping',
  idle: 'Idle',
  stopped: 'Stopped',
  zombie: 'Zombie',
  other: 'Other',
};

const STATE_MEANINGS: Readonly<Record<ProcessState, string>> = {
  running: 'Uses a processor or waits for one',
  blocked: 'Waits for a disk or another device and cannot be interrupted',
  sleeping: 'Waits for something to happen',
  idle: 'An idle kernel thread',
  stopped: 'Stopped by a signal or a debugger',
  zombie: 'Has ended; its parent has not asked for the outcome yet',
  other: 'A state without a common name, or not read yet',
};

/** Head of a column, and what its numbers are. */
const COLUMNS: Readonly<Record<TableColumn, readonly [label: string, meaning: string]>> = {
  pid: ['PID', 'Number of the process'],
  ppid: ['Parent', 'Number of the process that started it'],
  name: ['Name', 'Name of the process, as the kernel has it'],
  user: ['User', 'Who it runs as'],
  state: ['State', 'What it does at this moment'],
  cpu: ['CPU', 'Share of one core since the scan before; more than 100 % is more than one core'],
  memory: ['Memory', 'Resident memory'],
  memoryShare: ['Mem %', 'Resident memory, share of the memory of the host'],
  read: ['Read', 'Read from disks, per second'],
  write: ['Written', 'Written to disks, per second'],
  threads: ['Threads', 'Threads'],
  files: ['Files', 'Open files'],
  started: ['Age', 'Time since it was started'],
  command: ['Command', 'Command line, without secrets'],
};

/** In English; other languages have the same keys. */
export const PROCESS_EN = {
  name: 'Processes',
  columns: COLUMNS,
  states: STATES,
  stateMeanings: STATE_MEANINGS,
  filter: 'Filter processes',
  filterPlaceholder: 'Name, command, user or PID',
  user: 'User',
  everybody: 'All users',
  state: 'State',
  everyState: 'All states',
  tree: 'Tree',
  treeHint: 'Show processes below their parents',
  chooseColumns: 'Columns',
  usualColumns: 'The usual columns',
  pause: 'Pause',
  follow: 'Follow',
  pausedAt: (time: string) => `Paused at ${time}`,
  waiting: 'Waiting for the first scan. The host scans its processes only while somebody looks.',
  unavailable: 'There is no process table of this host now',
  lost: (age: string) => `The connection to the hub is lost. This is ${age} old.`,
  old: (age: string) => `No new scan for ${age}. The host may be busy or cut off.`,
  none: 'No process matches',
  noneLead: 'The filters leave nothing.',
  showAll: 'Show all processes',
  /** `shown` of `sent` rows match; the host has `total`. */
  count: (shown: number, sent: number, total: number) => {
    const all = count(total);
    if (shown < sent) return `${count(shown)} of ${all} processes`;
    return total === 1 ? '1 process' : `${all} processes`;
  },
  cut: (sent: number, total: number) =>
    `The host has ${count(total)} processes; this table has ${count(sent)} of them: those that use most, and none that its settings skip.`,
  noCommand: 'no command line',
  noCommandMeaning:
    'A kernel thread has none; others are shown unless the agent may not read them or the settings of the host keep them there.',
  redacted:
    'Passwords, tokens and keys in command lines are replaced on the host, before anything is sent.',
  unknown: 'Not known: the second scan is still to come, or the agent has no right to read it.',
  open: (name: string) => `Show what ${name} has started`,
  close: (name: string) => `Hide what ${name} has started`,
  details: 'Chosen process',
  closeDetails: 'Close',
  choose: 'Choose a process with a click, or with the arrow keys and Enter, to see all of it.',
  gone: 'This process has ended.',
  parent: (pid: number, name: string) => `${pid} ${name}`,
} as const;

export const PROCESS_TEXTS = inLanguage(PROCESS_EN, { de: PROCESS_DE });
