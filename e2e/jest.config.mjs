import { jestForNode } from '../tools/jest-node.mjs';

/** Real browsers and processes on a busy machine take their time; what is waited for has limits of its own below this. */
export default { ...jestForNode('e2e'), testTimeout: 180_000 };
