import { jestForNode } from '../../tools/jest-node.mjs';

export default jestForNode('apps/agent');
