export * from './simulated-agent';
