import { readFileSync, readdirSync } from 'node:fs';

const MS_PER_TICK = 10;

/** What follows the name in /proc/<pid>/stat; undefined of a process that is gone. */
function statOf(pid: number): string[] | undefined {
  try {
    return (readFileSync(`/proc/${pid}/stat`, 'utf8').split(') ')[1] ?? '').split(' ');
  } catch {
    return undefined;
  }
}

const msOf = (stat: readonly string[]): number => (Number(stat[11]) + Number(stat[12])) * MS_PER_TICK;

/** User and system CPU of one process so far, milliseconds (Linux). */
export function cpuMs(pid: number): number {
  const stat = statOf(pid);
  if (!stat) throw new Error(`process ${pid} is gone`);
  return msOf(stat);
}

/** The same of all under a process; one that ends meanwhile, as an autovacuum does, counts as nothing. */
export const cpuMsUnder = (pid: number): number =>
  descendants(pid).reduce((sum, each) => {
    const stat = statOf(each);
    return stat ? sum + msOf(stat) : sum;
  }, 0);

const kilobytes = (pid: number, file: string, label: string): number => {
  const line = new RegExp(`^${label}:\\s+(\\d+)`, 'm').exec(readFileSync(`/proc/${pid}/${file}`, 'utf8'));
  return line ? Number(line[1]) : 0;
};

/** Resident memory now, MiB. */
export const rssMiB = (pid: number): number => kilobytes(pid, 'status', 'VmRSS') / 1024;

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
