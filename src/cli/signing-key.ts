import { generateKeyPairSync } from 'node:crypto';
import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Config } from '../config';

/** The P-256 key that signs reports (PKCS #8 PEM): given by file; in the sandbox, where it need not be given, made once and kept. */
export function signingKey({ SIGNING_KEY_FILE, dataDir }: Pick<Config, 'SIGNING_KEY_FILE' | 'dataDir'>): string {
  if (SIGNING_KEY_FILE) return readFileSync(SIGNING_KEY_FILE, 'utf8');
  const file = join(dataDir, 'signing-key.pem');
  if (existsSync(file)) return readFileSync(file, 'utf8');
  const { privateKey } = generateKeyPairSync('ec', { namedCurve: 'P-256' });
  const pem = privateKey.export({ type: 'pkcs8', format: 'pem' }).toString();
  mkdirSync(dataDir, { recursive: true });
  writeFileSync(file, pem, { mode: 0o600 });
  return pem;
}
