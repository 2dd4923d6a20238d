import { generateKeyPairSync } from 'node:crypto';
import { connectors } from '../../connectors';
import { makeSigner } from '../../src/audit/signer';
import { loadParameters } from '../../src/cli/parameters/load';
import { whatIf, type WhatIf } from '../../src/cli/whatif/run';
import { inWords } from '../../src/cli/whatif/words';
import { defineRule, law, parametersOf } from '../../src/engine/rule';
import { sql } from '../../src/engine/sql';
import { rules } from '../../src/rules';
import { PURPOSE } from '../engine/world/build';
import { Court } from '../engine/world/court';
import { cleanFamily, police, property, spouse } from '../engine/world/families';
import type { HouseholdPlan } from '../engine/world/plan';
import { forgetKnownSince } from '../support/parameters';

const NOW = new Date('2026-11-22T05:00:00Z');
const DAY = 24 * 3600 * 1000;
const LIMIT = 'housing.per-head-area-cm2';
const OWNED = 200_000; // of two persons
const sources = connectors.map(({ name }) => name);
const pem = generateKeyPairSync('ec', { namedCurve: 'P-256' }).privateKey.export({ type: 'pkcs8', format: 'pem' });
const signer = makeSigner(pem.toString());

const times = (n: number, plan: HouseholdPlan) => Array.from({ length: n }, () => plan);
const [married] = cleanFamily.members;
const owner = { ...married!, answers: { ...married!.answers, property: property(OWNED), police: police() } };
const silent = { ...owner, answers: { ...owner.answers, vehicle: { status: 'UNAVAILABLE' as const } } };
const family: HouseholdPlan = { ...cleanFamily, programme: 'LOW_RENT', members: [owner, spouse] };
const numbers = (region: string, value: number, programme = 'LOW_RENT', more = '') =>
  `- { code: ${LIMIT}, region: '${region}', programme: ${programme}, value: ${value}, unit: cm2, document: 示例1号, mark: LOCAL, from: 2026-11-01${more} }\n`;
const REPLACES = ', replaces: 演示值，非正式文件';

let court: Court;
beforeAll(async () => {
  court = await Court.open(rules);
  await court.build(
    ...times(6, { ...family, regionCode: '150402' }),
    ...times(3, { ...family, regionCode: '150426' }),
    ...times(7, { ...family, programme: 'PUBLIC_RENTAL', regionCode: '150426' }),
    ...times(5, { ...family, regionCode: '150402', members: [silent, spouse] }),
  );
});
afterAll(() => court.close());
afterEach(() => forgetKnownSince(court.base.owner, new Date('2026-11-20')));

const attempt = (text: string, more: Partial<WhatIf> = {}, now = NOW) =>
  whatIf(
    { engineRole: court.base.db.engine, owner: court.base.owner, signer, rules, now },
    { file: 'n.yaml', text, by: 'officer:li', sources, region: null, purpose: PURPOSE, ...more },
  );
const load = (text: string, id: string | undefined, now = NOW) =>
  loadParameters(
    court.base.owner,
    { file: 'n.yaml', text, by: 'officer:li', sources, leaned: new Set(parametersOf(rules)), whatIf: id },
    now,
  );

describe('a what-if', () => {
  it('counts who would lose, by county and programme, and withholds few with what gives them away', async () => {
    const { body } = await attempt(numbers('150402', 90_000, 'LOW_RENT', REPLACES) + numbers('150426', 90_000));
    expect(body).toMatchObject({
      judged: 21,
      counties: ['150402', '150426'],
      programmes: ['LOW_RENT', 'PUBLIC_RENTAL'],
    });
    /* 11 and 0 in one county (who is silent loses too), 3 and 0 in the other: 3 is few, and no sum may tell of it. */
    expect(body.effects.loses[1]![0]).toBeNull();
    expect(body.effects.loses.flat().filter((count) => count === 3)).toEqual([]);
    expect(body.effects.gains.flat()).toEqual(Array(9).fill(0));
    const { body: one } = await attempt(numbers('150402', 90_000, 'LOW_RENT', REPLACES), { region: '150402' });
    expect(one.effects.loses).toEqual([
      [11, 11],
      [11, 11],
    ]);
  });

  it('counts who would gain, and who would become inconclusive', async () => {
    await load(
      numbers('150402', 90_000, 'LOW_RENT', REPLACES),
      (await attempt(numbers('150402', 90_000, 'LOW_RENT', REPLACES))).id,
    );
    const back = numbers('150402', 120_000, 'LOW_RENT', ', replaces: 示例1号');
    const { body } = await attempt(back, { region: '150402' }, new Date(NOW.getTime() + 1));
    expect(body.effects).toEqual({
      gains: [
        [6, 6],
        [6, 6],
      ],
      loses: [
        [0, 0],
        [0, 0],
      ],
      becomesInconclusive: [
        [5, 5],
        [5, 5],
      ],
    });
  });

  it('writes its report and nothing else, and that as a signed text', async () => {
    const rows = async () =>
      (
        await court.base.owner.query(
          `select verb, entity, op, sum(rows)::int as rows from write_entry group by 1, 2, 3 order by 1, 2, 3`,
        )
      ).rows as { verb: string }[];
    const others = async () => (await rows()).filter(({ verb }) => verb !== 'whatIf');
    const evaluations = async () => (await court.base.owner.query('select from evaluation')).rowCount;
    const before = [await others(), await evaluations()];
    const { id } = await attempt(numbers('150426', 90_000));
    expect([await others(), await evaluations()]).toEqual(before);
    expect((await rows()).find(({ verb }) => verb === 'whatIf')).toMatchObject({
      entity: 'WhatIfReport',
      op: 'INSERT',
    });
    const kept = await court.base.owner.query('select body, signature from what_if_report where id = $1', [id]);
    expect(signer.verify(kept.rows[0].body, kept.rows[0].signature)).toBe(true);
    expect(signer.verify(kept.rows[0].body.replace('n', 'm'), kept.rows[0].signature)).toBe(false);
    expect(JSON.parse(kept.rows[0].body).schema).toBe('anju/what-if-report/1');
  });

  it('can write nothing even by a rule that tries to', async () => {
    await court.base.owner.query(`
      create table scribbled (at timestamptz default now());
      grant insert on scribbled to anju_engine;
      create function scribble() returns boolean language sql as 'insert into scribbled default values returning true'`);
    const scribbler = defineRule({
      ...{ code: 'RR-99', title: '示例', basis: law('示例', '一'), since: '2014-01-01', needs: [], unit: null },
      ...{ facts: sql`select household_id from given`, holds: sql`scribble()`, onFalse: 'FAIL' },
      because: { fail: () => '', unknown: () => '' },
    });
    const parts = { engineRole: court.base.db.engine, owner: court.base.owner, signer, rules: [scribbler], now: NOW };
    const tried = { file: 'n.yaml', text: numbers('150426', 90_000), by: 'officer:li', sources, region: null };
    await expect(whatIf(parts, { ...tried, purpose: PURPOSE })).rejects.toThrow(/read-only transaction/);
  });

  it('is told in words, the withheld as such', async () => {
    const { id, body } = await attempt(numbers('150426', 90_000));
    const lines = inWords(id, body, 1);
    expect(lines[0]).toMatch(new RegExp(`^试算报告 ${id}  判断日 2026-11-22  21 户`));
    expect(lines.filter((line) => line.startsWith('150426\t'))[1]).toContain('*');
  });

  it('refuses a file with a fault, and a region nobody has', async () => {
    await expect(attempt(numbers('999999', 90_000))).rejects.toThrow(/^n\.yaml:1: unknown region/);
    await expect(attempt(numbers('150426', 90_000), { region: '999999' })).rejects.toThrow(/Unknown region/);
  });
});

describe('a file with a number that rules lean on', () => {
  const text = numbers('150426', 90_000);
  const OF_A_TEXT = 30;

  it('is loaded on the report on exactly this text, whole and not too old', async () => {
    const { id } = await attempt(text);
    await expect(load(text, undefined)).rejects.toThrow(/say --what-if/);
    await expect(load(text, 'x')).rejects.toThrow(/there is no what-if report/);
    await expect(load(numbers('150426', 90_001), id)).rejects.toThrow(/on another text/);
    await expect(load(text, (await attempt(text, { region: '150402' })).id)).rejects.toThrow(/on one region only/);
    await expect(load(text, id, new Date(NOW.getTime() + OF_A_TEXT * DAY))).rejects.toThrow(/too old/);
    await expect(load(text, id, new Date(NOW.getTime() + OF_A_TEXT * DAY - 1))).resolves.toBe(1);
  });
});
