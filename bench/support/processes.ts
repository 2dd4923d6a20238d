import { readFileSync, readdirSync } from 'node:fs';

const MS_PER_TICK = 10;

/** User and system CPU of one process so far, milliseconds (Linux). */
export function cpuMs(pid: number): number {
  const [, after = ''] = readFileSync(`/proc/${pid}/stat`, 'utf8').split(') ');
  const fields = after.split(' ');
  return (Number(fields[11]) + Number(fields[12])) * MS_PER_TICK;
}

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
  const parentOf = (child: number): number => {
    try {
      return Number((readFileSync(`/proc/${child}/stat`, 'utf8').split(') ')[1] ?? '').split(' ')[1]);
    } catch {
      return 0;
    }
  };
  const all = readdirSync('/proc')
    .filter((entry) => /^\d+$/.test(entry))
    .map(Number);
  const children = all.filter((child) => parentOf(child) === pid);
  return children.flatMap((child) => [child, ...descendants(child)]);
}
