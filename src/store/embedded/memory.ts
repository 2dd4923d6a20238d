import { randomBytes } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { createServer, type AddressInfo } from 'node:net';
import { join } from 'node:path';
import { writeWhole } from '../../whole-file';

/** What is remembered of the server between runs, readable by its owner only. */
export interface Memory {
  readonly port: number;
  /** Superuser of the cluster; used to make the owner and to drop test databases. */
  readonly adminPassword: string;
  readonly ownerPassword: string;
  /** The owner and its database have been made. */
  readonly owned?: boolean;
}

const fileIn = (dataDir: string) => join(dataDir, 'postgres.json');

export function recall(dataDir: string): Memory | undefined {
  try {
    return JSON.parse(readFileSync(fileIn(dataDir), 'utf8'));
  } catch {
    return undefined;
  }
}

export function remember(dataDir: string, memory: Memory): Memory {
  writeWhole(fileIn(dataDir), JSON.stringify(memory, null, 2));
  return memory;
}

/** Fresh passwords and no port yet. */
export function freshMemory(): Memory {
  const password = () => randomBytes(24).toString('base64url');
  return { port: 0, adminPassword: password(), ownerPassword: password() };
}

/** The wanted port of the loopback when it is free, else any free one. */
export async function freePort(wanted: number): Promise<number> {
  const found = await tryPort(wanted);
  return found ?? (await tryPort(0))!;
}

function tryPort(port: number): Promise<number | undefined> {
  return new Promise((resolve) => {
    const probe = createServer();
    probe.once('error', () => resolve(undefined));
    probe.listen({ port, host: '127.0.0.1', exclusive: true }, () => {
      const { port: bound } = probe.address() as AddressInfo;
      probe.close(() => resolve(bound));
    });
  });
}
