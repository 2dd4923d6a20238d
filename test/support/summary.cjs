/** The last line of a run, alone: what a person and a program read first. */
module.exports = class Summary {
  onRunComplete(_contexts, result) {
    const broken = result.numRuntimeErrorTestSuites; // a file that could not be loaded has no test to fail
    const skipped = result.numPendingTests + result.numTodoTests;
    const line = `${result.numPassedTests} passed, ${result.numFailedTests + broken} failed, ${skipped} skipped\n`;
    process.once('exit', () => process.stdout.write(line)); // after jest's own summary
  }
};
