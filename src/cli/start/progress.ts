import { say } from '../say';

/** Runs the steps of a start, each with a line that says what was done and how long it took. */
export interface Progress {
  step<T>(title: string, work: () => Promise<T>, outcome?: (result: T) => string): Promise<T>;
  /** Settles when the steps under way do. */
  underWay(): Promise<unknown>;
  /** Seconds since the process began. */
  total(): string;
}

const TITLE_WIDTH = 20;

export function makeProgress(print: (line: string) => void = say): Progress {
  const seconds = (from: number) => ((performance.now() - from) / 1000).toFixed(2);
  const current = new Set<Promise<unknown>>();
  return {
    async step(title, work, outcome = () => '') {
      const from = performance.now();
      const under = work();
      current.add(under);
      const result = await under.finally(() => current.delete(under));
      const said = outcome(result);
      print(`  ${title.padEnd(TITLE_WIDTH)} ${seconds(from).padStart(6)} s${said ? `  ${said}` : ''}`);
      return result;
    },
    underWay: () => Promise.allSettled(current),
    total: () => seconds(0), // performance.now() counts from the start of the process
  };
}
