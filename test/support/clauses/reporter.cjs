const { existsSync, readFileSync, readdirSync } = require('node:fs');
const { join } = require('node:path');

const ROOT = join(__dirname, '../../..');
const PROOFS = join(ROOT, 'docs/law/proofs.json');
const FOLDER = join(ROOT, 'node_modules/.cache/anju-clauses');

/** Fails a whole run in which a proof of the ledger of clauses did not come true. A run of some files says nothing of it. */
module.exports = class ClauseReporter {
  constructor(globalConfig) {
    const { testNamePattern, testPathPatterns, onlyChanged } = globalConfig;
    const some = testPathPatterns?.patterns ?? globalConfig.testPathPattern ?? [];
    this.whole = !testNamePattern && !onlyChanged && some.length === 0;
  }

  onRunStart() {
    this.since = Date.now();
  }

  onRunComplete() {
    if (!this.whole || !existsSync(PROOFS)) return;
    const run = new Map();
    for (const name of existsSync(FOLDER) ? readdirSync(FOLDER) : []) {
      const { file, at, tests } = JSON.parse(readFileSync(join(FOLDER, name), 'utf8'));
      if (at >= this.since) for (const test of tests) run.set(`${file} › ${test.title}`, test);
    }
    const broken = Object.entries(JSON.parse(readFileSync(PROOFS, 'utf8'))).flatMap(([id, proofs]) =>
      proofs.flatMap(({ file, title, deeds }) => {
        const test = run.get(`${file} › ${title}`);
        const shown = test?.passed && deeds.every((deed) => test.deeds.includes(`${id} ${deed}`));
        return shown ? [] : [`${id}: ${file} › ${title}`];
      }),
    );
    if (broken.length === 0) return;
    const said = `clauses no longer proven (see npm run clauses -- --help):\n  ${broken.join('\n  ')}`;
    process.stderr.write(`${said}\n`);
    this.error = new Error(said);
  }

  getLastError() {
    return this.error;
  }
};
