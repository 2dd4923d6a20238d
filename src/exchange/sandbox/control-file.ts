import { existsSync, readFileSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { z } from 'zod';
import { writeWhole } from '../../whole-file';

const ControlAddress = z.object({ url: z.string().url(), token: z.string().min(1) });
export type ControlAddress = z.infer<typeof ControlAddress>;

const fileIn = (dataDir: string) => join(dataDir, 'sandbox.json');

/** Leaves the address and token of a running sandbox where the command line finds them; readable by its owner only. */
export function writeControlAddress(dataDir: string, address: ControlAddress): void {
  writeWhole(fileIn(dataDir), JSON.stringify(address));
}

export function removeControlAddress(dataDir: string): void {
  rmSync(fileIn(dataDir), { force: true });
}

/** The running sandbox's control; null where none has been left behind. */
export function readControlAddress(dataDir: string): ControlAddress | null {
  if (!existsSync(fileIn(dataDir))) return null;
  return ControlAddress.parse(JSON.parse(readFileSync(fileIn(dataDir), 'utf8')));
}
