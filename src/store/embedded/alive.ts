import { readFileSync } from 'node:fs';

/** True while the process runs; a zombie that nobody buried does not count. */
export function isAlive(pid: number): boolean {
  try {
    process.kill(pid, 0);
  } catch (error) {
    return (error as NodeJS.ErrnoException).code === 'EPERM';
  }
  return processState(pid)?.state !== 'Z';
}

/** When a process started, in the kernel's own count; tells a process from a later one of the same number. '' where unknown. */
export const bornAt = (pid: number): string => processState(pid)?.born ?? '';

function processState(pid: number): { state: string; born: string } | undefined {
  try {
    const stat = readFileSync(`/proc/${pid}/stat`, 'utf8');
    const fields = stat.slice(stat.lastIndexOf(')') + 2).split(' ');
    return { state: fields[0] ?? '', born: fields[19] ?? '' };
  } catch {
    return undefined; // no such process, or a system without /proc
  }
}

/** Waits until the condition holds; false when it did not within `ms`. */
export async function until(condition: () => boolean, ms: number): Promise<boolean> {
  const STEP_MS = 10;
  for (const end = Date.now() + ms; Date.now() < end; ) {
    if (condition()) return true;
    await new Promise((resolve) => setTimeout(resolve, STEP_MS));
  }
  return condition();
}
