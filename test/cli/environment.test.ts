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

describe('.env.example', () => {
  it('names every setting that the hub or a connector reads, and no other', () => {
    const settings = [...source.matchAll(/^ {2}([A-Z][A-Z_]+): z\b/gm)].map((line) => line[1]!);
    const secrets = [...source.matchAll(/'([A-Z]+_KEY)'/g)].map((name) => `HUB_${name[1]}`);
    const agencies = connectors.flatMap(({ name, settings }) => [controlVariable(name), ...Object.values(settings)]);
    const played = sandboxes.flatMap((file) =>
      [...readFileSync(file, 'utf8').matchAll(/setting\('([A-Z_]+)'\)/g)].map((name) => `SANDBOX_${name[1]}`),
    );
    const read = [...settings, ...secrets, ...agencies, ...played, ...Object.keys(LIMITS)];
    expect(read.length).toBeGreaterThan(20);
    expect([...documented].sort()).toEqual([...new Set(read)].sort());
  });
});

describe('NODE_ENV', () => {
  const after = async (set: string | undefined): Promise<string | undefined> => {
    const was = process.env['NODE_ENV'];
    if (set === undefined) delete process.env['NODE_ENV'];
    else process.env['NODE_ENV'] = set;
    await jest.isolateModulesAsync(async () => void (await import('../../src/cli/production.js')));
    const is = process.env['NODE_ENV'];
    process.env['NODE_ENV'] = was;
    return is;
  };

  it('is production unless an operator says otherwise, before anything else is loaded', async () => {
    expect([await after(undefined), await after('development')]).toEqual(['production', 'development']);
    const imports = readFileSync('src/main.ts', 'utf8').match(/^import '.*'/gm)!;
    expect(imports[0]).toBe("import './cli/production'");
  });
});
