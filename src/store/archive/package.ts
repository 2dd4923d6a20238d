import type { Session } from '../../access/session';
import type { PersonalSelect } from '../../audit/reads';
import type { Signer } from '../../audit/signer';
import { HubError } from '../../errors';
import type { Logger } from '../../log';
import type { Seal } from '../../access/seal';
import type { Database } from '../database';
import type { FileStore } from '../files/file-store';
import { extensionOf } from '../files/inspect';
import { wholeFile } from '../files/sealed-files';
import { readPersonal } from '../reads';
import { bodyTextOf, hashOf } from './body';

/** What it takes to pack a file: no more of a hub. */
export interface Packer {
  readonly db: Pick<Database, 'app'>;
  readonly seal: Seal;
  readonly files: FileStore;
  readonly log: Logger;
  readonly signer: Signer;
  readonly now: () => Date;
}

export interface PackedFile {
  readonly id: string;
  readonly kind: string;
  /** Household or dwelling. */
  readonly subjectId: string;
  readonly regionCode: string;
}

/** One thing in a package, by its name there. */
export interface Item {
  readonly name: string;
  readonly content: Buffer;
}

interface Row {
  readonly id: string;
  readonly seq: number;
  readonly head: string;
  readonly hash: string;
  readonly bodyHash: string;
  readonly sealed: Buffer | null;
  readonly sealedKey: Buffer | null;
  readonly text: string | null;
  readonly erasedOn: string | null;
  readonly documentId: string | null;
  readonly documentKey: Buffer | null;
  readonly contentType: string | null;
  readonly sha256: string | null;
  readonly bytes: number | null;
}

const ENTRIES: PersonalSelect = {
  name: 'archive-package',
  takes: 1,
  text: `select archive_person(e.household_id) as person_id, e.id, e.seq, archive_head(e) as head, e.hash, e.body_hash as "bodyHash", b.sealed, b.sealed_key as "sealedKey",
           case when b.salt is not null then archive_text(e.subject_kind, e.subject_id, b.salt) end as text, x.erased_on as "erasedOn",
           d.id as "documentId", d.sealed_key as "documentKey", d.content_type as "contentType", d.sha256, d.bytes
         from archive_entry e left join archive_body b on b.entry_id = e.id left join archive_erasure x on x.entry_id = e.id
         left join application_document d on e.subject_kind = 'APPLICATION_DOCUMENT' and d.id = e.subject_id and length(d.sealed_key) > 0
         where e.file_id = $1 order by e.seq`,
};

export const MANIFEST = 'manifest.json';
export const SIGNATURE = 'manifest.jws';

/**
 * 档案封装: everything a file holds, item by item, then the manifest that names them and its detached signature. The look is in
 * the read log before the first item is there. Error: FILE_BROKEN where something is not what was kept.
 */
export async function* packed(packer: Packer, session: Session, file: PackedFile): AsyncGenerator<Item> {
  const look = { source: 'housing', fields: ['archivePackage'] };
  const rows = await readPersonal<Row>(packer.db.app, ENTRIES, [file.id], look, session);
  const items: object[] = [];
  const entries: object[] = [];
  const told = new Set<string>();
  for (const row of rows) {
    const body = bodyOf(row, packer.seal);
    const name = body === null ? null : `items/${String(row.seq).padStart(6, '0')}.json`;
    const own = name === null ? [] : [{ name, content: Buffer.from(body!) }];
    for (const item of [...own, ...(await documentOf(row, told, packer))]) {
      items.push({ name: item.name, bytes: item.content.length, sha256: hashOf(item.content) });
      yield item;
    }
    entries.push({ head: row.head, hash: row.hash, item: name, erasedOn: row.erasedOn });
  }
  const manifest = {
    ...{ format: 'anju/archive/1', file, packedAt: packer.now().toISOString(), packedBy: session.viewer.subject },
    ...{ chain: { size: rows.length, head: rows.at(-1)?.hash ?? null }, entries, items },
  };
  const { canonical, signature } = packer.signer.sign(manifest);
  yield { name: MANIFEST, content: Buffer.from(canonical) };
  yield { name: SIGNATURE, content: Buffer.from(signature) };
}

/** Null where it was erased. */
function bodyOf(row: Row, seal: Seal): string | null {
  const { id, seq, bodyHash, sealed, sealedKey, text, erasedOn } = row;
  if (sealed && sealedKey) return bodyTextOf({ sealed, sealedKey, bodyHash }, id, seal);
  if (text !== null && hashOf(text) === bodyHash) return text;
  if (text === null && erasedOn !== null) return null;
  throw new HubError('FILE_BROKEN', 'entries', `第 ${seq} 条`);
}

/** The bytes of a document, once, whichever entries speak of it. */
async function documentOf(row: Row, told: Set<string>, { files, seal, log }: Packer): Promise<Item[]> {
  const { documentId: id, documentKey, contentType, sha256, bytes } = row;
  if (id === null || told.has(id)) return [];
  told.add(id);
  const kept = { id, sealedKey: documentKey!, sha256: sha256!, bytes: bytes! };
  return [{ name: `files/${id}.${extensionOf(contentType!)}`, content: await wholeFile({ files, seal, log }, kept) }];
}
