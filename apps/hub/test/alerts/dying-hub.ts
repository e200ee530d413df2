/** A hub as a process of its own that dies in the moment before it sends a notification to a receiver with a name. For tests alone. */
import { createHub } from '../../src/app';
import { loadConfig } from '../../src/config/config';
import { createLogger } from '../../src/logging/logger';

const config = loadConfig();
const hub = await createHub(config, {
  logger: createLogger(config.logLevel),
  folders: { web: config.dataDir, agent: config.dataDir },
  resolver: () => {
    // The signal ends the process before the call returns: no connection is opened.
    process.kill(process.pid, 'SIGKILL');
    return Promise.resolve([]);
  },
});
process.stdout.write(`hostdeck-hub ready at ${hub.url}\n`);
