import { execFile } from 'node:child_process';
import { promisify } from 'node:util';

interface Told {
  readonly '2xx': number;
  readonly '3xx': number;
}

/**
 * One address asked again and again, from a process of its own: fast enough that the server is never without work, which
 * our own load generator is not where an answer costs microseconds. Throws where an answer is neither 2xx nor 304.
 */
export async function cannonade(
  url: string,
  { requests, connections, headers = {} }: { requests: number; connections: number; headers?: Record<string, string> },
): Promise<void> {
  const given = Object.entries(headers).flatMap(([name, value]) => ['-H', `${name}=${value}`]);
  const args = [require.resolve('autocannon'), '-j', '-c', String(connections), '-a', String(requests), ...given, url];
  const { stdout } = await promisify(execFile)(process.execPath, args);
  const told = JSON.parse(stdout) as Told;
  if (told['2xx'] + told['3xx'] !== requests) throw new Error(`${url} answered otherwise: ${stdout.slice(0, 500)}`);
}
