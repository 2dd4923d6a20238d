import type { AggregatedResult, Reporter } from '@jest/reporters';

/** The last line of a run, alone: what a person and a program read first. */
export default class Summary implements Pick<Reporter, 'onRunComplete' | 'onRunStart' | 'onTestStart' | 'onTestResult'> {
  onRunStart(): void {}
  onTestStart(): void {}
  onTestResult(): void {}
  onRunComplete(_contexts: unknown, result: AggregatedResult): void {
    const broken = result.numRuntimeErrorTestSuites; // a file that could not be loaded has no test to fail
    const skipped = result.numPendingTests + result.numTodoTests;
    process.stdout.write(`\n${result.numPassedTests} passed, ${result.numFailedTests + broken} failed, ${skipped} skipped\n`);
  }
}
