import { createHash } from 'node:crypto';
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { rules } from '../../src/rules';
import { testCluster } from '../support/cluster';
import { Court } from '../engine/world/court';
import { cleanFamily, police, property, spouse } from '../engine/world/families';
import { testFolder } from '../support/folder';
import { buildHub, runHub } from '../support/program';

const folder = testFolder();
let court: Court;

beforeAll(async () => {
  buildHub();
  court = await Court.open(rules);
  const [married] = cleanFamily.members;
  const owner = { ...married!, answers: { ...married!.answers, property: property(200_000), police: police() } };
  await court.build(
    ...Array.from({ length: 6 }, () => ({
      ...cleanFamily,
      programme: 'LOW_RENT' as const,
      regionCode: '150402',
      members: [owner, spouse],
    })),
  );
});
afterAll(() => court.close());

/** The text of RR-07 as it is, changed as a lawyer would. */
const drafted = (name: string, change: (text: string) => string): string => {
  const path = join(folder, name);
  writeFileSync(path, change(readFileSync('src/rules/eligibility/housing-difficulty.ts', 'utf8')));
  return path;
};
const HOLDS = "per_head_cm2 < ${parameter('housing.per-head-area-cm2')}";

async function whatIf(...args: string[]): Promise<{ said: string; code: number | null }> {
  const program = runHub(['whatif', '--by', 'officer:li', ...args], {
    DATA_DIR: folder,
    DATABASE_URL: court.base.ownerUrl,
    HUB_ROLE_KEY: testCluster().roleKey,
  });
  const code = await program.ended;
  return { said: program.said(), code };
}

describe('hub whatif --rule', () => {
  it('tries a draft out as if it were law: who would lose, which text it was, and what it says of itself', async () => {
    const strict = drafted('strict.ts', (text) => text.replace(HOLDS, 'per_head_cm2 < 1'));
    const { said, code } = await whatIf('--json', '--rule', strict);
    expect([code, said]).toEqual([0, expect.stringContaining('anju/what-if-report/2')]);
    const body = JSON.parse(said.trim().split('\n').at(-1)!) as Record<string, unknown>;
    expect(body).toMatchObject({
      judged: 6,
      effects: {
        loses: [
          [6, 6],
          [6, 6],
        ],
        gains: [
          [0, 0],
          [0, 0],
        ],
      },
      proposedRules: [
        {
          ...{ code: 'RR-07', since: '2014-01-01', until: null },
          file: createHash('sha256').update(readFileSync(strict)).digest('hex'),
        },
      ],
    });
    const { said: words } = await whatIf(
      '--rule',
      drafted('same.ts', (text) => text),
    );
    expect(words).toMatch(/规则草案 RR-07 家庭人均自有住房面积低于住房困难标准（2014-01-01 – ）/);
  });

  it('says of a draft that is none where its fault is, tries nothing and keeps no report', async () => {
    const kept = async () => (await court.base.owner.query('select from what_if_report')).rowCount;
    const before = await kept();
    const faults: [string, (text: string) => string, RegExp][] = [
      ['sums.ts', (text) => text.replace(HOLDS, 'sum(per_head_cm2) < 1'), /sums\.ts: rule RR-07: sum: use sumKnown/],
      [
        'uncited.ts',
        (text) => text.replace(/basis: .*,\n/, 'basis: [],\n'),
        /uncited\.ts: rule RR-07: it cites no law/,
      ],
      ['broken.ts', (text) => text.replace('defineRule({', 'defineRule({{'), /broken\.ts:8: Unexpected token/],
      ['asks.ts', (text) => text.replace("'property'", "'tax'"), /asks\.ts: rule RR-07: unknown source 'tax'/],
      [
        'leans.ts',
        (text) => text.replaceAll('housing.per-head-area-cm2', 'housing.x'),
        /undeclared parameter 'housing\.x'/,
      ],
      ['none.ts', () => 'export const nothing = 1;', /none\.ts: it exports no rule/],
    ];
    for (const [name, change, sentence] of faults) {
      const { said, code } = await whatIf('--rule', drafted(name, change));
      expect(said).toMatch(sentence);
      expect(code).not.toBe(0);
    }
    expect((await whatIf('--rule', join(folder, 'absent.ts'))).said).toMatch(/absent\.ts cannot be read: ENOENT/);
    expect((await whatIf()).said).toMatch(/Name a file of parameters, or drafts of rules/);
    expect(await kept()).toBe(before);
  });
});
