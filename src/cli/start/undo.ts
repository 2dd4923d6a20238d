/** What was started and must be stopped, the last first. */
export class Undo {
  private readonly steps: { what: string; stop: () => Promise<void> | void }[] = [];
  private running: Promise<string[]> | undefined;

  add(what: string, stop: () => Promise<void> | void): void {
    this.steps.push({ what, stop });
  }

  /** Stops everything, each part within `ms`; a part that fails or hangs does not keep the others. Returns what went wrong. */
  all(ms: number): Promise<string[]> {
    return (this.running ??= this.unwind(ms));
  }

  private async unwind(ms: number): Promise<string[]> {
    const troubles: string[] = [];
    for (let step = this.steps.pop(); step; step = this.steps.pop()) {
      const { what, stop } = step;
      await within(ms, Promise.resolve().then(stop)).catch((error: Error) =>
        troubles.push(`${what}: ${error.message}`),
      );
    }
    return troubles;
  }
}

async function within(ms: number, work: Promise<void>): Promise<void> {
  let timer: NodeJS.Timeout | undefined;
  const late = new Promise<never>(
    (_, reject) => (timer = setTimeout(() => reject(new Error(`did not stop within ${ms} ms`)), ms)),
  );
  await Promise.race([work, late]).finally(() => clearTimeout(timer));
}
