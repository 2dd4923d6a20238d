const tseslint = require('typescript-eslint');

const LONGEST_FILE = 250;
const LONGEST_FUNCTION = 40;
const lines = (max) => ['error', { max, skipBlankLines: true, skipComments: true }];

const noEnvironment = { object: 'process', property: 'env', message: 'Only src/config.ts reads the environment.' };
const noStandardOutput = {
  object: 'process',
  property: 'stdout',
  message: 'Only src/cli speaks to the terminal; log by pino.',
};

/** A start loads neither driver nor query builder of the mapper: its types are free, `LockMode` and the like are in its core. */
const mapperLater = {
  name: '@mikro-orm/postgresql',
  allowTypeImports: true,
  message: 'A start would load all of it: import types only, values from @mikro-orm/core.',
};

/** Nor its core: what a noun tells it is kept until the first write. */
const mapperInNouns = { name: '@mikro-orm/core', allowTypeImports: true, message: 'Decorators are in schema/mapping.' };

module.exports = tseslint.config(
  { ignores: ['dist/', 'node_modules/', '.data/', 'coverage/', '.bench/', 'web/**/vendor/'] },
  { files: ['**/*.ts'], extends: [tseslint.configs.recommended] },
  {
    files: ['**/*.ts'],
    languageOptions: { parserOptions: { projectService: true, tsconfigRootDir: __dirname } },
    rules: {
      '@typescript-eslint/no-floating-promises': 'error',
      '@typescript-eslint/no-misused-promises': ['error', { checksVoidReturn: { arguments: false } }],
      '@typescript-eslint/no-explicit-any': 'error',
      '@typescript-eslint/consistent-type-imports': ['error', { disallowTypeAnnotations: false }],
      '@typescript-eslint/no-unused-vars': ['error', { argsIgnorePattern: '^_', destructuredArrayIgnorePattern: '^_' }],
      eqeqeq: 'error',
      'no-console': 'error',
    },
  },
  {
    files: ['src/**/*.ts', 'schema/**/*.ts', 'resolvers/**/*.ts', 'connectors/**/*.ts', 'bench/**/*.ts'],
    rules: { 'max-lines': lines(LONGEST_FILE), 'max-lines-per-function': lines(LONGEST_FUNCTION) },
  },
  {
    files: ['src/**/*.ts', 'schema/**/*.ts', 'resolvers/**/*.ts', 'connectors/**/*.ts', 'migrations/**/*.ts'],
    ignores: ['src/config.ts', 'src/cli/**', 'src/verify/main.ts', 'src/verify/archive/main.ts'],
    rules: { 'no-restricted-properties': ['error', noEnvironment, noStandardOutput] },
  },
  {
    files: ['src/**/*.ts', 'schema/**/*.ts', 'resolvers/**/*.ts'],
    ignores: ['src/cli/drift/**', 'src/store/migrator.ts'],
    rules: { '@typescript-eslint/no-restricted-imports': ['error', { paths: [mapperLater] }] },
  },
  {
    files: ['schema/**/*.ts'],
    rules: { '@typescript-eslint/no-restricted-imports': ['error', { paths: [mapperLater, mapperInNouns] }] },
  },
  {
    files: ['src/cli/**/*.ts'],
    ignores: ['src/cli/production.ts'],
    rules: { 'no-restricted-properties': ['error', noEnvironment] },
  },
  { files: ['migrations/**/*.ts'], rules: { 'max-lines-per-function': 'off' } },
  {
    files: ['**/*.{js,cjs}'],
    languageOptions: { sourceType: 'commonjs' },
    rules: { 'no-console': 'error', eqeqeq: 'error' },
  },
);
