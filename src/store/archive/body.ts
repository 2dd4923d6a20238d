import { hash, randomBytes } from 'node:crypto';
import canonicalize from 'canonicalize';
import { openBody, sealBody, type SealedBody } from '../../access/sealed-body';
import { SealBroken, type Seal } from '../../access/seal';

/** What a material is, in words; the document is one that was handed in. */
export interface Material {
  readonly title: string;
  /** Where the paper lies. */
  readonly place: string | null;
  /** Why it corrects another. */
  readonly reason: string | null;
  readonly document: { readonly id: string; readonly sha256: string; readonly bytes: number } | null;
}

export interface KeptBody extends SealedBody {
  readonly bodyHash: string;
}

const SALT_BYTES = 16;

export const hashOf = (content: string | Buffer): string => hash('sha256', content, 'hex');

/** Canonical (RFC 8785) and salted: by its hash alone nobody can guess it. */
export function keepBody(material: Material, entry: string, seal: Seal): KeptBody {
  const text = canonicalize({ ...material, salt: randomBytes(SALT_BYTES).toString('hex') })!;
  return { ...sealBody(text, entry, seal), bodyHash: hashOf(text) };
}

/** As it was kept. Throws SealBroken where it is not what its entry says. */
export function bodyTextOf(kept: KeptBody, entry: string, seal: Seal): string {
  const text = openBody(kept, entry, seal);
  if (hashOf(text) !== kept.bodyHash) throw new SealBroken();
  return text;
}

export const materialOf = (text: string): Material => JSON.parse(text) as Material;
