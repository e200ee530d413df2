/**
 * Repeatable measurements: `npm run bench -- SCENARIO [--option N …] [--json]`. Each prints a table and, with `--json`, one
 * JSON object as its last line. Everything talks over loopback, is bounded in time, and cleans up after itself.
 */
import { readOptions, UsageError, type Defaults, type Values } from './options';
import { table, type Report } from './report';
import { AGENT_DEFAULTS, measureAgent } from './scenarios/agent';
import { EXPORT_DEFAULTS, measureExport } from './scenarios/export';
import { ALERTS_DEFAULTS, measureAlerts } from './scenarios/alerts';
import { HISTORY_DEFAULTS, measureHistory } from './scenarios/history';
import { INGEST_DEFAULTS, measureIngest } from './scenarios/ingest';
import { LIMIT_DEFAULTS, measureLimit } from './scenarios/limit';
import { LOCKED_DEFAULTS, measureLocked } from './scenarios/locked';
import { measureOutage, OUTAGE_DEFAULTS } from './scenarios/outage';
import { measureStorage, STORAGE_DEFAULTS } from './scenarios/storage';
import { measureWeb, WEB_DEFAULTS } from './scenarios/web';

interface Scenario {
  readonly about: string;
  readonly defaults: Defaults;
  run(words: readonly string[]): Promise<{ report: Report; json: boolean }>;
}

function scenario<const Known extends Defaults>(
  about: string,
  defaults: Known,
  measure: (values: Values<Known>) => Promise<Report>,
): Scenario {
  return {
    about,
    defaults,
    async run(words) {
      const { values, json } = readOptions(words, defaults);
      return { report: await measure(values), json };
    },
  };
}

const SCENARIOS = new Map<string, Scenario>([
  ['agent', scenario('cost of a real agent on this machine', AGENT_DEFAULTS, measureAgent)],
  ['ingest', scenario('simulated agents against a real hub', INGEST_DEFAULTS, measureIngest)],
  ['limit', scenario('as many agents as this machine carries', LIMIT_DEFAULTS, measureLimit)],
  ['alerts', scenario('what rules cost, and how soon one is told', ALERTS_DEFAULTS, measureAlerts)],
  [
    'outage',
    scenario('the hub is killed and comes back to a backlog', OUTAGE_DEFAULTS, measureOutage),
  ],
  ['locked', scenario('the database is locked by another program', LOCKED_DEFAULTS, measureLocked)],
  [
    'history',
    scenario('charts of a day and a month while agents send', HISTORY_DEFAULTS, measureHistory),
  ],
  ['web', scenario('the dashboard in a real browser', WEB_DEFAULTS, measureWeb)],
  ['export', scenario("a day of a host's history as a file", EXPORT_DEFAULTS, measureExport)],
  ['storage', scenario('bytes on disk of recorded machines', STORAGE_DEFAULTS, measureStorage)],
]);

function usage(): string {
  const lines = [...SCENARIOS].map(([name, { about, defaults }]) => {
    const options = Object.entries(defaults).map(
      ([option, value]) =>
        `--${option} ${typeof value === 'number' ? String(value) : value.join('|')}`,
    );
    return `  ${name.padEnd(8)} ${about}\n           ${options.join(' ')}`;
  });
  return `npm run bench -- SCENARIO [options] [--json]\n\n${lines.join('\n')}\n`;
}

async function main([name = '', ...words]: readonly string[]): Promise<number> {
  if (name === '--help') {
    process.stdout.write(usage());
    return 0;
  }
  const chosen = SCENARIOS.get(name);
  if (chosen === undefined) throw new UsageError(`unknown scenario ${JSON.stringify(name)}`);
  const { report, json } = await chosen.run(words);
  process.stdout.write(`${table(report)}\n`);
  if (json) process.stdout.write(`${JSON.stringify(report)}\n`);
  return report.correct ? 0 : 1;
}

try {
  process.exitCode = await main(process.argv.slice(2));
} catch (error) {
  if (!(error instanceof UsageError)) throw error;
  process.stderr.write(`bench: ${error.message}\n\n${usage()}`);
  process.exitCode = 2;
}
