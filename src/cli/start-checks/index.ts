import type { Client } from 'pg';
import { SettingsTrouble, loadConfig, type Config } from '../../config';
import { Refusal } from '../refusal';
import { databaseProblems, problemsOf } from './database';
import { signingKeyProblems } from './signing-key';

/** The settings of something that serves or works; refused with all that is wrong, the given database included. */
export async function startSettings(): Promise<Config> {
  try {
    return loadConfig();
  } catch (error) {
    if (!(error instanceof SettingsTrouble)) throw error;
    const { problems, databaseUrl, sandbox } = error;
    const more = databaseUrl ? await databaseProblems(databaseUrl, sandbox).catch(() => []) : [];
    throw new Refusal(new SettingsTrouble([...problems, ...more]).message);
  }
}

/** Before a door opens: the database must be one in which row security binds everybody, and the signing key one that signs. */
export async function requireSound(config: Config, owner: Client): Promise<void> {
  const problems = [...signingKeyProblems(config), ...(await problemsOf(owner, config.sandbox))];
  if (problems.length > 0)
    throw new Refusal(`The hub does not start:\n${problems.map((each) => `  ${each}`).join('\n')}`);
}
