import { IV_BYTES, TAG_BYTES } from './crypto/suite';
import { rowKeyIn, sealedRowKey } from './row-key';
import { SealBroken, type Seal, type SealPlace } from './seal';

/** Seals a file in pieces under a key of its own, so that it goes through in a stream, whatever its length. */
export interface FileCipher {
  seal(plain: AsyncIterable<Buffer>): AsyncGenerator<Buffer>;
  /** Throws SealBroken where a piece was changed, moved, left out, or cut off. */
  open(sealed: AsyncIterable<Buffer>): AsyncGenerator<Buffer>;
}

const PIECE_BYTES = 65_536;

/** Place of a file's own key. */
export const fileKey = (document: string): SealPlace => ({
  table: 'application_document',
  row: document,
  column: 'sealed_key',
});

export const sealedFileKey = (document: string, seal: Seal): Buffer => sealedRowKey(fileKey(document), seal);

/** @param sealedKey of the document, as its row keeps it. Throws SealBroken. */
export function fileCipher(sealedKey: Buffer, document: string, seal: Seal): FileCipher {
  const { suite, material } = rowKeyIn(sealedKey, fileKey(document), seal);
  const key = material.subarray(0, suite.keyBytes);
  const bound = (index: number, last: boolean) =>
    Buffer.from(`application_document\n${document}\nfile\n${index}${last ? '\nend' : ''}`);
  return {
    async *seal(plain) {
      for await (const { piece, index, last } of piecesOf(plain, PIECE_BYTES))
        yield suite.encrypt(key, ivOf(index), piece, bound(index, last));
    },
    async *open(sealed) {
      for await (const { piece, index, last } of piecesOf(sealed, PIECE_BYTES + TAG_BYTES)) {
        if (piece.length < TAG_BYTES) throw new SealBroken();
        yield opened(() => suite.decrypt(key, ivOf(index), piece, bound(index, last)));
      }
    },
  };
}

function opened(open: () => Buffer): Buffer {
  try {
    return open();
  } catch {
    throw new SealBroken();
  }
}

/** The key seals one file once, so that the number of the piece is a fresh IV. */
function ivOf(index: number): Buffer {
  const iv = Buffer.alloc(IV_BYTES);
  iv.writeUInt32BE(index, IV_BYTES - 4);
  return iv;
}

interface Piece {
  readonly piece: Buffer;
  readonly index: number;
  readonly last: boolean;
}

/** All of one size but the last, which may be empty. */
async function* piecesOf(source: AsyncIterable<Buffer>, size: number): AsyncGenerator<Piece> {
  let [held, length, index]: [Buffer[], number, number] = [[], 0, 0];
  for await (const part of source) {
    held.push(part);
    length += part.length;
    if (length <= size) continue;
    let all = Buffer.concat(held);
    for (; all.length > size; all = all.subarray(size)) {
      yield { piece: all.subarray(0, size), index, last: false };
      index += 1;
    }
    [held, length] = [[all], all.length];
  }
  yield { piece: Buffer.concat(held), index, last: true };
}
