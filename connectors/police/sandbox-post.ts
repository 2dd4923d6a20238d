import { createHash } from 'node:crypto';
import { mkdir, readdir, readFile, rename, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { z } from 'zod';
import { encodeText } from '../../src/exchange/parcel/charset';
import { readTable, writeTable, type Row } from '../../src/exchange/parcel/table';
import { fileFault, type Mode } from '../../src/exchange/sandbox/mode';
import { COLUMNS } from './sandbox-answer';

const Request = z.object({
  id: z.string().regex(/^[\w-]{1,80}$/),
  kind: z.literal('REQUEST'),
  purpose: z.string().min(1),
  items: z.array(z.enum(Object.keys(COLUMNS) as [string])).min(1),
  files: z.tuple([z.object({ name: z.string().regex(/^[\w.-]+$/), sha256: z.string(), rows: z.int() })]),
});

/** A request as handed in; docs/sandbox.md describes it. */
export interface Request extends z.infer<typeof Request> {
  readonly rows: readonly Row[];
}

export const inFolders = (root: string) => ({
  requests: join(root, 'requests'),
  taken: join(root, 'taken'),
  answers: join(root, 'answers'),
});

/** Names of the complete parcels of a folder. */
export const completeIn = async (folder: string): Promise<string[]> =>
  (await readdir(folder)).filter((name) => name.endsWith('.json')).map((name) => name.slice(0, -5));

/** A request that is what its manifest says; null otherwise. */
export async function readRequest(folder: string, id: string): Promise<Request | null> {
  try {
    const request = Request.parse(JSON.parse(await readFile(join(folder, `${id}.json`), 'utf8')));
    const [{ name, sha256, rows: promised }] = request.files;
    const body = await readFile(join(folder, name));
    const rows = readTable(body.toString('utf8'));
    const whole = createHash('sha256').update(body).digest('hex') === sha256 && rows.length === promised;
    return whole && request.id === id ? { ...request, rows } : null;
  } catch {
    return null;
  }
}

export interface Reply {
  readonly id: string;
  readonly asOf: string;
  readonly columns: readonly string[];
  readonly rows: readonly (readonly string[])[];
  readonly createdAt: string;
}

/** Leaves an answer, table first; as the mode spoils it. True when the parcel is complete. */
export async function leaveAnswer(folder: string, reply: Reply, mode: Mode): Promise<boolean> {
  const fault = fileFault(mode);
  const { id, asOf, createdAt } = reply;
  const text = writeTable(reply.columns, reply.rows);
  /* The register is kept in GB 18030 and says so, except in the mode that does not; a desk with Windows writes marks. */
  const marked = mode === 'bom' ? '\ufeff' : '';
  const body = encodeText(marked + text, mode === 'bom' ? 'UTF-8' : 'GB18030');
  const file = { name: `${id}.csv`, sha256: sha256(body), bytes: body.length, rows: reply.rows.length };
  const manifest = {
    ...{ format: 'anju-parcel/1', id, kind: 'ANSWER', inReplyTo: id, createdAt, asOf },
    coverage: { regions: ['15', '45'], from: '2000-01-01', to: asOf },
    charset: mode === 'gb18030' || mode === 'bom' ? 'UTF-8' : 'GB18030',
    files: [fault === 'bad-hash' ? { ...file, sha256: sha256(Buffer.from(id)) } : file],
  };
  const left = fault === 'cut-file' ? body.subarray(0, Math.floor(body.length / 2)) : body;
  await mkdir(folder, { recursive: true });
  await writeFile(join(folder, `${file.name}.part`), left);
  if (fault === 'half-uploaded') return false;
  await rename(join(folder, `${file.name}.part`), join(folder, file.name));
  if (fault === 'no-manifest') return false;
  await writeFile(join(folder, `${id}.json.part`), marked + JSON.stringify(manifest));
  await rename(join(folder, `${id}.json.part`), join(folder, `${id}.json`));
  return true;
}

export async function discard(folder: string, id: string): Promise<void> {
  for (const name of [`${id}.json`, `${id}.csv`]) await rm(join(folder, name), { force: true });
}

const sha256 = (body: Buffer): string => createHash('sha256').update(body).digest('hex');
