process.env.NODE_ENV = 'production'; // the tests run what serves: jest says 'test', with which graphql checks every type twice

/** @type {import('jest').Config} */
module.exports = {
  testEnvironment: '<rootDir>/test/support/clauses/environment.cjs',
  roots: ['<rootDir>/test'],
  testMatch: ['<rootDir>/test/**/*.test.ts'],
  globalSetup: '<rootDir>/test/global-setup.ts',
  globalTeardown: '<rootDir>/test/global-teardown.ts',
  setupFiles: ['reflect-metadata', '<rootDir>/test/support/scan/record.cjs'],
  transform: {
    '^.+\\.(t|j)s$': ['@swc/jest'],
    // Loads the Rust planner by a dynamic import, which jest refuses: as a require the tests run the planner of the product.
    'router-runtime/.+\\.cjs$': [
      '@swc/jest',
      { swcrc: false, jsc: { target: 'es2022' }, module: { type: 'commonjs' } },
    ],
  },
  transformIgnorePatterns: ['/node_modules/(?!(jose|@graphql-hive/router-runtime)/)'],
  moduleNameMapper: { '^(\\.{1,2}/.*)\\.js$': '$1' }, // lazy imports are written as Node resolves them
  maxWorkers: 2,
  testTimeout: 120_000, // what hangs; a machine that is busy is only slow
  reporters: ['default', '<rootDir>/test/support/clauses/reporter.cjs', '<rootDir>/test/support/summary.cjs'],
};
