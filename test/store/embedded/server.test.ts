import { fork } from 'node:child_process';
import { once } from 'node:events';
import { existsSync, mkdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { Client } from 'pg';
import { startEmbedded, type EmbeddedServer } from '../../../src/store/embedded';
import { isAlive } from '../../../src/store/embedded/alive';
import { postmasterOf } from '../../../src/store/embedded/postmaster';
import { testFolder } from '../../support/folder';

const folder = testFolder();
const running = new Set<EmbeddedServer>();
afterEach(async () => {
  for (const server of running) await server.stop();
  running.clear();
});

async function start(name: string): Promise<EmbeddedServer> {
  const server = await startEmbedded({ dataDir: join(folder, name), database: 'anju', throwaway: true });
  running.add(server);
  return server;
}

async function ask<Row>(server: EmbeddedServer, statement: string): Promise<Row[]> {
  const client = new Client({ connectionString: server.ownerUrl });
  await client.connect();
  return client.query(statement).then(
    async ({ rows }) => (await client.end(), rows as Row[]),
    async (error) => (await client.end(), Promise.reject(error)),
  );
}

const modeOf = (file: string) => statSync(file).mode & 0o777;

describe('the embedded server', () => {
  it('keeps rows, port and passwords over a restart, and its passwords to itself', async () => {
    const first = await start('kept');
    await ask(first, 'create table kept (n int); insert into kept values (7)');
    await first.stop();
    const second = await start('kept');
    expect(await ask(second, 'select n from kept')).toEqual([{ n: 7 }]);
    expect(second.ownerUrl).toBe(first.ownerUrl);
    expect(modeOf(join(folder, 'kept', 'postgres.json'))).toBe(0o600);
  });

  it('gives the hub an owner who may make databases and logins and is no superuser', async () => {
    const [rights] = await ask(
      await start('kept'),
      'select rolsuper, rolcreatedb, rolcreaterole from pg_roles where rolname = user',
    );
    expect(rights).toEqual({ rolsuper: false, rolcreatedb: true, rolcreaterole: true });
  });

  it('listens on the loopback only, wants a password and sorts Chinese names by pinyin', async () => {
    const server = await start('kept');
    expect(await ask(server, "select name from (values ('张'), ('白'), ('乌')) as t (name) order by name")).toEqual([
      { name: '白' },
      { name: '乌' },
      { name: '张' },
    ]);
    expect(await ask(server, 'show listen_addresses')).toEqual([{ listen_addresses: '127.0.0.1' }]);
    const intruder = new Client({ connectionString: server.ownerUrl.replace(/:[^:@]+@/, ':guess@') });
    await expect(intruder.connect()).rejects.toMatchObject({ code: '28P01' });
  });

  it('never writes a row into its log', async () => {
    const server = await start('kept');
    await ask(server, 'create table strict (n text check (n is null))');
    await expect(ask(server, "insert into strict values ('110101199003074514')")).rejects.toMatchObject({
      code: '23514',
    });
    const log = readFileSync(join(folder, 'kept', 'pg.log'), 'utf8');
    expect(log).toContain('violates check constraint');
    expect(log).not.toContain('110101199003074514');
  });

  it('takes another port when its own is in use', async () => {
    const first = await start('kept');
    await first.stop();
    const port = Number(new URL(first.ownerUrl).port);
    const { createServer } = await import('node:net');
    const squatter = createServer().listen(port, '127.0.0.1');
    await once(squatter, 'listening');
    const second = await start('kept').finally(() => squatter.close());
    expect(Number(new URL(second.ownerUrl).port)).not.toBe(port);
  });
});

describe('after a run that was killed', () => {
  it('stops the server left behind and keeps what was committed', async () => {
    const dataDir = join(folder, 'killed');
    const child = fork(join(__dirname, '../../support/start-and-wait.ts'), [dataDir], {
      execArgv: ['-r', '@swc-node/register'],
    });
    await once(child, 'message');
    child.kill('SIGKILL');
    await once(child, 'exit');
    const orphan = postmasterOf(join(dataDir, 'pg'))!;
    expect(isAlive(orphan.pid)).toBe(true);
    const server = await start('killed');
    expect(isAlive(orphan.pid)).toBe(false);
    expect(await ask(server, 'select n from committed')).toEqual([{ n: 1 }]);
  });

  it('leaves a program alone that has got the number of the dead server', async () => {
    const first = await start('kept');
    await first.stop();
    writeFileSync(
      join(first.cluster, 'postmaster.pid'),
      `${process.pid}\n${first.cluster}\n0\n5432\n\n127.0.0.1\n\nready\n`,
    );
    const second = await start('kept');
    expect(await ask(second, 'select 1 as one')).toEqual([{ one: 1 }]);
  });
});

describe('on an awkward machine', () => {
  const asRoot = process.getuid?.() === 0;

  it('works under umask 077', async () => {
    const before = process.umask(0o077);
    const server = await start('umask').finally(() => process.umask(before));
    expect(await ask(server, 'select 1 as one')).toEqual([{ one: 1 }]);
  });

  it('works below a folder that only its owner may enter', async () => {
    mkdirSync(join(folder, 'closed'), { mode: 0o700 });
    const server = await start('closed/.data');
    expect(await ask(server, 'select 1 as one')).toEqual([{ one: 1 }]);
    expect(existsSync(join(folder, 'closed', '.data', 'pg'))).toBe(!asRoot);
    expect(server.cluster.startsWith(asRoot ? '/var/tmp/anju-' : folder)).toBe(true);
    await server.stop();
    if (asRoot) rmSync(join(server.cluster, '..'), { recursive: true });
  });

  it('says what to do when its passwords are lost', async () => {
    const server = await start('lost');
    await server.stop();
    writeFileSync(join(folder, 'lost', 'postgres.json'), '');
    await expect(start('lost')).rejects.toThrow(/remove that folder to start afresh, or set DATABASE_URL/);
  });
});
