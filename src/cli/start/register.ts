import type { Command } from 'commander';
import { startSettings } from '../start-checks';

/** `hub start`: what npm start runs. */
export function registerStart(program: Command): void {
  program
    .command('start', { isDefault: true })
    .description(
      'everything in one process: database, tables, demo people, sandbox agencies, worker, gateway (the default)',
    )
    .addHelpText(
      'after',
      '\nSettings: PORT, DATA_DIR, DATABASE_URL, REDIS_URL, DEMO_HOUSEHOLDS, DEMO_SEED, SANDBOX (see .env.example)',
    )
    .action(async () => {
      const config = await startSettings();
      const { start } = await import('./index.js');
      await start(config);
    });
}
