import { makeMasterKey } from '../../access/crypto/envelope';
import type { KeyProvider, KeyPurpose } from '../../access/keyring';
import type { Config } from '../../config';
import { introduceKey } from '../../store/keys/introduce';
import { Refusal } from '../refusal';
import { say } from '../say';
import { withKeyTable } from './with-table';

/** Introduces a key of the suite that the settings name. */
export const rotateKey = (config: Config, purpose: KeyPurpose, settle: number): Promise<void> =>
  withKeyTable(config, async (owner) => {
    const master = makeMasterKey(config.secrets.MASTER_KEY);
    const provider: KeyProvider = purpose === 'signing' ? config.SIGNING_PROVIDER : config.SEAL_PROVIDER;
    const id = await introduceKey(owner, master, { purpose, provider, settle });
    if (!id) throw new Refusal(`A rotation of the ${purpose} key is under way: see npm run hub -- keys list.`);
    say(
      `${purpose} ${id} is introduced and will be used in ${settle} s, as soon as a worker runs (hub start, hub work).`,
    );
    say('What follows is shown by: npm run hub -- keys list');
  });
