import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { testFolder } from '../support/folder';
import { buildHub, runHub, runProgram, type Program } from '../support/program';

const dataDir = join(testFolder(), '.data');
const settings = { DATA_DIR: dataDir, PORT: '0', DEMO_HOUSEHOLDS: '40', DEMO_SEED: 'guide-test' };
const MINUTES = 240_000;

let hub: Program;
beforeAll(() => {
  buildHub();
  hub = runHub(['start'], settings);
});
afterAll(async () => void (await hub.end('SIGTERM')), MINUTES);

/** Everything a reader is told to type, in order. */
const commands = (page: string): string =>
  [...page.matchAll(/^```sh\n([\s\S]*?)^```$/gm)].map((block) => block[1]!).join('\n');

describe('docs/how-to/connect-a-partner.md', () => {
  it(
    'leads a stranger from a key to a first cross-check, a receipt that verifies, and the end of the grant',
    async () => {
      await hub.says(/Ready in [\d.]+ s/);
      const [, url] = await hub.says(/GraphQL +(http:\S+)\/graphql/);
      const [, household] = await hub.says(/household\(id: "([0-9a-f-]{36})"\)/);
      const script = commands(readFileSync('docs/how-to/connect-a-partner.md', 'utf8')).replace(
        /^HOUSEHOLD=\S+/m,
        `HOUSEHOLD=${household}`,
      );
      const stranger = runProgram('bash', ['-c', `set -euo pipefail\n${script}`], { ...settings, HUB: url! });
      const code = await stranger.ended;
      const said = stranger.said();
      expect([code, said]).toEqual([0, expect.stringMatching(/genuine: \{.*"schema":"anju\/receipt\/1"/)]);
      expect(said).toMatch(/"outcome":"(PASS|FAIL|INCONCLUSIVE)"/);
      expect(said.trimEnd()).toMatch(/1 grants of tax-office revoked\nGRANT_NOT_IN_FORCE$/);
    },
    MINUTES,
  );

  it(
    'is not needed for the query that the start prints, which is registered for the demo partner',
    async () => {
      const [, query] = await hub.says(/to paste into GraphiQL:\n([\s\S]+?\n})\n/);
      const [, url] = await hub.says(/GraphQL +(http:\S+)\/graphql/);
      const [, headers] = await hub.says(/as headers for GraphiQL:\n\{.+\}\n(\{.+\})\n/);
      const ask = async (text: string) => {
        const response = await fetch(`${url}/graphql`, {
          method: 'POST',
          headers: { 'content-type': 'application/json', ...(JSON.parse(headers!) as Record<string, string>) },
          body: JSON.stringify({ query: text }),
        });
        return [
          response.status,
          (await response.json()) as { data?: { household: object }; extensions?: object },
        ] as const;
      };
      const [status, { data, extensions }] = await ask(query!);
      expect([status, data?.household, extensions]).toEqual([200, expect.any(Object), { receipt: expect.any(Object) }]);
      expect((await ask(query!.replace('name idNumber', 'name')))[0]).toBe(403);
    },
    MINUTES,
  );
});
