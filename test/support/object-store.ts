import { once } from 'node:events';
import { createServer, request, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import S3rver from 's3rver';
import { keepFiles } from './scan/keep';

/** What the door before the store does: passes all on, or on its way to us takes the line, the end or a bit of a file, or is silent. */
export type Door = 'open' | 'down' | 'silent' | 'cut in coming' | 'cut in going' | 'flipped' | 'failing';

/** s3rver: a small server that speaks S3 over HTTP, checks signatures of version 4 and keeps objects in a folder. */
export interface TestObjectStore {
  readonly settings: Readonly<Record<'FILES_STORE' | 'FILES_ENDPOINT' | 'FILES_KEY_ID' | 'FILES_SECRET', string>>;
  /** Requests since it was asked last, as METHOD path. */
  heard(): string[];
  door(state: Door): void;
  close(): Promise<void>;
}

const KEY = 'S3RVER';
const BUCKET = 'anju-files';

export async function startObjectStore(): Promise<TestObjectStore> {
  const directory = mkdtempSync(join(tmpdir(), 'anju-s3-'));
  const configureBuckets = [{ name: BUCKET, configs: [] }];
  const server = new S3rver({ port: 0, address: '127.0.0.1', silent: true, directory, configureBuckets });
  const { port } = await server.run();
  let state: Door = 'open';
  const heard: string[] = [];
  const door = createServer((asked, answer) => {
    heard.push(`${asked.method} ${asked.url!.split('?')[0]}`);
    pass(state, asked, answer, port);
  });
  door.listen(0, '127.0.0.1');
  await once(door, 'listening');
  const endpoint = `http://127.0.0.1:${(door.address() as AddressInfo).port}`;
  return {
    settings: { FILES_STORE: `s3://${BUCKET}/hub`, FILES_ENDPOINT: endpoint, FILES_KEY_ID: KEY, FILES_SECRET: KEY },
    heard: () => heard.splice(0),
    door: (next) => void (state = next),
    async close() {
      door.closeAllConnections();
      door.close();
      await server.close();
      keepFiles(directory);
      rmSync(directory, { recursive: true, force: true });
    },
  };
}

function pass(state: Door, asked: IncomingMessage, answer: ServerResponse, port: number): void {
  if (state === 'silent') return void asked.resume();
  if (state === 'down') return void asked.socket.destroy();
  if (state === 'failing') return void asked.resume().on('end', () => answer.writeHead(500).end());
  const { method, url: path, headers } = asked;
  const onward = request({ port, host: '127.0.0.1', method, path, headers }, (told) => {
    answer.writeHead(told.statusCode!, told.headers);
    told.on('data', (part: Buffer) => {
      const file = method === 'GET' && told.headers['content-type'] === 'application/octet-stream';
      if (file && state === 'flipped') part[part.length >> 1]! ^= 1;
      if (!file || state !== 'cut in going') return void answer.write(part);
      answer.write(part.subarray(0, part.length >> 1), () => answer.destroy());
    });
    told.on('end', () => answer.end());
  });
  onward.on('error', () => answer.destroy());
  if (state !== 'cut in coming' || method !== 'PUT') return void asked.pipe(onward);
  asked.once('data', (part: Buffer) => onward.write(part, () => (onward.destroy(), asked.socket.destroy())));
}
