import { readdirSync } from 'node:fs';
import { parse } from 'node:path';

const DATED = /^\d{8}-[0-9a-z]{2}-[a-z-]+\.[jt]s$/;

/** The migrations by their files' names, without loading any: a start with nothing to apply needs no more. */
export const migrationNames = (): string[] =>
  readdirSync(__dirname)
    .filter((file) => DATED.test(file))
    .map((file) => parse(file).name)
    .sort();
