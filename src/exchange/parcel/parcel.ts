import { createHash } from 'node:crypto';
import { jsonOf } from '../http';
import { readWire, sourceFault } from '../trouble';
import type { Mailbox } from './box';
import { encodeText, strictDecoder } from './charset';
import { contentOf, Manifest, manifestOf, type Content, type Cover } from './manifest';
import { readTable, writeTable, type Row } from './table';

const LONGEST_MANIFEST = 1024 * 1024;
const LONGEST_TABLE = 64 * 1024 * 1024;

/** A parcel of one table. */
export interface Parcel {
  readonly manifest: Manifest;
  readonly rows: readonly Row[];
}

/** Leaves a parcel in a folder of the mailbox: the table first, the manifest, which makes it complete, last. */
export async function sendParcel(
  mailbox: Mailbox,
  folder: string,
  cover: Cover,
  table: { readonly columns: readonly string[]; readonly rows: readonly (readonly string[])[] },
  signal: AbortSignal,
): Promise<void> {
  const body = encodeText(writeTable(table.columns, table.rows), cover.charset);
  const content = contentOf(`${cover.id}.csv`, body, table.rows.length);
  await mailbox.put(`${folder}/${content.name}`, body, signal);
  const manifest = Buffer.from(JSON.stringify(manifestOf(cover, [content])));
  await mailbox.put(`${folder}/${cover.id}.json`, manifest, signal);
}

/**
 * A parcel as its manifest promises it; undefined while it is not complete. One that is not what its manifest says
 * (length, SHA-256, rows, charset, shape) is a source fault: nothing of it is believed.
 */
export async function fetchParcel(
  mailbox: Mailbox,
  folder: string,
  id: string,
  signal: AbortSignal,
): Promise<Parcel | undefined> {
  const cover = await mailbox.get(`${folder}/${id}.json`, LONGEST_MANIFEST, signal);
  if (!cover) return undefined;
  const manifest = readWire(Manifest, jsonOf(readAs(() => strictDecoder('UTF-8').decode(cover))));
  const [content, ...others] = manifest.files;
  if (manifest.id !== id || !content || others.length > 0) throw sourceFault();
  const body = await mailbox.get(`${folder}/${content.name}`, LONGEST_TABLE, signal);
  if (!body) throw sourceFault();
  return { manifest, rows: rowsOf(body, content, manifest) };
}

function rowsOf(body: Buffer, { bytes, sha256, rows: promised }: Content, { charset }: Manifest): Row[] {
  if (body.length !== bytes || createHash('sha256').update(body).digest('hex') !== sha256) throw sourceFault();
  const rows = readAs(() => readTable(strictDecoder(charset).decode(body)));
  if (rows.length !== promised) throw sourceFault();
  return rows;
}

/** Neither a decoder's nor a parser's error is kept: they may quote. */
function readAs<Read>(read: () => Read): Read {
  try {
    return read();
  } catch {
    throw sourceFault();
  }
}

/** Takes both files of a parcel away. */
export async function discardParcel(mailbox: Mailbox, folder: string, id: string, signal: AbortSignal): Promise<void> {
  for (const name of [`${id}.json`, `${id}.csv`]) await mailbox.remove(`${folder}/${name}`, signal);
}

/** Takes away whatever was left in a folder before an instant, finished or not. */
export async function discardOlder(mailbox: Mailbox, folder: string, before: Date, signal: AbortSignal): Promise<void> {
  for (const { name, modifiedAt } of await mailbox.list(folder, signal)) {
    if (modifiedAt < before) await mailbox.remove(`${folder}/${name}`, signal);
  }
}
