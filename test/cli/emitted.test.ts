import { readFileSync } from 'node:fs';
import { errorsPage } from '../../src/cli/errors-page';
import { limitsPage } from '../../src/cli/limits-page';
import { committedSupergraph } from '../../src/cli/committed-supergraph';
import { composedSupergraph } from '../../src/cli/supergraph';

describe('what is made from the code and committed', () => {
  it('is the supergraph that the subgraphs compose to', () => {
    expect(committedSupergraph()).toBe(composedSupergraph());
  });

  it('is the page of errors that the catalogue gives', () => {
    expect(readFileSync('docs/errors.md', 'utf8')).toBe(errorsPage());
  });

  it('is the page of limits that their declarations give', () => {
    expect(readFileSync('docs/limits.md', 'utf8')).toBe(limitsPage());
  });
});
