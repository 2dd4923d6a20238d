import { Argument, InvalidArgumentError, type Command } from 'commander';
import { KEY_PURPOSES, type KeyPurpose } from '../../access/keyring';
import { settings } from '../settings';

interface RotateOptions {
  readonly settle: number;
}

const DEFAULT_SETTLE = 30;

/** `hub keys`: the data keys of the key table. */
export function registerKeys(program: Command): void {
  const keys = program
    .command('keys')
    .description('data keys: what there is, and rotation while the hub works (docs/how-to/rotate-keys.md)');
  keys
    .command('list')
    .description('every key with its state, the rows under it, and rotations under way')
    .action(async () => (await import('./list.js')).listKeys(settings()));
  keys
    .command('rotate')
    .description('introduce a new key; the worker does the rest, and the old key is retired when nothing needs it')
    .addArgument(new Argument('<purpose>').choices(KEY_PURPOSES))
    .option('--settle <seconds>', 'until every process has heard of the key and it is used', seconds, DEFAULT_SETTLE)
    .action(async (purpose: KeyPurpose, { settle }: RotateOptions) =>
      (await import('./rotate.js')).rotateKey(settings(), purpose, settle),
    );
  keys
    .command('rewrap')
    .description('wrap every key under HUB_MASTER_KEY; the one before is given as HUB_MASTER_KEY_BEFORE')
    .action(async () => (await import('./rewrap.js')).rewrapKeys(settings()));
}

function seconds(text: string): number {
  if (!/^\d{1,5}$/.test(text)) throw new InvalidArgumentError('a whole number of seconds.');
  return Number(text);
}
