import { createHash, createPublicKey, verify, type JsonWebKey } from 'node:crypto';
import { existsSync, lstatSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { CannotVerify, tampered } from '../findings';

/** Of a package whose every item is what was signed. */
export interface Sealed {
  readonly file: { readonly id: string; readonly kind: string; readonly subjectId: string };
  readonly packedAt: string;
  readonly entries: number;
  readonly items: number;
  /** Places of entries whose bodies were erased: their hashes are there. */
  readonly erased: readonly number[];
}

interface Manifest {
  readonly format: string;
  readonly file: Sealed['file'];
  readonly packedAt: string;
  readonly chain: { readonly size: number; readonly head: string | null };
  readonly entries: readonly Entry[];
  readonly items: readonly Item[];
}
interface Entry {
  readonly head: string;
  readonly hash: string;
  readonly item: string | null;
  readonly erasedOn: string | null;
}
interface Item {
  readonly name: string;
  readonly bytes: number;
  readonly sha256: string;
}

const [MANIFEST, SIGNATURE] = ['manifest.json', 'manifest.jws'];
const NAME = /^(items|files)\/[0-9a-f-]{1,64}\.(json|pdf|png|jpg|jpeg)$/;
/** Where in the head of an entry: the file, the place, whom it is about, the hash of its body. */
const [FILE, PLACE, KIND, SUBJECT, BODY] = [1, 2, 5, 6, 16] as const;

const sha256 = (content: string | Buffer): string => createHash('sha256').update(content).digest('hex');
const bad = (name: string, what: string): never => tampered(null, `${name}: ${what}`);

/** Checks a package by the public keys (JWKS) of whoever sealed it, from elsewhere. Throws Tampered naming the first bad item, CannotVerify where nothing can be said. */
export function verifyPackage(folder: string, keysFile: string): Sealed {
  const manifest = signedManifest(folder, keysFile);
  const known = checkNames(manifest.items);
  for (const item of manifest.items) checkItem(folder, item);
  for (const name of namesIn(folder)) if (!known.has(name)) bad(name, 'it is not in the manifest');
  checkChain(manifest, known);
  const erased = manifest.entries.flatMap(({ item }, at) => (item === null ? [at + 1] : []));
  const { file, packedAt, entries, items } = manifest;
  return { file, packedAt, entries: entries.length, items: items.length, erased };
}

function signedManifest(folder: string, keysFile: string): Manifest {
  for (const name of [MANIFEST, SIGNATURE])
    if (!existsSync(join(folder, name))) throw new CannotVerify(`${name} is not there`);
  const text = readFileSync(join(folder, MANIFEST));
  const [header = '', , proof = ''] = readFileSync(join(folder, SIGNATURE), 'utf8').trim().split('.');
  const { alg, kid } = parsed<{ alg?: string; kid?: string }>(Buffer.from(header, 'base64url'), SIGNATURE);
  const { keys } = parsed<{ keys: (JsonWebKey & { kid?: string })[] }>(readFileSync(keysFile), keysFile);
  const jwk = keys.find((key) => key.kid === kid);
  if (!jwk) throw new CannotVerify(`the key that signed (${kid}) is not among those given`);
  if (alg !== 'ES256') throw new CannotVerify(`signed by ${alg}, which this program does not know`);
  const key = createPublicKey({ key: jwk, format: 'jwk' });
  const input = Buffer.from(`${header}.${text.toString('base64url')}`);
  const holds = verify('sha256', input, { key, dsaEncoding: 'ieee-p1363' }, Buffer.from(proof, 'base64url'));
  if (!holds) bad(MANIFEST, 'its signature does not hold');
  const manifest = parsed<Manifest>(text, MANIFEST);
  if (manifest.format !== 'anju/archive/1') throw new CannotVerify(`a package of the form '${manifest.format}'`);
  return manifest;
}

function parsed<T>(text: Buffer, name: string): T {
  try {
    return JSON.parse(text.toString('utf8')) as T;
  } catch {
    return bad(name, 'it is cut off or was changed');
  }
}

/** No name leads out of the folder or stands twice. */
function checkNames(items: readonly Item[]): ReadonlyMap<string, Item> {
  const known = new Map<string, Item>();
  for (const item of items) {
    if (!NAME.test(item.name)) bad(JSON.stringify(item.name), 'no name of an item of a package');
    if (known.has(item.name)) bad(item.name, 'it stands twice in the manifest');
    known.set(item.name, item);
  }
  return known;
}

function checkItem(folder: string, { name, bytes, sha256: hash }: Item): void {
  const path = join(folder, name);
  const found = lstatSync(path, { throwIfNoEntry: false });
  if (!found) return bad(name, 'it is not there');
  if (!found.isFile()) return bad(name, 'it is no plain file');
  if (found.size !== bytes) return bad(name, `${found.size} bytes for ${bytes}`);
  if (sha256(readFileSync(path)) !== hash) bad(name, 'it was changed');
}

/** Every file but the manifest and its signature, as items are named. */
function namesIn(folder: string): string[] {
  const found = readdirSync(folder, { recursive: true, withFileTypes: true });
  const names = found.filter((entry) => !entry.isDirectory()).map((entry) => join(entry.parentPath, entry.name));
  const short = names.map((name) => name.slice(join(folder, '/').length).replaceAll('\\', '/'));
  return short.filter((name) => name !== MANIFEST && name !== SIGNATURE).sort();
}

/** Each entry names the one before it, and its body's hash is its item's. */
function checkChain({ file, chain, entries }: Manifest, known: ReadonlyMap<string, Item>): void {
  let last = '0'.repeat(64);
  for (const [at, { head, hash, item, erasedOn }] of entries.entries()) {
    const name = `entry ${at + 1}`;
    const told = parsed<(string | null)[]>(Buffer.from(head), name);
    if (told[FILE] !== file.id || told[PLACE] !== String(at + 1)) bad(name, 'it is of another place or file');
    if (sha256(last + head) !== hash) bad(name, 'it does not follow from the entry before');
    if (item === null && erasedOn === null) bad(name, 'its body is neither there nor erased');
    if (item !== null && known.get(item)?.sha256 !== told[BODY]) bad(item, `it is not the body of ${name}`);
    if (told[KIND] === 'APPLICATION_DOCUMENT' && item !== null)
      if (
        ![...known.keys()].some((each) => each.startsWith(`files/${told[SUBJECT]}.`)) &&
        !isGone(entries, told[SUBJECT]!)
      )
        bad(name, 'the file that it speaks of is not there');
    last = hash;
  }
  if (chain.size !== entries.length || (chain.head ?? '0'.repeat(64)) !== last) bad('chain', 'it ends elsewhere');
}

/** Was any entry about a document erased? Then its bytes were, too. */
const isGone = (entries: readonly Entry[], subject: string): boolean =>
  entries.some(({ head, erasedOn }) => erasedOn !== null && (JSON.parse(head) as string[])[SUBJECT] === subject);
