/**
 * A hub as a process of its own that seals and rolls up at once, and dies at a step of that: `crashing-hub STEP`, or `none`. For tests
 * alone.
 */
import { createHub } from '../src/app';
import { loadConfig } from '../src/config/config';
import { createLogger } from '../src/logging/logger';

const [crashAt] = process.argv.slice(2);
const config = loadConfig();
const hub = await createHub(config, {
  logger: createLogger(config.logLevel),
  folders: { web: config.dataDir, agent: config.dataDir },
  limits: { graces: { fresh: 0, spread: 0, late: 0, rollUp: 0 }, maintenance: 100 },
  observeStep: (step) => {
    // The signal ends the process before the call returns: nothing after it is done.
    if (step === crashAt) process.kill(process.pid, 'SIGKILL');
  },
});
process.stdout.write(`hostdeck-hub ready at ${hub.url}\n`);
