import { posix } from 'node:path';
import { sourceFault } from '../trouble';
import { PART, type Mailbox } from './box';
import { SftpLine } from './sftp-line';

/** A folder on the agency's SFTP server, whose host key is known beforehand. One connection, opened when it is needed. The folders are the agency's to make. */
export function openSftp(address: URL): Mailbox {
  const line = new SftpLine(address);
  const root = decodeURIComponent(address.pathname);
  const at = (path: string) => posix.join(root, path);
  return {
    put: (path, body, signal) =>
      line.during(signal, async (client) => {
        await client.put(body, at(path) + PART);
        await client.rename(at(path) + PART, at(path));
      }),
    get: (path, most, signal) =>
      line.during(signal, async (client) => {
        const found = await client.stat(at(path)).catch(absent);
        if (found && found.size > most) throw sourceFault();
        return found && ((await client.get(at(path)).catch(absent)) as Buffer | undefined);
      }),
    remove: (path, signal) => line.during(signal, async (client) => void (await client.delete(at(path), true))),
    list: (folder, signal) =>
      line.during(signal, async (client) => {
        const files = (await client.list(at(folder)).catch(absent)) ?? [];
        return files.map(({ name, modifyTime }) => ({ name, modifiedAt: new Date(modifyTime) }));
      }),
    close: () => line.close(),
  };
}

/** SSH_FX_NO_SUCH_FILE, as ssh2 and as the wrapper name it. */
const NO_SUCH_FILE: readonly unknown[] = [2, 'ENOENT', 'ERR_NOT_EXIST'];

function absent(error: { code?: unknown }): undefined {
  if (!NO_SUCH_FILE.includes(error.code)) throw error;
}
