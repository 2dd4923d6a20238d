import { Command } from 'commander';
import { registerArchive } from './archive/register';
import { registerAudit } from './audit';
import { registerBackup } from './backup/register';
import { registerBulk } from './bulk/register';
import { registerClauses } from './clauses/register';
import { registerExplain } from './explain/register';
import { registerKeys } from './keys/register';
import { registerMigrate } from './migrate';
import { registerParameters } from './parameters/register';
import { registerPartner } from './partner/register';
import { registerRegister } from './register';
import { registerSandbox } from './sandbox';
import { registerEmitted } from './schema';
import { registerSeed } from './seed';
import { registerServe } from './serve';
import { registerStart } from './start/register';
import { registerToken } from './token';
import { registerWhatIf } from './whatif/register';

/** The command line. Each command loads what it needs when it runs, so that --help and token stay quick. */
export function makeProgram(): Command {
  const program = new Command('hub')
    .description(
      'Anju 安居: housing-security information sharing hub. Settings come from the environment, see .env.example.',
    )
    .showHelpAfterError('(see --help)')
    .addHelpText('after', '\nThrough npm: npm run hub -- <command> [options]');
  registerStart(program);
  registerServe(program);
  registerMigrate(program);
  registerSeed(program);
  registerRegister(program);
  registerBulk(program);
  registerKeys(program);
  registerSandbox(program);
  registerToken(program);
  registerPartner(program);
  registerEmitted(program);
  registerClauses(program);
  registerExplain(program);
  registerParameters(program);
  registerWhatIf(program);
  registerArchive(program);
  registerAudit(program);
  registerBackup(program);
  return program;
}
