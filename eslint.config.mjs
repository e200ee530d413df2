import nx from '@nx/eslint-plugin';
import angular from 'angular-eslint';
import tseslint from 'typescript-eslint';

/** What each part may import of ours: contracts everywhere, and nothing else across parts. */
const boundaries = {
  allow: [],
  enforceBuildableLibDependency: false,
  depConstraints: [
    { sourceTag: 'scope:contracts', onlyDependOnLibsWithTags: [] },
    { sourceTag: 'scope:agent', onlyDependOnLibsWithTags: ['scope:contracts'] },
    { sourceTag: 'scope:hub', onlyDependOnLibsWithTags: ['scope:contracts'] },
    { sourceTag: 'scope:web', onlyDependOnLibsWithTags: ['scope:contracts'] },
    { sourceTag: 'scope:simulated-agent', onlyDependOnLibsWithTags: ['scope:contracts'] },
    {
      sourceTag: 'scope:e2e',
      onlyDependOnLibsWithTags: ['scope:contracts', 'scope:simulated-agent'],
    },
    {
      sourceTag: 'scope:bench',
      onlyDependOnLibsWithTags: ['scope:contracts', 'scope:simulated-agent'],
    },
  ],
};

export default tseslint.config(
  { ignores: ['**/node_modules', '**/dist', '**/.angular', '**/.nx', '**/data', '**/*.mjs'] },
  {
    files: ['**/*.ts'],
    extends: [tseslint.configs.strictTypeChecked, tseslint.configs.stylisticTypeChecked],
    plugins: { '@nx': nx },
    languageOptions: { parserOptions: { projectService: true } },
    rules: {
      '@nx/enforce-module-boundaries': ['error', boundaries],
      '@typescript-eslint/consistent-type-imports': 'error',
      '@typescript-eslint/switch-exhaustiveness-check': [
        'error',
        { considerDefaultExhaustiveForUnions: true },
      ],
      '@typescript-eslint/no-unused-vars': ['error', { argsIgnorePattern: '^_' }],
      '@typescript-eslint/restrict-template-expressions': ['error', { allowNumber: true }],
      '@typescript-eslint/no-confusing-void-expression': ['error', { ignoreArrowShorthand: true }],
      // Angular components and NestJS modules are classes that may hold nothing but their decorator.
      '@typescript-eslint/no-extraneous-class': ['error', { allowWithDecorator: true }],
      '@typescript-eslint/unbound-method': ['error', { ignoreStatic: true }],
      eqeqeq: 'error',
      'max-params': ['error', 3],
      'no-console': 'error',
    },
  },
  {
    // NestJS injects by constructor, one parameter a dependency.
    files: ['apps/hub/**/*.ts'],
    rules: { 'max-params': 'off', '@typescript-eslint/max-params': ['error', { max: 8 }] },
  },
  {
    files: ['apps/web/**/*.ts'],
    extends: [angular.configs.tsRecommended],
    processor: angular.processInlineTemplates,
    rules: {
      '@angular-eslint/prefer-on-push-component-change-detection': 'error',
      '@angular-eslint/component-selector': [
        'error',
        { type: 'element', prefix: 'hd', style: 'kebab-case' },
      ],
      '@angular-eslint/directive-selector': [
        'error',
        { type: 'attribute', prefix: 'hd', style: 'camelCase' },
      ],
    },
  },
  {
    files: ['apps/web/**/*.html'],
    extends: [angular.configs.templateRecommended, angular.configs.templateAccessibility],
  },
);
