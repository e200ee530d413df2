export * from './simulated-agent';
export type { SimulatedService } from './simulated-processes';
export { QUIET, SimulatedValues } from './simulated-values';
