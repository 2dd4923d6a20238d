import { readFileSync } from 'node:fs';
import { join } from 'node:path';

/** The lines of a table beside the tests: JSON, one row each, every character beyond ASCII escaped so that none hides. */
export const rowsOf = <Row>(name: string): Row[] =>
  readFileSync(join(__dirname, name), 'utf8')
    .trim()
    .split('\n')
    .map((line) => JSON.parse(line) as Row);
