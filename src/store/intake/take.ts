import type { ClientBase } from 'pg';
import type { Seal } from '../../access/seal';
import type { Session } from '../../access/session';
import { sortIntoFiles, type HouseholdFile } from './files';
import { conflicts, isSame, knownFiles } from './known';
import { landFiles } from './land';
import type { Flaw } from './line';
import type { SheetRow } from './sheet';

export interface Taken {
  /** New households, with their ids. */
  readonly landed: readonly (HouseholdFile & { readonly id: string })[];
  /** File numbers of those already there, as the rows say them. */
  readonly unchanged: readonly string[];
  /** File numbers of all others. */
  readonly refused: readonly string[];
  /** By rows. */
  readonly flaws: readonly Flaw[];
}

/** Takes the households of rows in, in the transaction of its caller, one after the other in a region: whole, or not at all. */
export async function takeHouseholds(
  ctx: Session & { readonly hub: { readonly seal: Seal } },
  client: ClientBase,
  region: string,
  rows: readonly SheetRow[],
  today: string,
): Promise<Taken> {
  const { files, flaws } = sortIntoFiles(rows, today);
  const { seal } = ctx.hub;
  await client.query('select pg_advisory_xact_lock(hashtext($1))', [`importHouseholds ${region}`]);
  const known = await knownFiles(client, region, files, ctx);
  const isKnown = ({ fileNumber }: HouseholdFile): boolean => known.has(fileNumber);
  const same = files.filter((file) => isKnown(file) && isSame(file, known.get(file.fileNumber)!, seal));
  const changed = files.filter((file) => isKnown(file) && !same.includes(file));
  const fresh = files.filter((file) => !isKnown(file));
  const clashes = await conflicts(client, fresh, seal, ctx);
  const clashing = new Set(clashes.map(({ row }) => row));
  const landing = fresh.filter(({ lines }) => !lines.some(({ row }) => clashing.has(row)));
  const landed = await landFiles(client, region, landing, seal);
  const unchanged = same.map(({ fileNumber }) => fileNumber);
  const done = new Set([...unchanged, ...landed.map(({ fileNumber }) => fileNumber)]);
  return {
    ...{ landed, unchanged },
    refused: [...new Set(rows.map(({ cells }) => cells.fileNumber))].filter((each) => !done.has(each)),
    flaws: [...flaws, ...changed.map(differs), ...clashes].sort((a, b) => a.row - b.row),
  };
}

const differs = ({ lines: [{ row }] }: HouseholdFile): Flaw => ({
  ...{ row, code: 'INVALID_INPUT', field: 'fileNumber' },
  detail: '该档案已存在且内容不同；导入不改动已有档案，请办理成员变更',
});
