import { Readable } from 'node:stream';
import type { ListObjectsV2CommandOutput, PutObjectCommand, S3Client } from '@aws-sdk/client-s3';
import { StoreSilent } from './file-store';

export interface BucketSettings {
  readonly bucket: string;
  readonly endpoint: string;
  readonly region: string;
  readonly keyId: string;
  readonly secret: string;
  /** Bucket in the path of the address, or in front of its host. */
  readonly addressing: 'path' | 'host';
  /** From a question to the end of its answer. */
  readonly answerMs: number;
}

/** Content that can be read again, and what is said of it before it goes out. */
export interface Outgoing {
  readonly read: () => AsyncIterable<Buffer>;
  readonly bytes: number;
  readonly sha256: string;
}

/** A bucket by the five things the hub asks of it. Each throws StoreSilent where it is not answered as it must be. */
export type Bucket = ReturnType<typeof openBucket>;

const CONNECT_MS = 3_000;
const TRIES = 2;
const nothing = () => undefined;

/** The client library is loaded with the first question. */
export function openBucket(settings: BucketSettings) {
  const { bucket: Bucket, answerMs } = settings;
  let opened: ReturnType<typeof openClient> | undefined;
  const open = () => (opened ??= openClient(settings));
  const inTime = () => ({ abortSignal: AbortSignal.timeout(answerMs) });
  return {
    async has(Key: string): Promise<boolean> {
      const { sdk, client } = await open();
      return client.send(new sdk.HeadObjectCommand({ Bucket, Key }), inTime()).then(
        () => true,
        (error: unknown) => (statusOf(error) === 404 ? false : silent(error)),
      );
    },
    /** A connection that was just closed costs no upload. */
    async put(Key: string, content: Outgoing, tries = TRIES): Promise<void> {
      const { sdk, client } = await open();
      const Body = Readable.from(content.read(), { objectMode: false });
      const what = { ContentLength: content.bytes, ContentType: 'application/octet-stream', IfNoneMatch: '*' };
      const command = new sdk.PutObjectCommand({ Bucket, Key, Body, ...what });
      signHash(command, content.sha256);
      await client.send(command, inTime()).catch((error: unknown) => {
        const again = tries > 1 && (statusOf(error) ?? 500) >= 500;
        return again ? this.put(Key, content, tries - 1) : silent(error);
      });
    },
    /** @param signal ends it, the answer's body included. */
    async get(Key: string, abortSignal: AbortSignal): Promise<Readable> {
      const { sdk, client } = await open();
      return (await client.send(new sdk.GetObjectCommand({ Bucket, Key }), { abortSignal })).Body as Readable;
    },
    async remove(Key: string): Promise<void> {
      const { sdk, client } = await open();
      await client.send(new sdk.DeleteObjectCommand({ Bucket, Key }), inTime()).catch(silent);
    },
    async page(Prefix: string, ContinuationToken?: string): Promise<ListObjectsV2CommandOutput> {
      const { sdk, client } = await open();
      return client.send(new sdk.ListObjectsV2Command({ Bucket, Prefix, ContinuationToken }), inTime()).catch(silent);
    },
  };
}

async function openClient(settings: BucketSettings) {
  const sdk = await import('@aws-sdk/client-s3');
  const { endpoint, region, keyId: accessKeyId, secret: secretAccessKey, addressing, answerMs } = settings;
  const client: S3Client = new sdk.S3Client({
    ...{ endpoint, region, credentials: { accessKeyId, secretAccessKey }, forcePathStyle: addressing === 'path' },
    ...{ maxAttempts: TRIES, requestHandler: { connectionTimeout: CONNECT_MS, requestTimeout: answerMs } },
    logger: { debug: nothing, info: nothing, warn: nothing, error: nothing }, // faults are told once, by whoever asked
    ...{ requestChecksumCalculation: 'WHEN_REQUIRED', responseChecksumValidation: 'WHEN_REQUIRED' }, // what every store understands
  });
  return { sdk, client };
}

/** Part of what is signed, so that the store has to compare it. */
function signHash(command: PutObjectCommand, sha256: string): void {
  command.middlewareStack.add(
    (next) => (args) => {
      (args.request as { headers: Record<string, string> }).headers['x-amz-content-sha256'] = sha256;
      return next(args);
    },
    { step: 'build', name: 'signHash' },
  );
}

interface Answered {
  readonly name?: string;
  readonly message?: string;
  readonly $metadata?: { readonly httpStatusCode?: number };
}

/** The status of a fault that the store told; undefined where it told nothing. */
const statusOf = (error: unknown): number | undefined => (error as Answered).$metadata?.httpStatusCode;

/** What may stand in a log: a fault of the client library carries the whole request, with its signature. */
export function silent(error: unknown): never {
  const { name = 'Error', message } = error as Answered;
  throw new StoreSilent(Object.assign(new Error(message), { name, status: statusOf(error) }));
}
