require('../compiled-once.cjs');
const { mkdirSync, writeFileSync } = require('node:fs');
const { createHash } = require('node:crypto');
const { join, relative } = require('node:path');
const { TestEnvironment } = require('jest-environment-node');

const LISTENER = Symbol.for('anju.clauses');
const FOLDER = join(__dirname, '../../../node_modules/.cache/anju-clauses');
const NAMED = /\[[^\]]*\b(?:IM|GX)-\d[^\]]*\]/;

/**
 * Notes which clauses' code ran in which test, for the ledger of clauses (src/clauses.ts). What runs in a hook counts for the
 * tests of its outermost describe. One file of results a test file, written anew each time it runs.
 */
module.exports = class Environment extends TestEnvironment {
  constructor(config, context) {
    super(config, context);
    /* A part of a file proves nothing against the rest of it. */
    this.whole = !config.globalConfig.testNamePattern;
    this.file = relative(config.projectConfig.rootDir, context.testPath);
    this.before = new Set();
    this.during = undefined;
    this.results = [];
    this.global[LISTENER] = (ids, carrier, deed) => {
      for (const id of ids) (this.during ?? this.before).add(`${id} ${carrier} ${deed}`);
    };
  }

  handleTestEvent({ name, test, describeBlock }) {
    if (name === 'test_start') this.during = new Set();
    if (name === 'run_describe_finish' && describeBlock.parent?.name === 'ROOT_DESCRIBE_BLOCK')
      this.before = new Set(this.root);
    if (name === 'run_describe_start' && describeBlock.parent?.name === 'ROOT_DESCRIBE_BLOCK')
      this.root ??= [...this.before];
    if (name !== 'test_done') return;
    const title = titleOf(test);
    if (NAMED.test(title)) {
      const deeds = [...new Set([...this.before, ...this.during])].sort();
      this.results.push({ title, passed: test.errors.length === 0 && test.status !== 'skip', deeds });
    }
    this.during = undefined;
  }

  async teardown() {
    if (this.whole) this.keep();
    await super.teardown();
  }

  keep() {
    mkdirSync(FOLDER, { recursive: true });
    const name = `${createHash('sha256').update(this.file).digest('hex').slice(0, 16)}.json`;
    writeFileSync(join(FOLDER, name), JSON.stringify({ file: this.file, at: Date.now(), tests: this.results }));
  }
};

function titleOf(test) {
  const names = [];
  for (let each = test; each && each.name !== 'ROOT_DESCRIBE_BLOCK'; each = each.parent) names.unshift(each.name);
  return names.join(' › ');
}
