/**
 * Jest for what runs in Node: ES modules as they are, TypeScript through SWC, results also as JSON for the summary of
 * `npm test`.
 *
 * @param {string} project folder of the project below the workspace
 */
export function jestForNode(project) {
  return {
    displayName: project,
    rootDir: new URL(`../${project}`, import.meta.url).pathname,
    testEnvironment: 'node',
    testMatch: ['**/*.spec.ts'],
    extensionsToTreatAsEsm: ['.ts'],
    transform: {
      '^.+\\.ts$': [
        '@swc/jest',
        {
          jsc: {
            target: 'es2022',
            parser: { syntax: 'typescript', decorators: true },
            transform: { legacyDecorator: true, decoratorMetadata: false },
          },
          module: { type: 'es6' },
        },
      ],
    },
    testTimeout: 60_000,
  };
}
