import { createHash, timingSafeEqual } from 'node:crypto';
import type { Socket } from 'node:net';
import type SftpClient from 'ssh2-sftp-client';
import { AgencySocket } from '../address';
import { seconds } from '../time';
import { SourceTrouble } from '../trouble';

interface Line {
  readonly client: SftpClient;
  readonly socket: Socket;
}

/** Required with the first connection: 30 ms for which a start need not wait. */
// eslint-disable-next-line @typescript-eslint/no-require-imports
const clientClass = () => require('ssh2-sftp-client') as typeof SftpClient;
const READY_WITHIN = seconds(20);
const quiet = () => undefined; // what breaks the line is met by the work on it

/** One SSH connection to one server, reopened after it broke. */
export class SftpLine {
  private line: Promise<Line> | undefined;
  private socket: Socket | undefined;

  constructor(private readonly address: URL) {}

  /** Does work on the connection. An abort cuts it: nobody knows what a late answer would belong to. Rejects with SourceTrouble. */
  async during<Result>(signal: AbortSignal, work: (client: SftpClient) => Promise<Result>): Promise<Result> {
    let cut: (() => void) | undefined;
    const aborted = new Promise<never>((_, reject) => {
      cut = () => {
        this.drop();
        reject(new SourceTrouble('SILENT', 'TIMEOUT'));
      };
      signal.addEventListener('abort', cut, { once: true });
    });
    try {
      signal.throwIfAborted();
      this.line ??= this.open();
      const worked = this.line.then(({ client }) => work(client));
      return await Promise.race([worked, aborted]);
    } catch (error) {
      throw troubleOf(error as Error & { code?: unknown });
    } finally {
      aborted.catch(quiet);
      signal.removeEventListener('abort', cut!);
    }
  }

  async close(): Promise<void> {
    const open = await this.line?.catch(quiet);
    this.line = undefined;
    if (open) await open.client.end().catch(quiet);
    this.drop();
  }

  private drop(): void {
    this.line = undefined;
    this.socket?.destroy();
  }

  private async open(): Promise<Line> {
    const { hostname, port, username, password, searchParams } = this.address;
    const expected = searchParams.get('hostKey') ?? '';
    const client = new (clientClass())('anju', { error: quiet, end: quiet, close: quiet });
    const socket = new AgencySocket().setNoDelay();
    this.socket = socket;
    const forget = () => {
      if (this.socket === socket) this.line = undefined;
    };
    let refused: Error | undefined;
    socket.on('close', forget).on('error', (error) => {
      refused = error;
      forget();
    });
    socket.connect({ host: hostname, port: Number(port || 22) });
    let stranger = false;
    try {
      await client.connect({
        sock: socket,
        username: decodeURIComponent(username),
        password: decodeURIComponent(password),
        readyTimeout: READY_WITHIN,
        hostVerifier: (key: Buffer) => {
          stranger = !isKey(key, expected);
          return !stranger;
        },
      });
      return { client, socket };
    } catch (error) {
      forget();
      socket.destroy();
      throw stranger
        ? new SourceTrouble('FAULT', 'HOST_KEY_UNKNOWN')
        : refused instanceof SourceTrouble
          ? refused
          : error;
    }
  }
}

/** Is this the key of 'SHA256:…' (OpenSSH's fingerprint)? */
function isKey(key: Buffer, fingerprint: string): boolean {
  const given = Buffer.from(`SHA256:${createHash('sha256').update(key).digest('base64').replace(/=+$/, '')}`);
  const expected = Buffer.from(fingerprint);
  return given.length === expected.length && timingSafeEqual(given, expected);
}

const PERMISSION_DENIED = 3;
const FAILURE = 4;

/** SFTP has one code for all failures of a server; a full or busy one says so in words. */
function troubleOf(error: Error & { code?: unknown }): SourceTrouble {
  if (error instanceof SourceTrouble) return error;
  if (error.code === PERMISSION_DENIED || /authentication methods failed/i.test(error.message))
    return new SourceTrouble('REFUSED', 'SOURCE_REFUSED');
  if (error.code === FAILURE)
    return new SourceTrouble('SILENT', /busy|quota|no space|too many/i.test(error.message) ? 'BUSY' : 'SOURCE_ERROR');
  return new SourceTrouble('SILENT', 'UNREACHABLE');
}
