import { makeMasterKey } from '../../access/crypto/envelope';
import type { Config } from '../../config';
import { rewrap } from '../../store/keys/rewrap';
import { Refusal } from '../refusal';
import { say } from '../say';
import { withOwner } from './with-table';

/** A new master key takes over: data keys stay as they are, so that no row is touched. */
export const rewrapKeys = (config: Config): Promise<void> =>
  withOwner(config, async (owner) => {
    const before = config.HUB_MASTER_KEY_BEFORE;
    if (!before) throw new Refusal('HUB_MASTER_KEY_BEFORE is missing: the master key the table is wrapped under now.');
    const [from, to] = [Buffer.from(before, 'base64'), config.secrets.MASTER_KEY].map(makeMasterKey);
    say(`${await rewrap(owner, from!, to!)} keys are wrapped under the new master key; HUB_MASTER_KEY_BEFORE may go.`);
  });
