import { createHash } from 'node:crypto';
import { flattenedVerify, importJWK } from 'jose';
import type { Programme } from '../../schema/programme';
import type { ReportBody } from '../../schema/sharing/report-body';

import { limitOf } from '../../src/population/law';
import { openTasks } from '../judgement/support/lacking';
import { honestHouseholds, openStage, type Stage } from './stage';
import { addPartner, limits } from '../support/partners';

interface Kept {
  readonly household_id: string;
  readonly version: number;
  readonly final: boolean;
  readonly body: string;
  readonly hash: string;
  readonly signature: string;
}

describe('a report', () => {
  let stage: Stage;
  let households: string[];

  beforeAll(async () => {
    stage = await openStage(300, { retries: 0, timeout: 2000 });
    households = await honestHouseholds(stage, '15');
    await stage.work();
  });
  afterAll(() => stage.close());

  const reports = async (id: string): Promise<Kept[]> =>
    (
      await stage.base.owner.query<Kept>(
        'select * from report where cross_check_id = $1 order by household_id, version',
        [id],
      )
    ).rows;
  const all = async (ids: readonly string[]): Promise<Kept[]> => {
    const id = await stage.request(stage.as('15'), { households: ids });
    await stage.completed(id);
    return reports(id);
  };
  const bodyOf = ({ body }: Kept): ReportBody => JSON.parse(body);
  const states = (report: Kept) =>
    bodyOf(report).sources.flatMap(({ source, members }) => members.map(({ status }) => `${source} ${status}`));
  const early = (report: Kept) => states(report).some((state) => state.endsWith(' BEING_ASKED'));
  /** Reports from when every source was asked. */
  const check = async (ids: readonly string[]) => (await all(ids)).filter((report) => !early(report));
  const outcomes = (body: ReportBody) => body.findings.map(({ rule, outcome }) => [rule, outcome]);
  /** The rules whose finding rests on a source. */
  const resting = (body: ReportBody, source: string) => {
    const ids = body.sources.find((one) => one.source === source)!.members.map(({ answer }) => answer);
    return body.findings.filter(({ evidence }) => evidence.some((id) => ids.includes(id))).map(({ rule }) => rule);
  };

  it('has the same hash for the same inputs, whoever asks and whenever', async () => {
    const [first] = await check(households.slice(0, 1));
    const [second] = await check(households.slice(0, 1));
    expect(second!.hash).toBe(first!.hash);
  });

  it('tells a partner nothing that rests on a source it may not ask in full, though the answers are there [GX-10.1.2]', async () => {
    const household = households.slice(2, 3);
    const [officers] = await check(household);
    const { rows } = await stage.base.owner.query<{ fields: string[] }>(
      "select fields from purpose where code = 'ADMISSION_REVIEW'",
    );
    const fields = rows[0]!.fields.filter((field) => field.startsWith('vehicle.') || field === 'property.units');
    const partner = limits(['ADMISSION_REVIEW'], fields, await addPartner(stage.base, 'narrow', { fields }));
    const viewer = { role: 'PARTNER_SYSTEM', subject: 'narrow', partner } as const;
    const tasks = await openTasks(stage.base.owner);
    const id = await stage.request(stage.as('15', viewer), { households: household });
    await stage.completed(id);
    expect(await openTasks(stage.base.owner)).toEqual(tasks); // what it may not ask is nobody's task
    const body = bodyOf((await reports(id)).at(-1)!);
    const open = body.findings.filter(({ outcome }) => outcome === 'INCONCLUSIVE').map(({ rule }) => rule);
    expect(open).toEqual(expect.arrayContaining(['RR-07', 'RR-09', 'RR-28']));
    expect(body.findings.find(({ rule }) => rule === 'RR-07')!.observed).toBeNull();
    expect(bodyOf(officers!).findings.find(({ rule }) => rule === 'RR-07')!.outcome).toBe('PASS');
  });

  it('verifies with an independent library: hash over the text, detached ES256 over the text', async () => {
    const [report] = await check(households.slice(1, 2));
    expect(createHash('sha256').update(report!.body).digest('hex')).toBe(report!.hash);
    const [header, nothing, signature] = report!.signature.split('.');
    expect(nothing).toBe('');
    const key = await importJWK(stage.hub.signer.publicJwk, 'ES256');
    const jws = { protected: header!, payload: Buffer.from(report!.body).toString('base64url'), signature: signature! };
    await expect(flattenedVerify(jws, key)).resolves.toBeDefined();
    const forged = { ...jws, payload: Buffer.from(report!.body.replace('PASS', 'FAIL')).toString('base64url') };
    await expect(flattenedVerify(forged, key)).rejects.toThrow();
  });

  it('names every source with the state of every member, and persons by id only', async () => {
    const kept = await check(households.slice(0, 20));
    const { rows } = await stage.base.owner.query<{ name: string }>('select name from person');
    const { rows: numbers } = await stage.world.owner.query<{ id_number: string }>(
      'select id_number from civil.person',
    );
    for (const report of kept) {
      const body = bodyOf(report);
      expect(body.sources.map(({ source }) => source).sort()).toEqual([...stage.hub.engine.sources].sort());
      expect(body.sources.every(({ asked }) => asked)).toBe(true);
      expect(rows.filter(({ name }) => report.body.includes(name))).toEqual([]);
      expect(numbers.filter(({ id_number }) => report.body.includes(id_number))).toEqual([]);
    }
  });

  it('is of the format that names with each finding the numbers of the law: those of the place, with document and mark', async () => {
    const place = await stage.base.owner.query<{ id: string; county: string; programme: Programme }>(
      `select distinct on (h.id) h.id, h.region_code as county, c.programme from household h join housing_case c on c.household_id = h.id
       where h.id = any ($1::uuid[]) and c.closed_on is null order by h.id, c.submitted_on desc`,
      [households.slice(0, 20)],
    );
    const code = 'housing.per-head-area-cm2';
    const kept = await check(households.slice(0, 20));
    expect(kept.length).toBeGreaterThan(0);
    for (const report of kept) {
      const { county, programme } = place.rows.find(({ id }) => id === report.household_id)!;
      const body = bodyOf(report);
      const { parameters } = body.findings.find(({ rule }) => rule === 'RR-07')!;
      expect([body.schema, parameters]).toEqual([
        'anju/cross-check-report/2',
        [expect.objectContaining({ code, value: limitOf(code, county, programme), mark: 'UNVERIFIED' })],
      ]);
      expect(parameters![0]!.documentNumber).toMatch(/^(默认值，待地方文件确定|演示值，非正式文件)$/);
    }
  });

  it('says of each rule without an answer who must be asked again and when, while the others stand', async () => {
    const [household] = households.slice(20);
    await stage.sandbox.control.set('vehicle', { mode: 'down' });
    const [without] = await check([household!]);
    await stage.sandbox.control.set('vehicle', { mode: 'ok' });
    const body = bodyOf(without!);
    const unknown = body.findings.filter(({ outcome }) => outcome === 'INCONCLUSIVE');
    expect(unknown.map(({ rule }) => rule)).toEqual(['RR-12']);
    expect(unknown[0]!.missing).not.toHaveLength(0);
    for (const { source, status, askAgainAt } of unknown[0]!.missing)
      expect([source, status, askAgainAt]).toEqual(['vehicle', 'UNAVAILABLE', expect.any(String)]);
    await stage.base.owner.query(`update answer set retry_at = now() where status = 'UNAVAILABLE'`);
    const [whole] = await check([household!]);
    const other = (found: (string | undefined)[][]) => found.filter(([rule]) => rule !== 'RR-12');
    expect(other(outcomes(body))).toEqual(other(outcomes(bodyOf(whole!))));
    expect(resting(body, 'property')).toEqual(resting(bodyOf(whole!), 'property'));
  });

  it('comes at once without a late answer, and again with it', async () => {
    await stage.sandbox.control.set('civil-affairs', { readyAfterMs: 1500 });
    const [first, interim, final, ...more] = await all(households.slice(21, 22));
    await stage.sandbox.control.set('civil-affairs', { readyAfterMs: 150 });
    expect(more).toEqual([]);
    expect([first, interim, final].map((each) => [each!.version, each!.final])).toEqual([
      [1, false],
      [2, false],
      [3, true],
    ]);
    expect(new Set(states(first!).filter((state) => state.endsWith(' BEING_ASKED')))).toEqual(
      new Set(['civil-affairs BEING_ASKED', 'police BEING_ASKED']),
    );
    const being = bodyOf(first!).findings.filter(({ missing }) => missing.length > 0);
    expect(being.map(({ rule, outcome }) => [rule, outcome])).toEqual(
      expect.arrayContaining([
        ['RR-09', 'INCONCLUSIVE'],
        ['RR-05', 'INCONCLUSIVE'],
      ]),
    );
    expect(being.every(({ outcome }) => outcome === 'INCONCLUSIVE')).toBe(true);
    const lacking = bodyOf(interim!).findings.flatMap(({ missing }) => missing);
    expect(new Set(lacking.map(({ source, status }) => `${source} ${status}`))).toEqual(
      new Set(['civil-affairs PENDING']),
    );
    for (const { askAgainAt } of lacking) expect(askAgainAt).toEqual(expect.any(String));
    expect(bodyOf(final!).findings.flatMap(({ missing }) => missing)).toEqual([]);
  });

  it('of a household without a letter asks no agency and names the letter', async () => {
    const household = households[22]!;
    await stage.base.owner.query(
      `update letter set ended_on = current_date, end_reason = 'WITHDRAWN' where household_id = $1`,
      [household],
    );
    stage.sandbox.control.resetCounts();
    const [report] = await check([household]);
    for (const agency of stage.hub.engine.sources)
      expect(stage.sandbox.control.state(agency).counts).toMatchObject({ calls: 0 });
    const body = bodyOf(report!);
    expect(
      body.sources
        .flatMap(({ members }) => members.map(({ status }) => status))
        .every((status) => status === 'NO_LETTER'),
    ).toBe(true);
    const letters = body.findings.flatMap(({ missing }) => missing.map(({ letter }) => letter));
    expect(new Set(letters)).toEqual(new Set(['ADMISSION_REVIEW']));
  });

  it('asks each agency once for a page of households', async () => {
    stage.sandbox.control.resetCounts();
    await check(households.slice(23, 30));
    for (const agency of stage.hub.engine.sources)
      expect(stage.sandbox.control.state(agency).counts).toMatchObject({ calls: 1 });
  });
});
