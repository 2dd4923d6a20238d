import { createHash, timingSafeEqual } from 'node:crypto';
import { existsSync, readFileSync } from 'node:fs';
import type { AddressInfo } from 'node:net';
import { Server, utils, type Connection } from 'ssh2';
import type { Logger } from '../../log';
import { serveSession, type Counter } from './sftp-session';
import { writeWhole } from '../../whole-file';

export interface SftpServer {
  readonly port: number;
  /** 'SHA256:…', as OpenSSH writes it. */
  readonly fingerprint: string;
  close(): Promise<void>;
}

interface SftpOptions extends Counter {
  readonly root: string;
  /** Shows another host key than the one agreed: somebody else's server. */
  readonly stranger?: true;
  readonly username: string;
  readonly password: string;
  readonly log: Logger;
  /** A login turned away. */
  refused(): void;
}

/** An SFTP server on a free loopback port over a folder; its host key lies beside that folder and is kept. */
export async function serveSftp(options: SftpOptions): Promise<SftpServer> {
  const hostKey = hostKeyIn(`${options.root}${options.stranger ? '.stranger' : ''}.host-key`);
  const open = new Set<Connection>();
  const server = new Server({ hostKeys: [hostKey] }, (client) => {
    open.add(client);
    client.on('close', () => open.delete(client));
    client.on('error', (err) => options.log.debug({ err }, 'sandbox SFTP connection broke'));
    letIn(client, options);
  });
  await new Promise<void>((resolve, reject) => {
    server.once('error', reject);
    server.listen(0, '127.0.0.1', () => resolve());
  });
  const key = utils.parseKey(hostKey);
  if (key instanceof Error) throw key;
  return {
    port: (server.address() as AddressInfo).port,
    fingerprint: `SHA256:${createHash('sha256').update(key.getPublicSSH()).digest('base64').replace(/=+$/, '')}`,
    close: async () => {
      const closed = new Promise<void>((resolve) => server.close(() => resolve()));
      for (const client of open) client.end();
      await closed;
    },
  };
}

function letIn(client: Connection, options: SftpOptions): void {
  client.on('authentication', (attempt) => {
    const known = attempt.method === 'password' && attempt.username === options.username;
    if (known && sameText(attempt.password, options.password)) return attempt.accept();
    if (attempt.method !== 'none') options.refused();
    attempt.reject(['password']);
  });
  client.on('ready', () =>
    client.on('session', (accept) => accept().on('sftp', (take) => serveSession(take(), options.root, options))),
  );
}

function sameText(left: string, right: string): boolean {
  const [a, b] = [Buffer.from(left), Buffer.from(right)];
  return a.length === b.length && timingSafeEqual(a, b);
}

function hostKeyIn(file: string): string {
  while (!existsSync(file) || utils.parseKey(readFileSync(file, 'utf8')) instanceof Error)
    writeWhole(file, utils.generateKeyPairSync('ed25519').private); // ssh2 makes one in some hundred malformed
  return readFileSync(file, 'utf8');
}
