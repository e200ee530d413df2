import { spawn } from 'node:child_process';
import { once } from 'node:events';

/** Longest they sleep should nobody end them, s. */
const LIFETIME = 900;

/** Processes that do nothing. */
export interface IdleProcesses {
  stop(): Promise<void>;
}

/** Starts that many processes that sleep, in a group of their own. */
export async function startIdleProcesses(count: number): Promise<IdleProcesses> {
  const script = `i=0; while [ $i -lt ${String(count)} ]; do sleep ${String(LIFETIME)} & i=$((i+1)); done; echo started; wait`;
  const group = spawn('sh', ['-c', script], {
    detached: true,
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  const { pid } = group;
  if (pid === undefined) throw new Error('the idle processes did not start');
  await once(group.stdout, 'data');
  return {
    async stop() {
      const exited = once(group, 'exit');
      process.kill(-pid, 'SIGKILL');
      await exited;
    },
  };
}
