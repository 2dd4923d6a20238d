import { createHash } from 'node:crypto';
import SftpClient from 'ssh2-sftp-client';
import type { Person } from './property';
import type { SmallSandbox } from './world';

const quiet = () => undefined;

/** The mailbox as anybody with an SFTP client reaches it; `change` spoils the address. */
export async function dial(small: SmallSandbox, patienceMs: number, change: (url: URL) => void = quiet) {
  const url = new URL(small.sandbox.agencies.police!.url!);
  change(url);
  const client = new SftpClient('test', { error: quiet, end: quiet, close: quiet });
  await client.connect({
    host: url.hostname,
    port: Number(url.port),
    username: url.username,
    password: decodeURIComponent(url.password),
    readyTimeout: patienceMs,
  });
  return client;
}

const sha256 = (body: Buffer) => createHash('sha256').update(body).digest('hex');

/** Leaves a request as docs/sandbox.md says; `change` spoils the manifest. */
export async function leaveRequest(
  client: SftpClient,
  id: string,
  people: readonly Person[],
  items: readonly string[],
  change: (manifest: Record<string, unknown>) => object = (manifest) => manifest,
): Promise<void> {
  const lines = people.map(({ idNumber, name }, at) => `q${at},${idNumber},${name},c,l`);
  const table = Buffer.from(['查询编号,公民身份号码,姓名,案件编号,授权书编号', ...lines, ''].join('\r\n'));
  const file = { name: `${id}.csv`, sha256: sha256(table), bytes: table.length, rows: people.length };
  const kind = { format: 'anju-parcel/1', id, kind: 'REQUEST', createdAt: '2026-11-22T02:00:00.000Z' };
  const manifest = change({ ...kind, purpose: 'HOUSING_SECURITY_REVIEW', items, charset: 'UTF-8', files: [file] });
  await client.put(table, `/requests/${id}.csv`);
  await client.put(Buffer.from(JSON.stringify(manifest)), `/requests/${id}.json.part`);
  await client.rename(`/requests/${id}.json.part`, `/requests/${id}.json`);
}

export interface Answered {
  readonly manifest: {
    readonly asOf: string;
    readonly charset: string;
    readonly coverage: object;
    readonly files: readonly { readonly name: string; readonly sha256: string; readonly rows: number }[];
  };
  readonly body: Buffer;
}

/** The answer's two files as they lie there; null while its manifest does not. */
export async function fetchAnswer(client: SftpClient, id: string): Promise<Answered | null> {
  if (!(await client.exists(`/answers/${id}.json`))) return null;
  const manifest = JSON.parse(String(await client.get(`/answers/${id}.json`))) as Answered['manifest'];
  return { manifest, body: (await client.get(`/answers/${id}.csv`)) as Buffer };
}

/** GB 18030 text as rows of cells; the agency's cells hold no comma. */
export const cellsOf = ({ body }: Answered, charset = 'gb18030'): string[][] =>
  new TextDecoder(charset, { fatal: true })
    .decode(body)
    .trimEnd()
    .split('\r\n')
    .map((line) => line.split(','));
