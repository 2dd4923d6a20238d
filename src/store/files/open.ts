import { join } from 'node:path';
import { BUCKET, type Config } from '../../config';
import type { FileStore } from './file-store';
import { folderStore } from './folder';
import { objectStore } from './object-store';

/** The store that the settings name: a bucket, or the folder DATA_DIR/files. */
export function openFiles(config: Config): FileStore {
  const { FILES_STORE, FILES_ENDPOINT, FILES_REGION: region, FILES_KEY_ID, FILES_SECRET, dataDir } = config;
  if (!FILES_STORE) return folderStore(join(dataDir, 'files'));
  const [, bucket, folder = ''] = BUCKET.exec(FILES_STORE)!;
  const where = { bucket: bucket!, prefix: folder && `${folder.replace(/\/+$/, '')}/`, region };
  const who = { endpoint: FILES_ENDPOINT!, keyId: FILES_KEY_ID!, secret: FILES_SECRET! };
  const how = { addressing: config.FILES_ADDRESSING, answerMs: config.FILES_ANSWER_SECONDS * 1000 };
  return objectStore({ ...where, ...who, ...how }, folderStore(join(dataDir, 'spool')));
}
