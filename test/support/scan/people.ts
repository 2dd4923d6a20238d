import type { Client } from 'pg';
import { personNumber } from '../../../src/access/seal';
import type { Hub } from '../../../src/context';
import { canaries } from '../canaries';
import { keep } from './keep';

interface Peopled {
  readonly base: { readonly owner: Client };
  readonly world: { readonly owner: Client };
  readonly hub: Hub;
  readonly port: number;
}

/**
 * Every citizen number of a hub and its agencies is planted: none may be seen anywhere. Those whom a letter names may be shown
 * to an officer with a purpose; everybody else is a canary that nothing opens.
 */
export async function keepPeople({ base, world, hub, port }: Peopled): Promise<void> {
  keep('known', 'people', [...(await canaries({ world }))].join(' '));
  const { rows } = await base.owner.query<{ id: string; sealed: Buffer }>(
    'select id, id_number as sealed from person where id in (select person_id from letter_member)',
  );
  const covered = new Set(rows.map(({ id, sealed }) => hub.seal.open(sealed, personNumber(id))));
  keep('covered', 'people', [...covered, ...(await spousesOf(world.owner, covered))].join(' '), port);
}

/** A covered person's record at civil affairs names the spouse. */
async function spousesOf(world: Client, covered: ReadonlySet<string>): Promise<string[]> {
  const { rows } = await world.query<{ number: string }>(
    'select spouse_id_number as number from civil.person where id_number = any($1) and spouse_id_number is not null',
    [[...covered]],
  );
  return rows.map(({ number }) => number);
}
