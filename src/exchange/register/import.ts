import { randomUUID } from 'node:crypto';
import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import type { Client } from 'pg';
import { from as copyFrom } from 'pg-copy-streams';
import type { Seal } from '../../access/seal';
import type { Session } from '../../access/session';
import { writeLog } from '../../audit/writes';
import type { Connector } from '../connector';
import { headingsOf, openEntry, sealEntry } from './form';
import { openRegisterParcel, ParcelRefused, recordsOf, type RegisterParcel } from './parcel-files';
import { RejectFile } from './rejects';
import { isFlaw, masked, RowReader } from './row';
import { COPY, DUPLICATES, EXPIRED, INCOMING, KNOWN, LAND, PARCEL } from './statements';

export interface RegisterImport {
  /** Owner of the hub's database, on a connection of its own. */
  readonly owner: Client;
  readonly connector: Connector;
  readonly seal: Seal;
  readonly session: Pick<Session, 'viewer' | 'requestId'>;
  readonly now: Date;
  /** A parcel's manifest or table, or the folder that holds it. */
  readonly path: string;
  /** Where the rows that do not land are returned. */
  readonly rejects: string;
  readonly onProgress?: (rows: number) => void;
}

export interface Imported {
  /** ALREADY: this very parcel was imported before; nothing was changed. */
  readonly state: 'IMPORTED' | 'ALREADY';
  readonly parcel: string;
  readonly rows: number;
  readonly landed: number;
  readonly rejected: number;
}

/**
 * Imports an extract of an agency's register: one transaction for the parcel, so that a run that is killed leaves all of it
 * or nothing, and streamed, so that its length does not matter. Idempotent by the parcel's id and the hash of its manifest;
 * throws ParcelRefused for the same id with another hash, and for whatever is not what its manifest says.
 */
export async function importRegister(plan: RegisterImport): Promise<Imported> {
  const parcel = await openRegisterParcel(plan.path);
  const { owner, connector } = plan;
  await owner.query('begin');
  try {
    await owner.query('select pg_advisory_xact_lock(hashtext($1))', [`register ${connector.name}`]);
    const known = await knownParcel(plan, parcel);
    const imported = known ?? (await land(plan, parcel));
    await owner.query('commit');
    return imported;
  } catch (error) {
    await owner.query('rollback').catch(() => undefined);
    throw error;
  }
}

async function knownParcel({ owner, connector }: RegisterImport, parcel: RegisterParcel): Promise<Imported | null> {
  const { id } = parcel.manifest;
  const { rows } = await owner.query<{ sha256: string } & Omit<Imported, 'state' | 'parcel'>>(KNOWN, [
    connector.name,
    id,
  ]);
  if (!rows[0]) return null;
  const { sha256, ...counts } = rows[0];
  if (sha256 !== parcel.sha256)
    throw new ParcelRefused(`${id} was imported with another manifest: a new parcel needs a new id`);
  return { state: 'ALREADY', parcel: id, ...counts };
}

async function land(plan: RegisterImport, parcel: RegisterParcel): Promise<Imported> {
  const { owner, connector, session, now } = plan;
  const { id, asOf, coverage, files } = parcel.manifest;
  const rejects = new RejectFile(plan.rejects);
  try {
    await owner.query(INCOMING);
    const rows = await stage(plan, parcel, rejects);
    if (rows !== files[0]!.rows)
      throw new ParcelRefused(`it has ${rows} rows, and its manifest promises ${files[0]!.rows}`);
    await returnDuplicates(plan, rejects);
    const { rows: counted } = await owner.query<{ landed: number }>('select count(*)::int as landed from incoming');
    const { landed } = counted[0]!;
    const { name } = connector;
    const facts = [name, id, parcel.sha256, asOf, coverage, rows, landed, rejects.rows, now, session.viewer.subject];
    await owner.query(PARCEL, facts);
    await owner.query(LAND, [name, id, asOf, plan.seal.keyId]);
    await owner.query(EXPIRED, [name, new Date(now.getTime() - connector.maxAge)]);
    const act = { verb: 'importRegister', entity: 'RegisterParcel', entityId: `${name}/${id}`, regionCode: null };
    await owner.query(writeLog([{ ...act, fields: ['entries'] }], session));
    await rejects.finish(); // before the commit: a run killed here is run again and writes the same file
    return { state: 'IMPORTED', parcel: id, rows, landed, rejected: rejects.rows };
  } catch (error) {
    await rejects.discard();
    throw error;
  }
}

/** Seals each sound row on its way into the transaction's own table; returns how many rows there were. */
async function stage(plan: RegisterImport, parcel: RegisterParcel, rejects: RejectFile): Promise<number> {
  const counted = { rows: 0 };
  const lines = Readable.from(sealedLines(plan, parcel, rejects, counted), { objectMode: false });
  await pipeline(lines, plan.owner.query(copyFrom(COPY)));
  return counted.rows;
}

const PROGRESS_EVERY = 10_000;
const LINES_AT_ONCE = 500;

async function* sealedLines(
  { connector, seal, onProgress }: RegisterImport,
  parcel: RegisterParcel,
  rejects: RejectFile,
  counted: { rows: number },
): AsyncGenerator<string> {
  const form = connector.register!;
  let reader: RowReader | undefined;
  let lines = '';
  for await (const cells of recordsOf(parcel)) {
    if (!reader) {
      reader = new RowReader(form, connector.record, checkedHeadings(cells, headingsOf(form)), parcel.manifest.asOf);
      continue;
    }
    const row = ++counted.rows + 1;
    const read = reader.read(cells, row);
    if (isFlaw(read)) await rejects.add(read);
    else {
      const id = randomUUID();
      const index = seal.index(read.idNumber).toString('hex');
      lines += `${row}\t${id}\t\\\\x${index}\t\\\\x${sealEntry(read, id, seal).toString('hex')}\n`;
    }
    if (counted.rows % PROGRESS_EVERY === 0) onProgress?.(counted.rows);
    if (counted.rows % LINES_AT_ONCE === 0 && lines !== '') {
      yield lines;
      lines = '';
    }
  }
  if (!reader) throw new ParcelRefused('its table is empty');
  if (lines !== '') yield lines;
}

function checkedHeadings(given: readonly string[], wanted: readonly string[]): string[] {
  const headings = given.map((heading) => heading.trim());
  const lacking = wanted.filter((heading) => !headings.includes(heading));
  if (lacking.length > 0)
    throw new ParcelRefused(`its table lacks the columns ${lacking.join(', ')} (or the charset is another)`);
  return headings;
}

/** A number that stands in two rows lands in none: which of them is right, only the agency knows. */
async function returnDuplicates({ owner, seal, connector }: RegisterImport, rejects: RejectFile): Promise<void> {
  const { rows } = await owner.query<{ row: number; id: string; sealed: Buffer }>(DUPLICATES);
  for (const { row, id, sealed } of rows) {
    const { idNumber } = openEntry(sealed, id, seal);
    await rejects.add({ row, code: 'DUPLICATE', column: connector.register!.idNumber, masked: masked(idNumber) });
  }
}
