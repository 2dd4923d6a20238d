import { createPublicKey, verify, type JsonWebKey, type KeyObject } from 'node:crypto';
import { existsSync, readFileSync } from 'node:fs';
import { CannotVerify, tampered } from './findings';
import { sha256Hex } from './hashes';

/** A signed head whose signature holds. */
export interface Head {
  readonly log: string;
  readonly size: number;
  readonly root: string;
  readonly at: string;
}

export interface Heads {
  readonly heads: readonly Head[];
  /** Lines that a crash cut short. */
  readonly torn: readonly number[];
}

/** Reads heads.log: every signature holds, each head names the one before it, the tree never shrinks or changes its name. */
export function readHeads(file: string, keysFile: string): Heads {
  if (!existsSync(file)) throw new CannotVerify(`there is no file of signed heads at ${file}`);
  const keys = readKeys(keysFile);
  const heads: Head[] = [];
  const torn: number[] = [];
  let previous: string | null = null;
  readFileSync(file, 'utf8')
    .split('\n')
    .forEach((text, at) => {
      if (text === '') return;
      const line = parsed(text);
      if (!line) return void torn.push(at + 1);
      const head = headOf(line, keys, at + 1);
      if (head.previous !== previous) wrong(at + 1, 'the head before it was taken out or changed');
      const before = heads.at(-1);
      if (before && (before.log !== head.log || before.size > head.size))
        wrong(at + 1, 'it does not go on from the head before it');
      if (before && before.size === head.size && before.root !== head.root)
        wrong(at + 1, 'two roots of one size were signed');
      previous = sha256Hex(line.canonical);
      heads.push(head);
    });
  if (heads.length === 0) throw new CannotVerify(`${file} holds no signed head`);
  return { heads, torn };
}

const wrong = (line: number, what: string): never => tampered(null, `line ${line} of the signed heads: ${what}`);

interface Line {
  readonly canonical: string;
  readonly signature: string;
}

function parsed(text: string): Line | undefined {
  try {
    const line = JSON.parse(text) as Line;
    return typeof line.canonical === 'string' && typeof line.signature === 'string' ? line : undefined;
  } catch {
    return undefined;
  }
}

function headOf({ canonical, signature }: Line, keys: ReadonlyMap<string, KeyObject>, line: number) {
  const [header = '', , proof = ''] = signature.split('.');
  const { alg, kid } = JSON.parse(Buffer.from(header, 'base64url').toString('utf8')) as { alg: string; kid: string };
  const key = keys.get(kid);
  if (!key) throw new CannotVerify(`line ${line} of the signed heads is signed by the key ${kid}, which is not known`);
  const signed = Buffer.from(`${header}.${Buffer.from(canonical).toString('base64url')}`);
  const options = { key, dsaEncoding: 'ieee-p1363' } as const;
  if (alg !== 'ES256' || !verify('sha256', signed, options, Buffer.from(proof, 'base64url')))
    wrong(line, 'its signature does not hold');
  return JSON.parse(canonical) as Head & { readonly schema: string; readonly previous: string | null };
}

/** A JWKS file. */
function readKeys(file: string): Map<string, KeyObject> {
  if (!existsSync(file)) throw new CannotVerify(`there is no file of public keys at ${file}`);
  const { keys } = JSON.parse(readFileSync(file, 'utf8')) as { keys: (JsonWebKey & { kid: string })[] };
  return new Map(keys.map((jwk) => [jwk.kid, createPublicKey({ key: jwk, format: 'jwk' })]));
}
