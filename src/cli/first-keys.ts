import { Client } from 'pg';
import { makeSeal, type Seal } from '../access/seal';
import type { Config } from '../config';
import { openKeys, type FirstKeys } from '../store/keys/open';

interface Given {
  readonly config: Pick<Config, 'secrets'>;
  readonly signingKeyPem?: string;
}

/** Keys that enter an empty key table; later ones are made by `hub keys rotate`. */
export const firstKeys = ({ config: { secrets }, signingKeyPem }: Given): FirstKeys => ({
  seal: secrets.SEAL_KEY,
  index: secrets.INDEX_KEY,
  cursor: secrets.CURSOR_KEY,
  purpose: secrets.PURPOSE_KEY,
  service: secrets.SERVICE_KEY,
  ...(signingKeyPem ? { signing: Buffer.from(signingKeyPem) } : {}),
});

/** The seal of a hub that is not running: for what fills its tables beforehand. */
export async function sealOf(config: Config, ownerUrl: string): Promise<Seal> {
  const owner = new Client({ connectionString: ownerUrl });
  await owner.connect();
  try {
    const keys = await openKeys({ db: owner, masterSecret: config.secrets.MASTER_KEY, first: firstKeys({ config }) });
    return makeSeal(keys.of('seal'), keys.of('index'));
  } finally {
    await owner.end();
  }
}
