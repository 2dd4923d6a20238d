import { readFileSync, readdirSync } from 'node:fs';

const NS_PER_MS = 1_000_000;

/** What follows the name in /proc/<pid>/stat; undefined of a process that is gone. */
function statOf(pid: number): string[] | undefined {
  try {
    return (readFileSync(`/proc/${pid}/stat`, 'utf8').split(') ')[1] ?? '').split(' ');
  } catch {
    return undefined;
  }
}

/** Time on a processor of a process's threads that live, to the nanosecond: ticks of ten milliseconds are a twentieth of a short run. */
function threadsMs(pid: number): number | undefined {
  try {
    const threads = readdirSync(`/proc/${pid}/task`);
    const spent = threads.map((thread) => readFileSync(`/proc/${pid}/task/${thread}/schedstat`, 'utf8'));
    return spent.reduce((sum, text) => sum + Number(text.split(' ')[0]) / NS_PER_MS, 0);
  } catch {
    return undefined;
  }
}

/** User and system CPU of one process so far, milliseconds (Linux). Threads that end take theirs with them. */
export function cpuMs(pid: number): number {
  const ms = threadsMs(pid);
  if (ms === undefined) throw new Error(`process ${pid} is gone`);
  return ms;
}

/** The same of all under a process; one that ends meanwhile, as an autovacuum does, counts as nothing. */
export const cpuMsUnder = (pid: number): number =>
  descendants(pid).reduce((sum, each) => sum + (threadsMs(each) ?? 0), 0);

const kilobytes = (pid: number, file: string, label: string): number => {
  const line = new RegExp(`^${label}:\\s+(\\d+)`, 'm').exec(readFileSync(`/proc/${pid}/${file}`, 'utf8'));
  return line ? Number(line[1]) : 0;
};

/** Resident memory now, MiB. */
export const rssMiB = (pid: number): number => kilobytes(pid, 'status', 'VmRSS') / 1024;

/** Memory of its own now, shared buffers and files aside, MiB. */
export const rssAnonMiB = (pid: number): number => kilobytes(pid, 'status', 'RssAnon') / 1024;

/** The most resident memory it ever had, MiB. */
export const peakRssMiB = (pid: number): number => kilobytes(pid, 'status', 'VmHWM') / 1024;

/** Direct and indirect children. */
export function descendants(pid: number): number[] {
  const all = readdirSync('/proc')
    .filter((entry) => /^\d+$/.test(entry))
    .map(Number);
  const children = all.filter((child) => Number(statOf(child)?.[1]) === pid);
  return children.flatMap((child) => [child, ...descendants(child)]);
}
