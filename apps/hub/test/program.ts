import { rm } from 'node:fs/promises';
import { JOIN_TOKEN, ADMIN, temporaryFolder } from './hub';
import { buildHub, HubProcess, type Ended, type Program } from './hub-process';

/** The hub as a program, with a data folder of its own for every test. */
export class ProgramUnderTest {
  /** Made anew before every test. */
  dataDir = '';
  private program: Program | null = null;
  private running: HubProcess[] = [];
  private folders: string[] = [];

  /**
   * Builds it once for all tests of a file, and cleans up after each.
   *
   * @param entry another program than the hub as it is delivered
   */
  constructor(entry?: string) {
    beforeAll(async () => {
      this.program = await buildHub(entry);
    });
    afterAll(() => this.program?.remove());
    beforeEach(async () => {
      this.dataDir = await this.folder();
    });
    afterEach(async () => {
      for (const hub of this.running) await hub.kill('SIGKILL');
      for (const folder of this.folders) await rm(folder, { recursive: true, force: true });
      this.running = [];
      this.folders = [];
    });
  }

  /** A folder that is removed after the test. */
  async folder(): Promise<string> {
    const folder = await temporaryFolder();
    this.folders.push(folder);
    return folder;
  }

  /** Starts the hub, or a command of it. */
  run(words: readonly string[] = [], dataDir = this.dataDir): HubProcess {
    if (this.program === null) throw new Error('not built yet');
    const environment = {
      HOSTDECK_PORT: '0',
      HOSTDECK_JOIN_TOKEN: JOIN_TOKEN,
      HOSTDECK_ADMIN_USERNAME: ADMIN.username,
      HOSTDECK_ADMIN_PASSWORD: ADMIN.password,
      HOSTDECK_DATA_DIR: dataDir,
    };
    const hub = HubProcess.run(this.program, environment, words);
    this.running.push(hub);
    return hub;
  }

  /** Runs a command to its end. */
  command(...words: string[]): Promise<Ended> {
    return this.run(words).ended;
  }
}
