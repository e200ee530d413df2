import { read, RecordedMachine } from '../../../test/recorded-machine';
import { SmartCollector } from './smart';

const SCAN = {
  devices: [
    { name: '/dev/sda', info_name: '/dev/sda', type: 'sat', protocol: 'ATA' },
    { name: '/dev/nvme0', info_name: '/dev/nvme0', type: 'nvme', protocol: 'NVMe' },
    { name: '/dev/sdb', info_name: '/dev/sdb', type: 'sat', protocol: 'ATA' },
  ],
};
const ATA = {
  smart_status: { passed: false },
  ata_smart_attributes: {
    table: [
      { id: 5, name: 'Reallocated_Sector_Ct', raw: { value: 24, string: '24' } },
      { id: 197, name: 'Current_Pending_Sector', raw: { value: 3, string: '3' } },
      { id: 198, name: 'Offline_Uncorrectable', raw: { value: 1, string: '1' } },
    ],
  },
  power_on_time: { hours: 41_210 },
  temperature: { current: 38 },
};
const NVME = {
  smart_status: { passed: true, nvme: { value: 0 } },
  nvme_smart_health_information_log: {
    percentage_used: 7,
    available_spare: 100,
    media_errors: 0,
  },
  temperature: { current: 44 },
  power_on_time: { hours: 1_903 },
};

/** A smartctl that says for each drive what stands for it: what it prints and how it ends. */
function smartctl(drives: Readonly<Record<string, readonly [string, number]>>): string {
  const cases = Object.entries(drives).map(
    ([name, [text, status]]) => `'${name}') printf %s '${text}'; exit ${status};;`,
  );
  return `test "$1" = --json || exit 1
if test "$2" = --scan; then printf %s '${JSON.stringify(SCAN)}'; exit 0; fi
test "$2" = --nocheck=standby || exit 1
for last; do :; done
case "$last" in ${cases.join(' ')} *) exit 2;; esac`;
}

describe('health of drives', () => {
  let machine: RecordedMachine;
  let smart: SmartCollector;

  beforeEach(() => {
    machine = new RecordedMachine();
    smart = new SmartCollector(machine.programs);
  });
  afterEach(() => machine.dispose());

  it('is what each tells; one that can not be asked is named', async () => {
    // Bit 3 of the status: the drive says that it is failing.
    machine.writeProgram(
      'smartctl',
      smartctl({ '/dev/sda': [JSON.stringify(ATA), 8], '/dev/nvme0': [JSON.stringify(NVME), 0] }),
    );
    expect(await read(smart, 0)).toEqual({
      values: {
        'smart.healthy{sda}': 0,
        'smart.temperature{sda}': 38,
        'smart.powered_on{sda}': 41_210 * 3_600,
        'smart.reallocated{sda}': 24,
        'smart.pending{sda}': 3,
        'smart.uncorrectable{sda}': 1,
        'smart.healthy{nvme0}': 1,
        'smart.temperature{nvme0}': 44,
        'smart.powered_on{nvme0}': 1_903 * 3_600,
        'smart.media_errors{nvme0}': 0,
        'smart.wear{nvme0}': 7,
        'smart.spare{nvme0}': 100,
      },
      warnings: ['/dev/sdb can not be asked: smartctl needs root, or the drive sleeps'],
    });
  });

  it('of a drive that sleeps is what it last said', async () => {
    machine.writeProgram('smartctl', smartctl({ '/dev/sdb': [JSON.stringify(ATA), 0] }));
    await read(smart, 0);
    machine.writeProgram('smartctl', smartctl({ '/dev/sdb': ['{}', 2] }));
    expect((await read(smart, 3_600_000)).values['smart.reallocated{sdb}']).toBe(24);
  });

  it('of the others is known when one prints rubbish', async () => {
    machine.writeProgram(
      'smartctl',
      smartctl({ '/dev/sda': ['rubbish', 0], '/dev/nvme0': [JSON.stringify(NVME), 0] }),
    );
    const { values, warnings } = await read(smart, 0);
    expect(values['smart.healthy{nvme0}']).toBe(1);
    expect(warnings[0]).toMatch(/^\/dev\/sda: /);
  });

  it('is no series without the tool', async () => {
    expect(await read(smart, 0)).toEqual({ values: {}, warnings: [] });
  });
});
