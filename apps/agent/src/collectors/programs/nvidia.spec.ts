import { read, RecordedMachine } from '../../../test/recorded-machine';
import { NvidiaCollector } from './nvidia';

describe("NVIDIA's GPUs", () => {
  let machine: RecordedMachine;
  let gpus: NvidiaCollector;

  beforeEach(() => {
    machine = new RecordedMachine();
    gpus = new NvidiaCollector(machine.programs);
  });
  afterEach(() => machine.dispose());

  it('are read from the table that was asked for', async () => {
    machine.writeProgram(
      'nvidia-smi',
      `test "$1" = --query-gpu=index,name,utilization.gpu,memory.used,memory.total,temperature.gpu,power.draw,clocks.sm,fan.speed || exit 2
test "$2" = --format=csv,noheader,nounits || exit 2
cat <<'TABLE'
0, NVIDIA GeForce RTX 3090, 87, 20480, 24576, 71, 348.12, 1860, 64
1, Tesla T4, 0, 0, 15360, 38, [N/A], 300, [N/A]
TABLE`,
    );
    expect((await read(gpus, 0)).values).toEqual({
      'gpu.busy{0 NVIDIA GeForce RTX 3090}': 87,
      'gpu.memory_used{0 NVIDIA GeForce RTX 3090}': 20_480 * 1024 ** 2,
      'gpu.memory_used_share{0 NVIDIA GeForce RTX 3090}': (20_480 / 24_576) * 100,
      'gpu.temperature{0 NVIDIA GeForce RTX 3090}': 71,
      'gpu.power{0 NVIDIA GeForce RTX 3090}': 348.12,
      'gpu.frequency{0 NVIDIA GeForce RTX 3090}': 1.86e9,
      'gpu.fan{0 NVIDIA GeForce RTX 3090}': 64,
      'gpu.busy{1 Tesla T4}': 0,
      'gpu.memory_used{1 Tesla T4}': 0,
      'gpu.memory_used_share{1 Tesla T4}': 0,
      'gpu.temperature{1 Tesla T4}': 38,
      'gpu.power{1 Tesla T4}': null,
      'gpu.frequency{1 Tesla T4}': 3e8,
    });
  });

  it('are no series without the tool', async () => {
    expect(await read(gpus, 0)).toEqual({ values: {}, warnings: [] });
  });

  it('that have lost their driver are an error that says so', async () => {
    machine.writeProgram(
      'nvidia-smi',
      "echo 'NVIDIA-SMI has failed because it could not communicate with the NVIDIA driver.'; exit 9",
    );
    await expect(read(gpus, 0)).rejects.toThrow(/could not communicate.*\(status 9\)/);
  });

  it('of a tool that prints rubbish are not made up', async () => {
    machine.writeProgram('nvidia-smi', "echo 'rubbish'");
    expect(await read(gpus, 0)).toEqual({
      values: {},
      warnings: ['nvidia-smi printed a row of 1 columns, not 9'],
    });
  });
});
