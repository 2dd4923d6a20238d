import { existsSync, mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { z } from 'zod';

const ControlAddress = z.object({ url: z.string().url(), token: z.string().min(1) });
export type ControlAddress = z.infer<typeof ControlAddress>;

const fileIn = (dataDir: string) => join(dataDir, 'sandbox.json');

/** Leaves the address and token of a running sandbox where the command line finds them; readable by its owner only. */
export function writeControlAddress(dataDir: string, address: ControlAddress): void {
  mkdirSync(dataDir, { recursive: true });
  rmSync(fileIn(dataDir), { force: true });
  writeFileSync(fileIn(dataDir), JSON.stringify(address), { mode: 0o600 });
}

export function removeControlAddress(dataDir: string): void {
  rmSync(fileIn(dataDir), { force: true });
}

/** The running sandbox's control; null where none has been left behind. */
export function readControlAddress(dataDir: string): ControlAddress | null {
  if (!existsSync(fileIn(dataDir))) return null;
  return ControlAddress.parse(JSON.parse(readFileSync(fileIn(dataDir), 'utf8')));
}
