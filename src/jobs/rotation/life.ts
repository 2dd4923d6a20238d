import type { KeyPurpose } from '../../access/keyring';
import type { Database } from '../../store/database';
import { SETTLE_S } from '../../store/keys/open';

const HOUR = 3600;
const DAY = 24 * HOUR;

/** How long what a key signed is used, seconds. What is sealed or indexed is renewed: such a key goes when no row needs it. */
const LIVES: Readonly<Record<Exclude<KeyPurpose, 'purpose'>, number>> = {
  seal: SETTLE_S,
  index: SETTLE_S,
  cursor: DAY,
  service: HOUR,
  objector: SETTLE_S,
  signing: SETTLE_S, // the public half stays published
  pseudonym: 90 * DAY, // partners rename what they keep meanwhile
};

const LONGEST_LETTER = `
  select greatest(0, extract(epoch from max(valid_until) + 1 - now()))::float8 as seconds from letter where ended_on is null`;

/** A purpose token lives as long as its letter. */
export async function lifeOf({ engine }: Database, purpose: KeyPurpose): Promise<number> {
  if (purpose !== 'purpose') return LIVES[purpose];
  const { rows } = await engine.query<{ seconds: number | null }>(LONGEST_LETTER);
  return rows[0]!.seconds ?? 0;
}
