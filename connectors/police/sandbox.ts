import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import type { AgencyContext, AgencyServer, SandboxAgency } from '../../src/exchange/sandbox/agency';
import { serveSftp, type SftpServer } from '../../src/exchange/sandbox/sftp';
import { SftpRefusal, type Counter } from '../../src/exchange/sandbox/sftp-session';
import { WIRE_MODES, type Mode } from '../../src/exchange/sandbox/mode';
import { PoliceDesk } from './sandbox-desk';
import { MEANINGS } from './sandbox-modes';

const USER = 'hub';
/** How often the police look into a shared folder. */
const LOOK_EVERY_MS = 50;

/** 公安户籍: an SFTP server over a folder, or (SANDBOX_POLICE_BY=folder) that folder itself. Over police.person. */
export const policeSandbox: SandboxAgency = {
  meanings: MEANINGS,
  async open(context: AgencyContext): Promise<AgencyServer> {
    const root = join(context.folder(), 'exchange');
    const desk = new PoliceDesk(root, context);
    await desk.open();
    const byFolder = context.setting('POLICE_BY') === 'folder';
    const looking = byFolder ? setInterval(() => void lookIn(desk, context), LOOK_EVERY_MS) : undefined;
    const password = context.secret('password');
    const { log, tally } = context;
    const refused = () => tally.add('refused');
    const sftp = { root, username: USER, password, log, refused, ...counterOf(desk, context) };
    const server = await serveSftp(sftp);
    let stranger: SftpServer | undefined;
    return {
      get upstream() {
        const { port } = (context.behaviour().mode === 'bad-tls' && stranger) || server;
        return { host: '127.0.0.1', port };
      },
      withoutTls: true,
      async prepare(mode) {
        if (mode === 'bad-tls') stranger ??= await serveSftp({ ...sftp, stranger: true });
      },
      settings: (port) => ({
        url: byFolder
          ? pathToFileURL(root).href
          : `sftp://${USER}:${password}@127.0.0.1:${port}/?hostKey=${encodeURIComponent(server.fingerprint)}`,
      }),
      async close() {
        clearInterval(looking);
        await desk.work().catch(() => undefined);
        await Promise.all([server.close(), stranger?.close()]);
      },
    };
  },
};

/** Faults of the wire have no wire here: while they last, nobody works in the folder. */
const AWAY: ReadonlySet<Mode> = new Set([...(Object.keys(WIRE_MODES) as Mode[]), 'bad-tls', '429', '500']);

async function lookIn(desk: PoliceDesk, { behaviour }: AgencyContext): Promise<void> {
  if (!AWAY.has(behaviour().mode)) await desk.work().catch(() => undefined);
}

const MANIFEST = /^\/?answers\/(.+)\.json$/;

function counterOf(desk: PoliceDesk, { behaviour, tally }: AgencyContext): Counter {
  return {
    async before(verb, path) {
      const { mode } = behaviour();
      if (mode === '429') throw new SftpRefusal('mailbox is busy, try again later');
      if (mode === '500') throw new SftpRefusal('internal failure');
      if (verb !== 'LOOK') return;
      await desk.work();
      const id = MANIFEST.exec(path)?.[1];
      if (id && !(await desk.holds(id))) tally.add('polls');
    },
    arrived: async (path) => (path.endsWith('.json') ? desk.work() : undefined),
  };
}
