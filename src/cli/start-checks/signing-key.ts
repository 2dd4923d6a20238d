import { createPrivateKey } from 'node:crypto';
import { readFileSync } from 'node:fs';
import type { Config } from '../../config';

/** SIGNING_KEY_FILE, where it is given, must hold a P-256 private key that this process may read. */
export function signingKeyProblems({ SIGNING_KEY_FILE: file }: Pick<Config, 'SIGNING_KEY_FILE'>): string[] {
  if (!file) return [];
  try {
    const { asymmetricKeyType, asymmetricKeyDetails } = createPrivateKey(readFileSync(file, 'utf8'));
    if (asymmetricKeyType === 'ec' && asymmetricKeyDetails?.namedCurve === 'prime256v1') return [];
    return [
      'SIGNING_KEY_FILE holds a key of another kind: make one with openssl genpkey -algorithm EC -pkeyopt ec_paramgen_curve:P-256',
    ];
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException;
    return [
      `SIGNING_KEY_FILE cannot be read as a private key in PEM (${code ?? 'no key'}): look at the path and its rights`,
    ];
  }
}
