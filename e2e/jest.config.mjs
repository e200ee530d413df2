import { jestForNode } from '../tools/jest-node.mjs';

export default jestForNode('e2e');
