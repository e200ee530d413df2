export * from './simulated-agent';
export { QUIET, SimulatedValues } from './simulated-values';
