import { Command } from 'commander';
import { registerMigrate } from './migrate';
import { registerToken } from './token';

/** The command line. Each command loads what it needs when it runs, so that --help and token stay quick. */
export function makeProgram(): Command {
  const program = new Command('hub')
    .description(
      'Anju 安居: housing-security information sharing hub. Settings come from the environment, see .env.example.',
    )
    .showHelpAfterError('(see --help)')
    .configureHelp({ sortSubcommands: false, showGlobalOptions: false })
    .addHelpText('after', '\nThrough npm: npm run hub -- <command> [options]');
  registerMigrate(program);
  registerToken(program);
  return program;
}
