import type { Systeminformation } from 'systeminformation';
import { limitInstances, type Collector, type SampleSink } from '../collector';
import { share } from '../counters';
import { UniqueNames } from '../unique-names';

/** What is used of `systeminformation` about the hardware. */
export interface HardwareSource {
  cpuCurrentSpeed(): Promise<Pick<Systeminformation.CpuCurrentSpeedData, 'avg'>>;
  cpuTemperature(): Promise<Systeminformation.CpuTemperatureData>;
  battery(): Promise<Systeminformation.BatteryData>;
  graphics(): Promise<Pick<Systeminformation.GraphicsData, 'controllers'>>;
}

/** These start programs, some of which take seconds. */
const DEADLINE = 10_000;
const GIGAHERTZ = 1e9;
const MEGAHERTZ = 1e6;
const MEBIBYTE = 1024 ** 2;

/** Collectors of the hardware on macOS and Windows; what a machine does not have or does not tell has no series. */
export function hardwareCollectors(source: HardwareSource): Collector[] {
  return [
    frequencyCollector(source),
    temperatureCollector(source),
    batteryCollector(source),
    gpuCollector(source),
  ];
}

function frequencyCollector(source: HardwareSource): Collector {
  return {
    name: 'cpu frequency',
    family: 'cpu',
    cadence: 30_000,
    deadline: DEADLINE,
    metrics: [],
    async collect(sink) {
      const { avg } = await source.cpuCurrentSpeed();
      // It says 0 where it does not know.
      if (avg > 0) sink.add('cpu.frequency', null, avg * GIGAHERTZ);
    },
  };
}

function temperatureCollector(source: HardwareSource): Collector {
  return {
    name: 'sensor',
    family: 'sensors',
    cadence: 30_000,
    deadline: DEADLINE,
    metrics: [],
    async collect(sink) {
      const { main, cores } = await source.cpuTemperature();
      // It says -1, 0 or null where it does not know.
      if (main > 0) sink.add('sensor.temperature', 'CPU', main);
      for (const [index, core] of limitInstances(cores, 'sensors', sink).entries()) {
        if (core > 0) sink.add('sensor.temperature', `CPU core ${index}`, core);
      }
    },
  };
}

function batteryCollector(source: HardwareSource): Collector {
  return {
    name: 'battery',
    family: 'battery',
    cadence: 60_000,
    deadline: DEADLINE,
    metrics: [],
    async collect(sink) {
      const battery = await source.battery();
      if (!battery.hasBattery) return;
      const { percent, acConnected, maxCapacity, designedCapacity, timeRemaining } = battery;
      sink.add('battery.level', null, percent);
      sink.add('battery.discharging', null, acConnected ? 0 : 1);
      if (designedCapacity > 0) {
        sink.add('battery.health', null, share(maxCapacity, designedCapacity));
      }
      if (battery.cycleCount > 0) sink.add('battery.cycles', null, battery.cycleCount);
      // In minutes, and -1 where it does not know.
      if (!acConnected && timeRemaining > 0) {
        sink.add('battery.time_left', null, timeRemaining * 60);
      }
    },
  };
}

function gpuCollector(source: HardwareSource): Collector {
  return {
    name: 'gpu',
    family: 'gpu',
    cadence: 30_000,
    deadline: DEADLINE,
    metrics: [],
    async collect(sink) {
      const { controllers } = await source.graphics();
      const names = new UniqueNames();
      for (const card of limitInstances(controllers, 'GPUs', sink)) {
        addCard(sink, names.take(card.model === '' ? card.vendor : card.model), card);
      }
    },
  };
}

/** A card has the series that its driver tells: on most of these systems only NVIDIA's tells any. */
function addCard(
  sink: SampleSink,
  name: string,
  card: Systeminformation.GraphicsControllerData,
): void {
  if (card.utilizationGpu !== undefined) sink.add('gpu.busy', name, card.utilizationGpu);
  if (card.memoryUsed !== undefined) {
    sink.add('gpu.memory_used', name, card.memoryUsed * MEBIBYTE);
    if (card.memoryTotal !== undefined) {
      sink.add('gpu.memory_used_share', name, share(card.memoryUsed, card.memoryTotal));
    }
  }
  if (card.temperatureGpu !== undefined) {
    sink.add('gpu.temperature', name, card.temperatureGpu);
  }
  if (card.powerDraw !== undefined) sink.add('gpu.power', name, card.powerDraw);
  if (card.clockCore !== undefined) sink.add('gpu.frequency', name, card.clockCore * MEGAHERTZ);
}
