import { randomUUID } from 'node:crypto';
import { mkdtempSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Client } from 'pg';
import { migrations } from '../../migrations';
import { openHeadsFile, type HeadsFile } from '../../src/audit/heads-file';
import { sequence } from '../../src/audit/sequencer';
import { backUp, fileOf } from '../../src/cli/backup/back-up';
import { restore } from '../../src/cli/backup/restore';
import { reportOn } from '../../src/verify/report';
import { includes, isBeginningOf } from '../audit/support/proofs';
import { emptyDatabase } from '../support/database';
import { checked } from '../support/checks';
import { elsewhereOf, honestFiles, officerOf, purposeOf, type File } from '../support/files';
import { openRunningHub, type RunningHub, type Who } from '../support/running-hub';

let running: RunningHub;
let file: File;
let folder: string;
let heads: HeadsFile;
beforeAll(async () => {
  running = await openRunningHub(40);
  file = (await honestFiles(running))[0]!;
  folder = mkdtempSync(join(tmpdir(), 'anju-audit-'));
  heads = openHeadsFile(join(folder, 'audit'));
});
afterAll(async () => {
  await running.close();
  rmSync(folder, { recursive: true });
});

const sequenceNow = () => sequence({ pool: running.hub.db.app, signer: running.hub.signer, file: heads });
const citizen = (person: string): Who => ({ role: 'APPLICANT_SELF', region: file.region, sub: 'citizen-1', person });
const auditor = (): Who => ({ role: 'AUDITOR', region: file.region, sub: 'auditor-1' });

interface Accesses {
  readonly accessesTo: {
    readonly nodes: readonly Record<string, unknown>[];
    readonly pageInfo: { readonly hasNextPage: boolean; readonly endCursor: string };
  } | null;
}
const ACCESSES = `query ($id: ID!, $first: Int, $after: String) { accessesTo(person: $id, first: $first, after: $after) {
  nodes { id at office role subject source fields reason clause caseId caseKind batch persons } pageInfo { hasNextPage endCursor } } }`;
const accessesTo = (who: Who, id: string, page: object = {}) =>
  running.ask<Accesses>(who, ACCESSES, { variables: { id, ...page } });

describe('a person reads who looked at it', () => {
  it('when, which office, which fields in words, under which case and clause, batch or single', async () => {
    const [person, other] = file.members;
    const purpose = await purposeOf(running, officerOf(file), file);
    const look = `query ($id: ID!) { person(id: $id) { name idNumber vehicle { status value { vehicles { plate } } } } }`;
    await running.ask(officerOf(file), look, { variables: { id: person!.id }, purpose });
    await checked(running, officerOf(file), file.householdId);
    const { data } = await accessesTo(citizen(person!.id), person!.id);
    const { nodes } = data.accessesTo!;
    const { name: office } = running.hub.regions.find(file.region)!;
    const common = { office, role: '县级住房保障部门', subject: null, caseId: file.caseId, caseKind: '申请' };
    const under = { ...common, reason: '准入审核', clause: 'IM-3.C6, IM-3.D6' };
    expect(nodes).toContainEqual(
      expect.objectContaining({
        ...under,
        source: '住房保障档案',
        fields: ['公民身份号码', '姓名'],
        batch: false,
        persons: 1,
      }),
    );
    expect(nodes).toContainEqual(
      expect.objectContaining({ ...under, source: '公安交管车辆管理所', fields: ['名下机动车'], batch: false }),
    );
    expect(nodes).toContainEqual(
      expect.objectContaining({
        ...under,
        source: expect.stringContaining('不动产登记中心') as string,
        batch: true,
        persons: file.members.length,
      }),
    );
    expect(JSON.stringify(nodes)).not.toContain(other!.id);
    const instants = nodes.map(({ at }) => String(at));
    expect(instants).toEqual([...instants].sort().reverse());
  });

  it('and its own looks at the log are in the log', async () => {
    const [person] = file.members;
    await accessesTo(citizen(person!.id), person!.id);
    await accessesTo(auditor(), person!.id);
    const { data } = await accessesTo(auditor(), person!.id, { first: 2 });
    expect(data.accessesTo!.nodes).toMatchObject([
      { role: '审计机关', subject: 'auditor-1', source: '查阅记录', fields: ['查阅记录'] },
      { role: '本人', subject: 'citizen-1', source: '查阅记录', fields: ['查阅记录'], reason: '职责范围内查阅' },
    ]);
  });

  it('page by page, each look once', async () => {
    const [person] = file.members;
    const all: unknown[] = [];
    const whole = (await accessesTo(auditor(), person!.id, { first: 200 })).data.accessesTo!.nodes.map(({ id }) => id);
    for (let after: string | undefined; ; ) {
      const { nodes, pageInfo } = (await accessesTo(auditor(), person!.id, { first: 3, after })).data.accessesTo!;
      all.push(...nodes.map(({ id }) => id));
      if (!pageInfo.hasNextPage) break;
      after = pageInfo.endCursor;
    }
    expect(new Set(all).size).toBe(all.length);
    expect(all.filter((id) => whole.includes(id))).toEqual(whole);
  });

  it('of nobody else, nor without saying who it is; what is not yours looks like what is not there', async () => {
    const [person, other] = file.members;
    const shape = async (who: Who, id: string) => {
      const { status, data, errors } = await accessesTo(who, id);
      return [status, data, errors.map(({ message, extensions }) => [message, extensions.code])];
    };
    const absent = await shape(citizen(person!.id), randomUUID());
    expect(absent).toEqual([200, { accessesTo: null }, [[expect.any(String), 'NOT_FOUND']]]);
    expect(await shape(citizen(person!.id), other!.id)).toEqual(absent);
    expect(await shape({ role: 'APPLICANT_SELF', region: file.region, sub: 'x' }, person!.id)).toEqual(absent);
    expect(await shape({ role: 'AUDITOR', region: elsewhereOf(file), sub: 'x' }, person!.id)).toEqual(absent);
    expect((await shape(officerOf(file), person!.id))[2]).toEqual([[expect.any(String), 'FORBIDDEN']]);
  });

  it('or nothing, where the look at the log cannot be logged', async () => {
    await running.base.owner.query('revoke insert on read_entry from anju_audit_writer');
    const { data, errors } = await accessesTo(citizen(file.members[0]!.id), file.members[0]!.id);
    await running.base.owner.query('grant insert on read_entry to anju_audit_writer');
    expect([data.accessesTo, errors[0]!.extensions.code]).toEqual([null, 'INTERNAL']);
  });
});

describe('an auditor checks the log without us', () => {
  it('by a signed head, a proof that an entry is in it, and a proof that it only grew', async () => {
    const first = (await sequenceNow())!;
    await accessesTo(auditor(), file.members[0]!.id);
    await sequenceNow();
    const { data: shown } = await accessesTo(auditor(), file.members[0]!.id, { first: 50 });
    const entryId = shown.accessesTo!.nodes.at(-1)!['id'];
    const query = `query ($entryId: ID!, $from: Integer!, $to: Integer!) { auditHead { size root canonical signature }
      inclusionProof(entryId: $entryId) { position leafHash path head { size root } } consistencyProof(from: $from, to: $to) { fromRoot toRoot path } }`;
    const head = JSON.parse(heads.last()!.canonical) as { size: number; root: string };
    const { data } = await running.ask<Proofs>(auditor(), query, {
      variables: { entryId, from: first.size, to: head.size },
    });
    const { auditHead, inclusionProof: inclusion, consistencyProof: consistency } = data;
    expect(auditHead).toMatchObject({ size: head.size, root: head.root, canonical: heads.last()!.canonical });
    expect(running.hub.signer.verify(auditHead.canonical, auditHead.signature)).toBe(true);
    expect(includes(inclusion.leafHash, inclusion.position, head.size, inclusion.path, head.root)).toBe(true);
    expect(isBeginningOf(first.size, head.size, consistency.path, [first.root, head.root])).toBe(true);
    expect([consistency.fromRoot, consistency.toRoot]).toEqual([first.root, head.root]);
  });

  it('and nobody else may; an entry that no head holds is not found', async () => {
    const query = (field: string) => running.ask(auditor(), `{ ${field} { __typename } }`);
    const code = async (field: string) => (await query(field)).errors[0]?.extensions.code;
    for (const id of ['999999999', '0', 'x', '9'.repeat(30)])
      expect([id, await code(`inclusionProof(entryId: "${id}")`)]).toEqual([id, 'NOT_FOUND']);
    expect(await code('consistencyProof(from: 0, to: 1)')).toBe('INVALID_INPUT');
    expect(await code('consistencyProof(from: 1, to: 999999999)')).toBe('INVALID_INPUT');
    const { errors } = await running.ask(officerOf(file), '{ auditHead { size } }');
    expect(errors[0]!.extensions.code).toBe('FORBIDDEN');
  });

  it('and the write log names who for everything that the hub changed', async () => {
    const { rows } = await running.base.owner.query(
      `select distinct subject, entity from write_entry where subject in ('db:anju_app', 'db:anju_engine') order by 1, 2`,
    );
    expect(rows).toEqual([
      { subject: 'db:anju_app', entity: 'RuleSet' }, // the hub itself, when it starts
      { subject: 'db:anju_engine', entity: 'Evaluation' }, // named by their cross-check
      { subject: 'db:anju_engine', entity: 'SealingKey' }, // the first keys, when it starts on an empty table
    ]);
  });
});

interface Proofs {
  readonly auditHead: { size: number; root: string; canonical: string; signature: string };
  readonly inclusionProof: { position: number; leafHash: string; path: string[] };
  readonly consistencyProof: { fromRoot: string; toRoot: string; path: string[] };
}

describe('backup and restore', () => {
  const key = Buffer.alloc(32, 7);
  const names = migrations.map(({ name }) => name);
  const quiet = () => undefined;
  const plan = (ownerUrl: string, from: string) => ({
    ...{ ownerUrl, folder: from, key, roleKey: running.base.roleKey, migrations: names, heaps: [], say: quiet },
  });

  it('bring back, from under a running hub, one instant of every table, with the same tree head', async () => {
    const into = await emptyDatabase();
    try {
      await sequenceNow();
      let going = true;
      const load = (async () => {
        for (let n = 0; going; n += 1) {
          await running.ask(officerOf(file), 'query ($id: ID!) { household(id: $id) { members { declaredName } } }', {
            variables: { id: file.householdId },
          });
          if (n % 3 === 0) await sequenceNow();
        }
      })();
      const manifest = await backUp({
        ownerUrl: running.base.ownerUrl,
        folder: join(folder, 'one'),
        key,
        heaps: [],
        say: quiet,
      });
      going = false;
      await load;
      expect(await restore(plan(into.ownerUrl, join(folder, 'one')))).toEqual(manifest);
      const counts: [string, number][] = [];
      for (const { name } of manifest.tables) {
        const { rows } = await into.owner.query<{ n: number }>(`select count(*)::int as n from ${name}`);
        counts.push([name, rows[0]!.n]);
      }
      expect(counts).toEqual(manifest.tables.map(({ name, rows }) => [name, rows]));
      expect(await contentOf(into.owner, 'person')).toBe(await contentOf(running.base.owner, 'person'));
      expect(await contentOf(into.owner, 'report')).toBe(await contentOf(running.base.owner, 'report'));
      const { rows: forced } = await into.owner.query(UNFORCED);
      expect(forced).toEqual((await running.base.owner.query(UNFORCED)).rows);
      /* The entries of the backup are the beginning of what was signed: the verifier misses what came after, and nothing else. */
      const { head } = manifest;
      const said: string[] = [];
      const evidence = { databaseUrl: into.ownerUrl, folder: join(folder, 'audit') };
      await sequenceNow();
      expect(await reportOn(evidence, (line) => said.push(line))).toBe(1);
      expect(said[0]).toMatch(
        new RegExp(`^BAD at place ${head.size}: entries from place ${head.size} to .* older backup`),
      );
    } finally {
      await into.close();
    }
  });

  it('of a hub at rest pass the audit, and the log goes on in the restored one', async () => {
    const into = await emptyDatabase();
    try {
      await sequenceNow();
      await backUp({ ownerUrl: running.base.ownerUrl, folder: join(folder, 'two'), key, heaps: [], say: quiet });
      const { head } = await restore(plan(into.ownerUrl, join(folder, 'two')));
      expect(head).toMatchObject(
        JSON.parse(heads.last()!.canonical, (name, value) =>
          ['at', 'previous', 'schema'].includes(name) ? undefined : value,
        ),
      );
      const evidence = { databaseUrl: into.ownerUrl, folder: join(folder, 'audit') };
      expect(await reportOn(evidence, quiet)).toBe(0);
      const owner = await into.owner
        .query(`insert into parameter (id, code, value, unit, document_number, mark, valid_from)
        values (gen_random_uuid(), 'x', 1, 'x', 'x', 'SEED', '2026-01-01') returning id`);
      expect(owner.rowCount).toBe(1);
      const { rows } = await into.owner.query(`select seq from sequence_log(100)`);
      expect(rows.map(({ seq }) => Number(seq))).toEqual([head.size]);
    } finally {
      await into.close();
    }
  });

  it('give no backup away and take none that is not whole, ours, of this version, or for an empty database', async () => {
    const from = join(folder, 'two');
    const table = { name: 'person' };
    const names_ = readdirSync(from);
    expect(names_.map((name) => statSync(join(from, name)).mode & 0o077).every((open) => open === 0)).toBe(true);
    const clear = file.members.map(({ name }) => Buffer.from(name));
    for (const name of names_) expect(clear.some((text) => readFileSync(join(from, name)).includes(text))).toBe(false);
    await expect(backUp({ ownerUrl: running.base.ownerUrl, folder: from, key, heaps: [], say: quiet })).rejects.toThrow(
      /not empty/,
    );
    await expect(restore(plan(running.base.ownerUrl, from))).rejects.toThrow(/not empty/); // before it was broken
    await expect(restore({ ...plan('', from), key: Buffer.alloc(32, 8) })).rejects.toThrow(/HUB_BACKUP_KEY/);
    await expect(restore({ ...plan('', from), migrations: [...names, '20300101-01-later'] })).rejects.toThrow(
      /without 20300101/,
    );
    await expect(restore(plan('', join(folder, 'audit')))).rejects.toThrow(/no finished backup/);
    const whole = readFileSync(fileOf(from, table));
    const bent = Buffer.from(whole);
    bent[bent.length - 40]! ^= 1;
    const others = readFileSync(fileOf(from, { name: 'letter' }));
    for (const broken of [bent, whole.subarray(0, -1), whole.subarray(0, 32), others]) {
      writeFileSync(fileOf(from, table), broken);
      await expect(restore(plan('', from))).rejects.toThrow(/rows of person/);
    }
    rmSync(fileOf(from, table));
    await expect(restore(plan('', from))).rejects.toThrow(/rows of person are missing/);
  });
});

const UNFORCED = `select relname, relforcerowsecurity from pg_class where relnamespace = 'public'::regnamespace and relkind in ('r', 'p') and not relispartition order by 1`;

const contentOf = async (owner: Client, table: string): Promise<string> =>
  (await owner.query<{ text: string }>(`select string_agg(t::text, '\n' order by t::text) as text from ${table} t`))
    .rows[0]!.text;
