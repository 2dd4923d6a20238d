import { readFileSync, readdirSync } from 'node:fs';
import { connectors } from '../../connectors';
import { controlVariable } from '../../src/exchange/control';
import { LIMITS } from '../../src/limits';

const source = readFileSync('src/config.ts', 'utf8');
const documented = new Set(
  [...readFileSync('.env.example', 'utf8').matchAll(/^#?([A-Z][A-Z_]+)=/gm)].map((line) => line[1]),
);

const sandboxes = readdirSync('connectors', { recursive: true, encoding: 'utf8' })
  .filter((file) => /\/sandbox[^/]*\.ts$/.test(file))
  .map((file) => `connectors/${file}`);

/** What the runtime sets, not the operator. */
const NOT_OURS = new Set(['NODE_ENV']);

describe('.env.example', () => {
  it('names every setting that the hub or a connector reads, and no other', () => {
    const settings = [...source.matchAll(/^ {2}([A-Z][A-Z_]+): z\b/gm)].map((line) => line[1]!);
    const secrets = [...source.matchAll(/'([A-Z]+_KEY)'/g)].map((name) => `HUB_${name[1]}`);
    const agencies = connectors.flatMap(({ name, settings }) => [controlVariable(name), ...Object.values(settings)]);
    const played = sandboxes.flatMap((file) =>
      [...readFileSync(file, 'utf8').matchAll(/setting\('([A-Z_]+)'\)/g)].map((name) => `SANDBOX_${name[1]}`),
    );
    const read = [...settings, ...secrets, ...agencies, ...played, ...Object.keys(LIMITS)].filter(
      (name) => !NOT_OURS.has(name),
    );
    expect(read.length).toBeGreaterThan(20);
    expect([...documented].sort()).toEqual([...new Set(read)].sort());
  });
});
