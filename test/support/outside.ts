import { generateKeyPairSync, randomBytes } from 'node:crypto';
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { tmpdir } from 'node:os';
import type { Settings } from './program';

const SECRETS = ['SEAL', 'INDEX', 'CURSOR', 'PURPOSE', 'SERVICE', 'ROLE', 'BACKUP', 'MASTER'];

/** Sound settings of a hub outside the sandbox, but for its database. */
export function outside(changes: Settings = {}): Settings {
  const file = join(tmpdir(), `anju-signing-${randomBytes(6).toString('hex')}.pem`);
  const { privateKey } = generateKeyPairSync('ec', { namedCurve: 'P-256' });
  writeFileSync(file, privateKey.export({ type: 'pkcs8', format: 'pem' }), { mode: 0o600 });
  return {
    SANDBOX: 'off',
    OIDC_ISSUER: 'https://login.example.cn/realms/housing',
    OIDC_JWKS_URI: 'https://login.example.cn/realms/housing/certs',
    SIGNING_KEY_FILE: file,
    ...Object.fromEntries(SECRETS.map((name) => [`HUB_${name}_KEY`, randomBytes(32).toString('base64')])),
    ...changes,
  };
}
