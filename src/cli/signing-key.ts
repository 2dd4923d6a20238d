import { generateKeyPairSync } from 'node:crypto';
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Config } from '../config';
import { writeWhole } from '../whole-file';

/** The P-256 key that signs reports (PKCS #8 PEM): given by file; in the sandbox, where it need not be given, made once and kept. */
export function signingKey({ SIGNING_KEY_FILE, dataDir }: Pick<Config, 'SIGNING_KEY_FILE' | 'dataDir'>): string {
  if (SIGNING_KEY_FILE) return readFileSync(SIGNING_KEY_FILE, 'utf8');
  const file = join(dataDir, 'signing-key.pem');
  if (existsSync(file)) return readFileSync(file, 'utf8');
  const { privateKey } = generateKeyPairSync('ec', { namedCurve: 'P-256' });
  const pem = privateKey.export({ type: 'pkcs8', format: 'pem' }).toString();
  writeWhole(file, pem);
  return pem;
}
