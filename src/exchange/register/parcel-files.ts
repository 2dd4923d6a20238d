import { createHash } from 'node:crypto';
import { createReadStream, existsSync, readdirSync, readFileSync, statSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { Transform, type Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { parse } from 'csv-parse';
import { strictDecoder, type Charset } from '../parcel/charset';
import { Manifest } from '../parcel/manifest';

/** A parcel that nothing of may land; the message says why, in English, and quotes no cell. */
export class ParcelRefused extends Error {
  constructor(message: string) {
    super(message);
    this.name = 'ParcelRefused';
  }
}

export interface RegisterParcel {
  readonly manifest: Manifest & { readonly asOf: string; readonly coverage: NonNullable<Manifest['coverage']> };
  /** SHA-256 of the manifest's own bytes. */
  readonly sha256: string;
  readonly manifestFile: string;
  readonly tableFile: string;
}

/** The parcel at a path: its manifest, its table, or the folder that holds one parcel. Its table is verified. */
export async function openRegisterParcel(path: string): Promise<RegisterParcel> {
  const manifestFile = manifestAt(path);
  const bytes = readFileSync(manifestFile);
  const read = Manifest.safeParse(jsonOf(bytes));
  if (!read.success) throw new ParcelRefused('the manifest is not one of a parcel (format anju-parcel/1)');
  const manifest = read.data;
  const { kind, asOf, coverage, files } = manifest;
  const [content, ...others] = files;
  if (kind !== 'REGISTER' || !asOf || !coverage) throw new ParcelRefused('it is no REGISTER with asOf and coverage');
  if (!content || others.length > 0) throw new ParcelRefused('a register has exactly one table');
  const tableFile = join(dirname(manifestFile), content.name);
  if (!existsSync(tableFile)) throw new ParcelRefused(`${content.name} is not there: the parcel is incomplete`);
  if (statSync(tableFile).size !== content.bytes) throw new ParcelRefused(`${content.name} is not as long as promised`);
  if ((await hashOf(tableFile)) !== content.sha256) throw new ParcelRefused(`SHA-256 of ${content.name} differs`);
  const sha256 = createHash('sha256').update(bytes).digest('hex');
  return { manifest: { ...manifest, asOf, coverage }, sha256, manifestFile, tableFile };
}

function manifestAt(path: string): string {
  if (!existsSync(path)) throw new ParcelRefused('there is no such file or folder');
  if (statSync(path).isDirectory()) {
    const manifests = readdirSync(path).filter((name) => name.endsWith('.json'));
    if (manifests.length !== 1) throw new ParcelRefused(`${manifests.length} manifests in the folder: name one`);
    return join(path, manifests[0]!);
  }
  const manifest = path.replace(/\.csv$/, '.json');
  if (!manifest.endsWith('.json')) throw new ParcelRefused('neither a manifest (.json) nor a table (.csv)');
  if (!existsSync(manifest)) throw new ParcelRefused('its manifest is not there: the parcel is incomplete');
  return manifest;
}

function jsonOf(bytes: Buffer): unknown {
  try {
    return JSON.parse(bytes.toString('utf8'));
  } catch {
    return undefined;
  }
}

async function hashOf(file: string): Promise<string> {
  const hash = createHash('sha256');
  await pipeline(createReadStream(file), hash);
  return hash.digest('hex');
}

/** The table's records, streamed; rows of any width. Throws ParcelRefused at bytes of another charset, or at what is no CSV. */
export async function* recordsOf({ tableFile, manifest }: RegisterParcel): AsyncGenerator<string[]> {
  const bytes = createReadStream(tableFile);
  const text = bytes.compose<Readable>(decoding(manifest.charset));
  const records = parse({ relax_column_count: true, skip_empty_lines: true, max_record_size: LONGEST_RECORD });
  text.on('error', (error) => records.destroy(error));
  try {
    for await (const record of text.pipe(records)) yield record as string[];
  } catch (error) {
    if (error instanceof ParcelRefused) throw error;
    throw new ParcelRefused(`row ${records.info.records + 1} is no CSV`);
  } finally {
    bytes.destroy();
  }
}

const LONGEST_RECORD = 10_000;

function decoding(charset: Charset): Transform {
  const decoder = strictDecoder(charset);
  const decode = (bytes?: Buffer): string => {
    try {
      return decoder.decode(bytes, { stream: bytes !== undefined });
    } catch {
      throw new ParcelRefused(`its text is not ${charset}, as the manifest says`);
    }
  };
  const attempt = (done: (error: Error | null, text?: string) => void, bytes?: Buffer) => {
    try {
      done(null, decode(bytes));
    } catch (error) {
      done(error as Error);
    }
  };
  return new Transform({
    encoding: 'utf8',
    transform: (bytes: Buffer, _encoding, done) => attempt(done, bytes),
    flush: (done) => attempt(done),
  });
}
