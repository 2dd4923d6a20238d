import type { Hub } from '../context';
import type { Job } from '../queue/job';

const HOUR_MS = 3_600_000;
const BATCH = 500;
const KNOWN = 'select id from application_document where id = any ($1::uuid[])';

type Sweeping = Pick<Hub, 'db' | 'files' | 'now' | 'config'>;

/** Removes files that no document is of: of an upload that fell between its file and its record, once it is surely over. */
export const sweepFiles: Job<Sweeping> = {
  task: 'sweep-files',
  schedule: '50 * * * *',
  async run(_payload, hub, signal) {
    const before = hub.now().getTime() - hub.config.FILE_SWEEP_HOURS * HOUR_MS;
    let batch: string[] = [];
    for await (const { id, at } of hub.files.list()) {
      if (signal.aborted) return;
      if (at.getTime() >= before) continue;
      batch.push(id);
      if (batch.length < BATCH) continue;
      await removeUnknown(hub, batch);
      batch = [];
    }
    await removeUnknown(hub, batch);
  },
};

async function removeUnknown({ db, files }: Sweeping, ids: readonly string[]): Promise<void> {
  if (ids.length === 0) return;
  const { rows } = await db.engine.query<{ id: string }>(KNOWN, [ids]);
  const known = new Set(rows.map(({ id }) => id));
  for (const id of ids) if (!known.has(id)) await files.remove(id);
}
