import { connect, type NetConnectOpts, type Socket } from 'node:net';
import { addAbortSignal } from 'node:stream';
import type { Config } from '../../config';
import { HubError } from '../../errors';
import type { Logger } from '../../log';
import { DocumentScan } from '../../../schema/admission/document';

/** What looks through a file for viruses. */
export interface Scanner {
  /** Whether it was scanned; never CLEAN without a scanner's word. Errors: FILE_INFECTED, SCAN_SILENT. */
  scan(content: Buffer): Promise<DocumentScan>;
}

/** The scanner that the settings name; without one nothing is scanned, and nothing is said to be clean. */
export function openScanner({ CLAMD, CLAMD_SECONDS }: Config, log: Logger): Scanner {
  if (!CLAMD) return { scan: async () => DocumentScan.NOT_SCANNED };
  const address = addressOf(CLAMD);
  return {
    async scan(content) {
      const told = await ask(address, content, CLAMD_SECONDS * 1000).catch((err: unknown) => {
        log.error({ err }, 'a file is not taken: the virus scanner does not answer');
        throw new HubError('SCAN_SILENT');
      });
      return verdictOf(told, log);
    },
  };
}

const CLEAN = 'stream: OK\0';
const FOUND = /^stream: ([\x21-\x7e]{1,200})(?:\([^)]*\))? FOUND\0$/;

/** Whatever else it says, as that a file is too long for it, is no word about the file. */
function verdictOf(told: string, log: Logger): DocumentScan {
  if (told === CLEAN) return DocumentScan.CLEAN;
  const [, signature] = FOUND.exec(told) ?? [];
  if (signature) throw new HubError('FILE_INFECTED', undefined, signature);
  log.error({ told: told.slice(0, LONGEST_ANSWER) }, 'a file is not taken: the virus scanner has no verdict');
  throw new HubError('SCAN_SILENT');
}

function addressOf(text: string): NetConnectOpts {
  if (text.startsWith('/')) return { path: text };
  const [, host, port] = /^\[?(.+?)\]?:(\d+)$/.exec(text)!;
  return { host: host!, port: Number(port) };
}

const LONGEST_ANSWER = 1000;

/** INSTREAM of clamd: the length, the bytes, a length of nothing; its answer ends the connection. Throws where there is none in time. */
function ask(address: NetConnectOpts, content: Buffer, ms: number): Promise<string> {
  return new Promise((resolve, reject) => {
    let told = '';
    const socket: Socket = addAbortSignal(AbortSignal.timeout(ms), connect(address));
    socket.on('data', (part) => {
      told += part.toString('latin1');
      if (told.length > LONGEST_ANSWER) socket.destroy();
    });
    /* It may say no before it has read all, and close: what it said counts. */
    socket.on('error', (error) => (told === '' ? reject(error) : resolve(told)));
    socket.on('close', () => (told === '' ? reject(new Error('it said nothing')) : resolve(told)));
    const length = Buffer.alloc(4);
    length.writeUInt32BE(content.length);
    socket.write('zINSTREAM\0');
    socket.write(length);
    socket.write(content);
    socket.write(Buffer.alloc(4));
  });
}
