import { readFile } from 'node:fs/promises';
import { Refusal } from './refusal';

/** A file that an operator names. */
export const textOf = (file: string): Promise<string> =>
  readFile(file, 'utf8').catch((error: NodeJS.ErrnoException) => {
    throw new Refusal(`${file} cannot be read: ${error.code}.`);
  });
