import { connect } from 'node:net';
import { readdirSync, readFileSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { ROLES, type Role } from '../../../src/access/viewer';
import type { RunningHub, Who } from '../../support/running-hub';

export interface Answered {
  readonly status: number;
  /** 'CODE field', where it was refused. */
  readonly refused: string | undefined;
  readonly body: Readonly<Record<string, unknown>>;
}

export interface Handing {
  readonly kind?: string;
  readonly name?: string;
  readonly type?: string;
}

export interface Known {
  readonly id: string;
  readonly kind: string;
  readonly name: string | null;
  readonly contentType: string;
  readonly bytes: number;
  readonly sha256: string;
  readonly scan: string;
  readonly takenBy: string;
  readonly withdrawnOn: string | null;
  readonly withdrawalReason: string | null;
}

const DOCUMENTS = `query ($id: ID!) { application(id: $id) { documents
  { id kind name contentType bytes sha256 scan takenBy withdrawnOn withdrawalReason } } }`;

/** What is handed in and out over HTTP. */
export function documents(running: RunningHub) {
  const bearer = async (who: Who) =>
    who ? { authorization: `Bearer ${await running.issuer.mint({ ...who })}` } : ({} as Record<string, string>);
  const heard = async (response: Response): Promise<Answered> => {
    const body = (await response.json()) as Answered['body'] & { errors?: { extensions: Record<string, string> }[] };
    const { code, field } = body.errors?.[0]?.extensions ?? {};
    return { status: response.status, body, refused: code && [code, field].filter(Boolean).join(' ') };
  };
  const pathFor = (application: string, { kind = 'INCOME', name = '收入证明' }: Handing = {}) =>
    `/files?application=${application}&kind=${kind}&name=${encodeURIComponent(name)}`;
  return {
    heard,
    pathFor,
    /** Any path, any body. */
    async post(who: Who, path: string, body: BodyInit | ReadableStream, type = 'application/octet-stream') {
      const headers = { ...(await bearer(who)), 'content-type': type };
      return heard(await fetch(running.url + path, { method: 'POST', headers, body, duplex: 'half' } as RequestInit));
    },
    handIn(who: Who, application: string, content: Buffer, handing: Handing = {}): Promise<Answered> {
      return this.post(who, pathFor(application, handing), new Uint8Array(content), handing.type);
    },
    get: async (who: Who, id: string): Promise<Response> =>
      fetch(`${running.url}/files/${id}`, { headers: await bearer(who) }),
    async known(who: Who, application: string): Promise<readonly Known[]> {
      const asked = await running.ask<{ application: { documents: Known[] } }>(who, DOCUMENTS, {
        variables: { id: application },
      });
      expect(asked.errors).toEqual([]);
      return asked.data.application.documents;
    },
    async withdraw(who: Who, documentId: string, reason = '提交错误'): Promise<string> {
      const text = 'mutation ($input: WithdrawDocumentInput!) { withdrawDocument(input: $input) { id withdrawnOn } }';
      const { errors } = await running.ask(who, text, { variables: { input: { documentId, reason } } });
      return errors.map(({ extensions: { code, field } }) => `${code} ${field}`).join();
    },
    /** An upload written by hand: what the server answered until it, or we, ended the connection. */
    async byHand(who: Who, path: string, length: number, content: Buffer, leave: boolean): Promise<string> {
      const { authorization = '' } = await bearer(who);
      const { hostname, port } = new URL(running.url);
      const lines = [`POST ${path} HTTP/1.1`, `host: ${hostname}`, `authorization: ${authorization}`];
      return new Promise((resolve, reject) => {
        let answer = '';
        const socket = connect(Number(port), hostname, () => {
          socket.write(`${[...lines, `content-length: ${length}`].join('\r\n')}\r\n\r\n`);
          socket.write(content, () => leave && socket.destroy());
        });
        socket.on('data', (part) => (answer += part.toString('latin1')));
        socket.on('error', reject).on('close', () => resolve(answer));
      });
    },
  };
}

export interface OnDisk {
  /** Below the folder of files. */
  readonly path: string;
  readonly mode: number;
  readonly content: Buffer;
}

/** Everything below the hub's folder of files. */
export function onDisk({ hub }: RunningHub): { readonly files: OnDisk[]; readonly folderModes: number[] } {
  const root = join(hub.config.dataDir, 'files');
  const folderModes: number[] = [];
  const below = (path: string): OnDisk[] => {
    const { mode } = statSync(path);
    if (!statSync(path).isDirectory())
      return [{ path: path.slice(root.length + 1), mode: mode & 0o777, content: readFileSync(path) }];
    folderModes.push(mode & 0o777);
    return readdirSync(path).flatMap((name) => below(join(path, name)));
  };
  return { files: below(root), folderModes };
}

const PATIENCE_MS = 100_000;

/** Waits until something is so, on the turns of the event loop. */
export async function until(isSo: () => boolean | Promise<boolean>): Promise<void> {
  const last = performance.now() + PATIENCE_MS;
  while (!(await isSo())) {
    if (performance.now() > last) throw new Error('it never came to be so');
    await new Promise((resolve) => setImmediate(resolve));
  }
}

export const everyRole = (region: string): readonly (readonly [Role, Who])[] =>
  ROLES.map((role) => [role, { role, region, sub: role, client_id: role }]);
