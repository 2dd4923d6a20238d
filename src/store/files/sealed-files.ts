import { createHash } from 'node:crypto';
import { fileCipher, sealedFileKey } from '../../access/file-cipher';
import { SealBroken, type Seal } from '../../access/seal';
import { HubError } from '../../errors';
import type { Logger } from '../../log';
import { StoreSilent, type FileStore } from './file-store';

interface Files {
  readonly files: FileStore;
  readonly seal: Seal;
  readonly log: Logger;
}

/** What has been kept under an id: its own key, sealed, and what its bytes were. */
export interface KeptFile {
  readonly id: string;
  readonly sealedKey: Buffer;
  readonly sha256: string;
  readonly bytes: number;
}

/** Seals a file into the store as it comes in. Fails as the body does, and then nothing is left of it. Error: FILES_SILENT. */
export async function keepFile(
  { files, seal, log }: Files,
  id: string,
  body: AsyncIterable<Buffer>,
): Promise<KeptFile> {
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
  await files.put(id, fileCipher(sealedKey, id, seal).seal(measured())).catch((err: unknown) => {
    if (!(err instanceof StoreSilent)) throw err;
    log.error({ err, document: id }, 'a file is not taken: the store does not answer');
    throw new HubError('FILES_SILENT');
  });
  return { id, sealedKey, sha256: digest.digest('hex'), bytes };
}

/** All of a file, once it is known to be what was handed in. Errors: FILE_BROKEN, FILES_SILENT. */
export async function wholeFile({ files, seal, log }: Files, kept: KeptFile): Promise<Buffer> {
  const { id, sealedKey, sha256 } = kept;
  try {
    const pieces: Buffer[] = [];
    for await (const piece of fileCipher(sealedKey, id, seal).open(files.get(id))) pieces.push(piece);
    const content = Buffer.concat(pieces);
    if (createHash('sha256').update(content).digest('hex') === sha256) return content;
    throw new SealBroken();
  } catch (err) {
    if (err instanceof StoreSilent) {
      log.error({ err, document: id }, 'a file is not sent: the store does not answer');
      throw new HubError('FILES_SILENT');
    }
    log.error({ err, document: id }, 'a file in the store is not what was handed in');
    throw new HubError('FILE_BROKEN', 'id');
  }
}

/** Of one that is nobody's. Where the store is silent, `sweep-files` does it. */
export const forgetFile = ({ files, log }: Pick<Files, 'files' | 'log'>, id: string): Promise<void> =>
  files
    .remove(id)
    .catch((err: unknown) => log.warn({ err, document: id }, 'a file without a record is left to the sweep'));
