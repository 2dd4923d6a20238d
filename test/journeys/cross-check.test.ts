import { createHash, randomUUID } from 'node:crypto';
import { flattenedVerify, importJWK, type JWK } from 'jose';
import { checked, completed, progressOf, readCheck, requestCheck } from '../support/checks';
import { callsOf, honestFiles, officerOf, SOURCES, type File } from '../support/files';
import { openRunningHub, type RunningHub } from '../support/running-hub';

let running: RunningHub;
let files: File[];
beforeAll(async () => {
  running = await openRunningHub();
  files = await honestFiles(running);
});
afterAll(() => running.close());

describe('a cross-check over HTTP', () => {
  it('is requested, followed by server-sent events until it is completed, and read', async () => {
    const [file] = files;
    const who = officerOf(file!);
    const { data } = await requestCheck(running, who, [file!.householdId]);
    expect(data.requestCrossCheck).toMatchObject({ state: 'REQUESTED', total: 1 });
    const events = await completed(running, who, data.requestCrossCheck.id);
    expect(events.at(-1)).toMatchObject({ state: 'COMPLETED', total: 1, done: 1, finishedAt: expect.any(String) });
    const { crossCheck } = (await readCheck(running, who, data.requestCrossCheck.id)).data;
    expect(crossCheck).toMatchObject({ state: 'COMPLETED', done: 1, total: 1 });
    expect(crossCheck.households.nodes).toMatchObject([
      { state: 'DONE', household: { id: file!.householdId }, report: { version: expect.any(Number), final: true } },
    ]);
  });

  it('reports every source asked, every finding with its citation, and evidence that resolves to stored answers', async () => {
    const { report, body } = await checked(running, officerOf(files[0]!), files[0]!.householdId);
    expect(report.sources.map(({ source }) => source).sort()).toEqual([...SOURCES].sort());
    expect(report.sources.every(({ asked, answered }) => asked && answered === files[0]!.members.length)).toBe(true);
    expect(report.findings.map(({ rule }) => rule)).toEqual(
      expect.arrayContaining(['RR-01', 'RR-02', 'RR-07', 'RR-09', 'RR-12', 'RR-28']),
    );
    for (const { citation, sentence } of report.findings) {
      expect(citation).not.toBe('');
      expect(sentence).toMatch(/\p{Script=Han}/u);
    }
    const shown = report.findings.flatMap(({ evidence }) => evidence);
    expect(shown.map(({ id }) => id)).toEqual(body.findings.flatMap(({ evidence }) => evidence));
    expect(shown.length).toBeGreaterThan(0);
    const { rows } = await running.base.owner.query<{
      id: string;
      source: string;
      status: string;
      as_of: Date;
      household_id: string;
    }>('select id, source, status, as_of, household_id from answer where id = any($1)', [shown.map(({ id }) => id)]);
    const stored = new Map(rows.map((row) => [row.id, row]));
    for (const { id, source, status, asOf } of shown) {
      const answer = stored.get(id)!;
      expect([answer.source, answer.status, answer.as_of.toISOString(), answer.household_id]).toEqual([
        source,
        status,
        asOf,
        files[0]!.householdId,
      ]);
    }
  });

  it('gives a report whose hash and signature anyone can check with a published key and no code of ours', async () => {
    const { report } = await checked(running, officerOf(files[1]!), files[1]!.householdId);
    expect(createHash('sha256').update(report.canonical).digest('hex')).toBe(report.hash);
    expect(JSON.stringify(sorted(JSON.parse(report.canonical)))).toBe(report.canonical);
    const { status, text } = await running.send('/.well-known/jwks.json');
    expect(status).toBe(200);
    const { keys } = JSON.parse(text) as { keys: JWK[] };
    expect(keys.flatMap((key) => Object.keys(key))).not.toContain('d');
    const [header, nothing, signature] = report.signature.split('.');
    expect(nothing).toBe('');
    const { kid } = JSON.parse(Buffer.from(header!, 'base64url').toString()) as { kid: string };
    const key = await importJWK(keys.find((each) => each.kid === kid)!, 'ES256');
    const jws = (text: string) => ({
      protected: header!,
      payload: Buffer.from(text).toString('base64url'),
      signature: signature!,
    });
    await expect(flattenedVerify(jws(report.canonical), key)).resolves.toBeDefined();
    await expect(flattenedVerify(jws(report.canonical.replace('PASS', 'FAIL')), key)).rejects.toThrow();
  });

  it('has the same hash for the same inputs, and asks nobody twice', async () => {
    const file = files[2]!;
    const first = await checked(running, officerOf(file), file.householdId);
    running.sandbox.control.resetCounts();
    const second = await checked(running, { ...officerOf(file), sub: 'colleague' }, file.householdId);
    expect(second.report.hash).toBe(first.report.hash);
    expect(second.id).not.toBe(first.id);
    expect(callsOf(running)).toEqual({ property: 0, vehicle: 0, 'civil-affairs': 0, 'provident-fund': 0, police: 0 });
  });

  it('is one and the same for one client key, and a conflict for another request under it', async () => {
    const file = files[3]!;
    const who = officerOf(file);
    const clientKey = randomUUID();
    const twins = await Promise.all([1, 2, 3].map(() => requestCheck(running, who, [file.householdId], { clientKey })));
    const ids = new Set(twins.map(({ data }) => data.requestCrossCheck.id));
    expect(ids.size).toBe(1);
    const other = await requestCheck(running, who, [file.householdId], { clientKey, asOf: '2026-11-01' });
    expect([other.status, other.errors[0]!.extensions]).toMatchObject([
      409,
      { code: 'IDEMPOTENCY_CONFLICT', field: 'clientKey' },
    ]);
    const { rows } = await running.base.owner.query('select from cross_check_household where household_id = $1', [
      file.householdId,
    ]);
    expect(rows).toHaveLength(1);
    await completed(running, who, [...ids][0]!);
  });

  it('says at once what is known while civil affairs takes its time, with the day it is due, and then the whole', async () => {
    await running.sandbox.control.set('civil-affairs', { readyAfterMs: 2500 });
    const file = files[4]!;
    const who = officerOf(file);
    const { id } = (await requestCheck(running, who, [file.householdId])).data.requestCrossCheck;
    const states: string[] = [];
    for await (const { state } of progressOf(running, who, id)) {
      states.push(state);
      if (state !== 'AWAITING') continue;
      const { report } = (await readCheck(running, who, id)).data.crossCheck.households.nodes[0]!;
      expect(report).toMatchObject({ version: expect.any(Number), final: false, conclusion: 'PENDING_EVIDENCE' });
      const missing = report!.findings.flatMap((finding) => finding.missing);
      expect(new Set(missing.map(({ source, status }) => `${source} ${status}`))).toEqual(
        new Set(['civil-affairs PENDING']),
      );
      for (const { askAgainAt } of missing) expect(Date.parse(askAgainAt!)).toBeGreaterThan(Date.now() - 60_000);
    }
    await running.sandbox.control.set('civil-affairs', { readyAfterMs: 150 });
    expect(states.slice(-2)).toEqual(['AWAITING', 'COMPLETED']);
    const { report } = (await readCheck(running, who, id)).data.crossCheck.households.nodes[0]!;
    expect(report).toMatchObject({ version: expect.any(Number), final: true });
    expect(report!.findings.flatMap((finding) => finding.missing)).toEqual([]);
  });
});

/** Keys in the order of RFC 8785, which for our keys (ASCII) is that of their code units. */
function sorted(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(sorted);
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(
    Object.entries(value)
      .sort(([a], [b]) => (a < b ? -1 : 1))
      .map(([key, part]) => [key, sorted(part)]),
  );
}
