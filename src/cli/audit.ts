import type { Command } from 'commander';
import { settings } from './settings';
import { say, warn } from './say';
import { withServer } from './server';

interface VerifyOptions {
  readonly folder?: string;
  readonly keys?: string;
}

const TELL_EVERY_MS = 2_000;

/** `hub audit`: the read and write log, checked by a program that shares no code with its writer. */
export function registerAudit(program: Command): void {
  const audit = program
    .command('audit')
    .description('the read and write log: check it, prune it, erase somebody from it');
  audit
    .command('verify')
    .description('check the whole log against the tree heads signed outside the database; name the first bad entry')
    .option('--folder <folder>', 'where heads.log, leaves.bin and keys.json are (default: AUDIT_DIR)')
    .option('--keys <file>', 'public keys (JWKS) kept elsewhere, instead of keys.json of the folder')
    .addHelpText('after', '\nExit code: 0 the log is what was signed; 1 it is not; 2 nothing can be said.')
    .action(async (options: VerifyOptions) => void (process.exitCode = await verify(options).catch(cannotSay)));
}

/** 1 is kept for a log that is not what was signed. */
function cannotSay(error: Error): number {
  warn(error.message);
  return 2;
}

async function verify({ folder, keys }: VerifyOptions): Promise<number> {
  const config = settings();
  const { reportOn } = await import('../verify/report.js');
  let told = performance.now();
  const onProgress = (done: number): void => {
    if (performance.now() - told < TELL_EVERY_MS) return;
    told = performance.now();
    warn(`${done} entries …`);
  };
  return withServer(config, 'hub audit verify', ({ ownerUrl }) =>
    reportOn({ databaseUrl: ownerUrl, folder: folder ?? config.auditDir, keysFile: keys, onProgress }, say),
  );
}
