import { randomUUID } from 'node:crypto';
import type { RunningHub } from '../../support/running-hub';

type Owner = Pick<RunningHub, 'base'>;

/** A unit code that nobody has: GB/T 37346. */
export const unitCode = (county: string): string => {
  const digits = (many: number) =>
    String(BigInt(`0x${randomUUID().replaceAll('-', '')}`))
      .slice(-many)
      .padStart(many, '0');
  return `${county.padEnd(6, '0').slice(0, 6)}${digits(6)}GB${digits(5)}F${digits(8)}`;
};

/** A dwelling of the region's stock, with a step behind it; the guards look away meanwhile. */
export async function plantDwelling({ base: { owner } }: Owner, region: string): Promise<string> {
  const id = randomUUID();
  const guards = { dwelling: 'begin_dwelling', dwelling_step: 'take_dwelling_step' } as const;
  for (const [table, guard] of Object.entries(guards))
    await owner.query(`alter table ${table} disable trigger ${guard}`);
  await owner.query(
    `insert into dwelling (id, region_code, unit_code, project, address, programme, unit_type, area_cm2, area_kind, owner, manager, state, version, recorded_at, recorded_by)
     values ($1, $2, $3, 'x', 'x', 'LOW_RENT', 'x', 500000, 'GROSS', 'x', 'x', 'PLANNED', 9, '2026-10-01', 'x')`,
    [id, region, unitCode(region)],
  );
  await owner.query(
    `insert into dwelling_step (id, region_code, dwelling_id, version, kind, to_state, at, on_day, taken_by, role, office)
     values (gen_random_uuid(), $1, $2, 1, 'START', 'PLANNED', '2026-10-02', '2026-10-02', 'x', 'COUNTY_HOUSING', $1)`,
    [region, id],
  );
  for (const [table, guard] of Object.entries(guards))
    await owner.query(`alter table ${table} enable trigger ${guard}`);
  return id;
}
