import { readFileSync } from 'node:fs';
import { errorsPage } from '../../src/cli/errors-page';
import { limitsPage } from '../../src/cli/limits-page';
import { rulesPage } from '../../src/cli/rules-page';
import { rules } from '../../src/rules';
import { WAITING } from '../../src/rules/waiting';
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

  it('is the page of rules that their declarations give: each of the forty is applied, or waits for something named', () => {
    expect(readFileSync('docs/rules.md', 'utf8')).toBe(rulesPage());
    const all = [...rules.map(({ code }) => code), ...WAITING.map(([code]) => code)].sort();
    expect(all).toEqual(Array.from({ length: 40 }, (_, i) => `RR-${String(i + 1).padStart(2, '0')}`));
  });
});
