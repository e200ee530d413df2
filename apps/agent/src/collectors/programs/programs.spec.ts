import { chmodSync } from 'node:fs';
import { join } from 'node:path';
import { RecordedMachine } from '../../../test/recorded-machine';
import { Programs } from './programs';

describe('programs that the agent starts', () => {
  let machine: RecordedMachine;

  beforeEach(() => {
    machine = new RecordedMachine();
    machine.writeProgram('tool', 'echo "$PATH|$HOME|$1"; exit 4');
  });
  afterEach(() => machine.dispose());

  const pathOf = (name: string, now = 0) => {
    const path = machine.programs.find(name, now);
    if (path === null) throw new Error(`no ${name}`);
    return path;
  };

  it('get their words as they are, nothing of the environment, and end as they end', async () => {
    const { text, status } = await machine.programs.run(pathOf('tool'), ['$(id); x'], 30_000);
    expect(text).toMatch(/^\/usr\/local\/sbin:[^|]*\|\|\$\(id\); x\n$/);
    expect(status).toBe(4);
  });

  it('are not taken from where others may put them', () => {
    chmodSync(join(machine.root, 'bin/tool'), 0o777);
    expect(machine.programs.find('tool', 0)).toBeNull();
    chmodSync(join(machine.root, 'bin/tool'), 0o755);
    chmodSync(join(machine.root, 'bin'), 0o777);
    expect(new Programs([join(machine.root, 'bin')]).find('tool', 0)).toBeNull();
  });

  it('are found where they are installed later', () => {
    expect(machine.programs.find('later', 0)).toBeNull();
    machine.writeProgram('later', 'true');
    expect(machine.programs.find('later', 1_000)).toBeNull();
    expect(machine.programs.find('later', 600_000)).toBe(join(machine.root, 'bin/later'));
  });

  it('are killed when they take too long', async () => {
    machine.writeProgram('slow', 'exec sleep 600');
    await expect(machine.programs.run(pathOf('slow'), [], 50)).rejects.toThrow(
      /slow did not end within 50 ms/,
    );
  });

  it('are stopped when they print too much', async () => {
    machine.writeProgram('loud', 'exec yes');
    await expect(machine.programs.run(pathOf('loud'), [], 60_000)).rejects.toThrow(
      /loud prints too much/,
    );
  });
});
