import { Client } from 'pg';
import { makeSeal } from '../../access/seal';
import { makeSigner } from '../../audit/signer';
import type { Config } from '../../config';
import { makeLog } from '../../log';
import type { PackedFile, Packer } from '../../store/archive/package';
import { openDatabase } from '../../store/database';
import { openFiles } from '../../store/files/open';
import { openKeys } from '../../store/keys/open';
import { firstKeys } from '../first-keys';
import { signingKey } from '../signing-key';

const FILE = `
  select f.id, f.kind, coalesce(f.household_id, f.dwelling_id) as "subjectId", f.region_code as "regionCode" from archive_file f
  left join household h on h.id = f.household_id left join dwelling d on d.id = f.dwelling_id
  where $1 in (h.id::text, h.file_number, d.id::text, d.unit_code)`;

/** What packs files of this configuration's hub. */
export async function openPacker(config: Config, ownerUrl: string) {
  const owner = new Client({ connectionString: ownerUrl });
  await owner.connect();
  const first = firstKeys({ config, signingKeyPem: signingKey(config) });
  const keys = await openKeys({ db: owner, masterSecret: config.secrets.MASTER_KEY, first });
  const db = openDatabase(ownerUrl, config.secrets.ROLE_KEY, { max: 1 });
  const packer: Packer = {
    ...{ db, log: makeLog(config.LOG_LEVEL), files: openFiles(config) },
    ...{ seal: makeSeal(keys.of('seal'), keys.of('index')), now: () => new Date() },
    signer: makeSigner(keys.of('signing'), keys.formerSigners),
  };
  return {
    packer,
    fileOf: async (subject: string) => (await owner.query<PackedFile>(FILE, [subject])).rows[0],
    close: async () => void (await Promise.all([db.close(), owner.end()])),
  };
}
