import { createHash } from 'node:crypto';
import { fileCipher, sealedFileKey } from '../../access/file-cipher';
import { SealBroken, type Seal } from '../../access/seal';
import { HubError } from '../../errors';
import type { Logger } from '../../log';
import type { FileStore } from './file-store';

interface Files {
  readonly files: FileStore;
  readonly seal: Seal;
}

/** What has been kept under an id: its own key, sealed, and what its bytes were. */
export interface KeptFile {
  readonly id: string;
  readonly sealedKey: Buffer;
  readonly sha256: string;
  readonly bytes: number;
}

/** Seals a file into the store as it comes in. Fails as the body does, and then nothing is left of it. */
export async function keepFile({ files, seal }: Files, id: string, body: AsyncIterable<Buffer>): Promise<KeptFile> {
  const sealedKey = sealedFileKey(id, seal);
  const digest = createHash('sha256');
  let bytes = 0;
  async function* measured(): AsyncGenerator<Buffer> {
    for await (const part of body) {
      digest.update(part);
      bytes += part.length;
      yield part;
    }
  }
  await files.put(id, fileCipher(sealedKey, id, seal).seal(measured()));
  return { id, sealedKey, sha256: digest.digest('hex'), bytes };
}

/** All of a file, once it is known to be what was handed in. Error: FILE_BROKEN. */
export async function wholeFile(
  { files, seal, log }: Files & { readonly log: Logger },
  kept: KeptFile,
): Promise<Buffer> {
  const { id, sealedKey, sha256 } = kept;
  try {
    const pieces: Buffer[] = [];
    for await (const piece of fileCipher(sealedKey, id, seal).open(files.get(id))) pieces.push(piece);
    const content = Buffer.concat(pieces);
    if (createHash('sha256').update(content).digest('hex') === sha256) return content;
    throw new SealBroken();
  } catch (err) {
    log.error({ err, document: id }, 'a file in the store is not what was handed in');
    throw new HubError('FILE_BROKEN', 'id');
  }
}
