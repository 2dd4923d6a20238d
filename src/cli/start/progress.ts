import { say } from '../say';

/** Runs the steps of a start, each with a line that says what was done and how long it took. */
export interface Progress {
  step<T>(title: string, work: () => Promise<T>, outcome?: (result: T) => string): Promise<T>;
  /** Begins no further step; settles when those under way do. */
  stop(): Promise<unknown>;
  /** Seconds since the process began. */
  total(): string;
}

const TITLE_WIDTH = 20;

export function makeProgress(print: (line: string) => void = say): Progress {
  const seconds = (from: number) => ((performance.now() - from) / 1000).toFixed(2);
  const current = new Set<Promise<unknown>>();
  let stopping = false;
  const timed: Progress['step'] = async (title, work, outcome = () => '') => {
    const from = performance.now();
    const result = await work();
    const said = outcome(result);
    print(`  ${title.padEnd(TITLE_WIDTH)} ${seconds(from).padStart(6)} s${said ? `  ${said}` : ''}`);
    return result;
  };
  return {
    step(title, work, outcome) {
      if (stopping) return new Promise(() => undefined); // the process ends before it would
      const done = timed(title, work, outcome);
      const forget = () => current.delete(done);
      current.add(done);
      done.then(forget, forget);
      return done;
    },
    stop() {
      stopping = true;
      return Promise.allSettled(current);
    },
    total: () => seconds(0), // performance.now() counts from the start of the process
  };
}
