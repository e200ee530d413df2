/** The hub's clock, ms since the epoch; tests set their own. */
export type Clock = () => number;

/** Injection token of the clock. */
export const CLOCK = Symbol('clock');

/** Injection token of the configuration. */
export const CONFIG = Symbol('config');
