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
  const timed: Progress['step'] = async (title, work, outcome = () => '') => {
    const from = performance.now();
    const result = await work();
    const said = outcome(result);
    print(`  ${title.padEnd(TITLE_WIDTH)} ${seconds(from).padStart(6)} s${said ? `  ${said}` : ''}`);
    return result;
  };
  return {
    step(title, work, outcome) {
      const done = timed(title, work, outcome);
      const forget = () => current.delete(done);
      current.add(done);
      done.then(forget, forget);
      return done;
    },
    underWay: () => Promise.allSettled(current),
    total: () => seconds(0), // performance.now() counts from the start of the process
  };
}
