import { generateKeyPairSync, randomUUID } from 'node:crypto';
import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Session } from '../../../src/access/session';
import { openHeadsFile, type HeadsFile } from '../../../src/audit/heads-file';
import { loggedRead } from '../../../src/audit/reads';
import { sequence, type TreeHead } from '../../../src/audit/sequencer';
import { makeSigner, type Signer } from '../../../src/audit/signer';
import { writeLog } from '../../../src/audit/writes';
import { inScope } from '../../../src/store/database';
import { reportOn } from '../../../src/verify/report';
import { testDatabase, type TestDatabase } from '../../support/database';

/** A log with its sequencer and its file outside, on a database of its own. */
export interface Log {
  readonly base: TestDatabase;
  readonly folder: string;
  readonly file: HeadsFile;
  /** Another key signs from now on. */
  changeKey(): void;
  /** Looks at so many people, one statement each, as the product does; returns them. */
  look(people: number, session?: Partial<Session>): Promise<string[]>;
  act(verb: string): Promise<void>;
  sequence(): Promise<TreeHead | null>;
  /** What the separate program says and its exit code. */
  verify(): Promise<{ code: number; said: string }>;
  /** Begins anew, as in a new database. */
  clear(): Promise<void>;
  /** Remembers database and files; what it returns brings them back. */
  remember(): Promise<() => Promise<void>>;
  close(): Promise<void>;
}

const TABLES = ['read_entry', 'write_entry', 'log_leaf', 'log_node', 'log_head', 'log_state'];

export const PEOPLE = { name: 'test-people', takes: 1, text: 'select unnest($1::uuid[]) as person_id' };

/** Texts that a careless encoding would get wrong. */
export const NASTY = ['"a", "b"', '姓名\n\t\\', "o'brien \u2028 \u007f", '汉字𠮷·', '\u0001', '{}[],'];

export const officer: Session = {
  viewer: { subject: 'officer-7', role: 'COUNTY_HOUSING', office: '150402', regions: ['150402'] },
  purpose: null,
  requestId: 'request-1',
};

/** @param place where the file outside is to lie */
export async function openLog(place = tmpdir()): Promise<Log> {
  const base = await testDatabase();
  const folder = join(mkdtempSync(join(place, 'anju-log-')), 'audit');
  const file = openHeadsFile(folder);
  let signer: Signer = freshSigner();
  return {
    ...{ base, folder, file },
    changeKey: () => void (signer = freshSigner()),
    async look(people, session = {}) {
      const ids = Array.from({ length: people }, () => randomUUID() as string);
      const whose = { ...officer, ...session };
      const read = (id: string) =>
        loggedRead(PEOPLE, [[id]], { source: 'housing', fields: ['idNumber', 'name'] }, whose);
      await inScope(base.db.app, ['150402'], async (client) => {
        for (const id of ids) await client.query(read(id));
      });
      return ids;
    },
    async act(verb) {
      const act = { verb, entity: 'Letter', entityId: randomUUID(), regionCode: '150402', fields: NASTY };
      await inScope(base.db.app, ['150402'], (client) => client.query(writeLog([act], officer)));
    },
    sequence: () => sequence({ pool: base.db.app, signer, file }),
    async verify() {
      const said: string[] = [];
      const code = await reportOn({ databaseUrl: base.ownerUrl, folder }, (line) => said.push(line));
      return { code, said: said.join('\n') };
    },
    async clear() {
      await base.owner.query(`truncate ${TABLES.join()}; insert into log_state default values`);
      readdirSync(folder).forEach((name) => rmSync(join(folder, name)));
    },
    async remember() {
      const files = readdirSync(folder).map((name) => [join(folder, name), readFileSync(join(folder, name))] as const);
      const kept = TABLES.map(
        (table) => `drop table if exists kept_${table}; create table kept_${table} as table ${table}`,
      );
      await base.owner.query(kept.join(';'));
      return async () => {
        const back = TABLES.map((table) => `truncate ${table}; insert into ${table} table kept_${table}`);
        await base.owner.query(back.join(';'));
        readdirSync(folder).forEach((name) => rmSync(join(folder, name)));
        files.forEach(([name, content]) => writeFileSync(name, content));
      };
    },
    async close() {
      await base.close();
      rmSync(join(folder, '..'), { recursive: true });
    },
  };
}

const freshSigner = (): Signer =>
  makeSigner(
    generateKeyPairSync('ec', { namedCurve: 'P-256' }).privateKey.export({ type: 'pkcs8', format: 'pem' }).toString(),
  );
