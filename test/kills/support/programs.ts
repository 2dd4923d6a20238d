import type { Client } from 'pg';
import { enterDemoPartner } from '../../../src/cli/demo-partner';
import { openIssuer, type SandboxIssuer } from '../../../src/cli/issuer';
import { writeControlAddress } from '../../../src/exchange/sandbox/control-file';
import type { Stage } from '../../cross-check/stage';
import { UNCOUNTED } from '../../server/support/stage';
import { runHub, type Program, type Settings } from '../../support/program';

/** The halves of the real hub, each in a process of its own, for a test to kill. */
export interface Programs {
  readonly issuer: SandboxIssuer;
  work(): Program;
  /** Resolves with its address once it serves. */
  serve(): Promise<Served>;
  /** Ends what a failed test has left. */
  close(): Promise<void>;
}

export interface Served {
  readonly program: Program;
  /** Without a slash at the end. */
  readonly url: string;
}

/** Over a stage's database and agencies. */
export async function programsOf({ base, parts, sandbox }: Stage): Promise<Programs> {
  const dataDir = parts.env.DATA_DIR!;
  await enterDemoPartner(base.owner); // the sandbox's gateway registers its sample query for it
  writeControlAddress(dataDir, { url: sandbox.control.url, token: sandbox.control.token });
  return programsOn(dataDir, { ...parts.env, DATABASE_URL: parts.ownerUrl });
}

export async function programsOn(dataDir: string, more: Settings): Promise<Programs> {
  const settings = { DATA_DIR: dataDir, PORT: '0', AUDIT_HEAD_SECONDS: '1', ...UNCOUNTED, ...more };
  const started: Program[] = [];
  const run = (...args: string[]): Program => {
    const program = runHub(args, settings);
    started.push(program);
    return program;
  };
  return {
    issuer: await openIssuer({ dataDir, audience: 'anju-hub', port: 0 }),
    work: () => run('work'),
    async serve() {
      const program = run('serve');
      const [, url] = await program.says(/Serving at (http:\S+)\/graphql/);
      return { program, url: url! };
    },
    close: async () => void (await Promise.all(started.map((program) => program.end('SIGKILL')))),
  };
}

/** Transactions whose writes anybody sees. */
export async function commits(owner: Client): Promise<number> {
  const { rows } = await owner.query<{ n: number }>('select count(distinct tx)::int as n from write_entry');
  return rows[0]!.n;
}

/** Bytes that PostgreSQL has written to its log since a place there: progress, finer than any count of rows. */
export async function written(owner: Client, since = '0/0'): Promise<number> {
  const { rows } = await owner.query<{ bytes: string }>(
    'select pg_wal_lsn_diff(pg_current_wal_insert_lsn(), $1::pg_lsn) as bytes',
    [since],
  );
  return Number(rows[0]!.bytes);
}
