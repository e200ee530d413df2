import { spawn, spawnSync, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { existsSync, mkdirSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Programs } from '../src/collectors/programs/programs';
import { RecordedMachine } from './recorded-machine';

/** A filesystem of a program that never answers, beside the real ones of this machine. */
export interface DeadMount {
  readonly point: string;
  /** The `/proc` in which it is mounted. */
  readonly proc: string;
  readonly programs: Programs;
  dispose(): Promise<void>;
}

/**
 * Mounts a FUSE filesystem whose program reads no question. Where that is not allowed (it takes root and `/dev/fuse`), a list of mounts
 * that has one and a `stat` that waits for ever stand in for it.
 */
export async function deadMount(): Promise<DeadMount> {
  const folder = mkdtempSync(join(tmpdir(), 'hostdeck-dead-'));
  const point = join(folder, 'mount');
  mkdirSync(point);
  const owner = existsSync('/dev/fuse') ? await mountDead(point) : null;
  return owner === null ? standIn(folder, point) : real(folder, point, owner);
}

/** The process that holds the open end, or `null` when the mount is refused. */
async function mountDead(point: string): Promise<ChildProcess | null> {
  const script = `exec 3<>/dev/fuse || exit 1
mount -i -t fuse -o fd=3,rootmode=40000,user_id=0,group_id=0 hostdeck-dead "$1" || exit 1
echo mounted
exec sleep 600`;
  const owner = spawn('sh', ['-c', script, 'sh', point], { stdio: ['ignore', 'pipe', 'ignore'] });
  const [said] = (await Promise.race([once(owner.stdout, 'data'), once(owner, 'exit')])) as [
    unknown,
  ];
  return Buffer.isBuffer(said) ? owner : null;
}

function real(folder: string, point: string, owner: ChildProcess): DeadMount {
  return {
    point,
    proc: '/proc',
    programs: new Programs(),
    async dispose() {
      spawnSync('umount', ['-l', point]);
      const exited = once(owner, 'exit');
      owner.kill('SIGKILL');
      await exited;
      rmSync(folder, { recursive: true });
    },
  };
}

function standIn(folder: string, point: string): DeadMount {
  const machine = RecordedMachine.smallVm();
  machine.write(
    'proc/self/mountinfo',
    `1 0 8:1 / / rw - ext4 /dev/sda1 rw\n2 1 0:40 / ${point} rw - fuse dead rw\n`,
  );
  machine.writeProgram('stat', 'exec sleep 600');
  return {
    point,
    proc: join(machine.root, 'proc'),
    programs: machine.programs,
    dispose() {
      machine.dispose();
      rmSync(folder, { recursive: true });
      return Promise.resolve();
    },
  };
}
