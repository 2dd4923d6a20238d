import type { PersonalSelect } from '../../src/audit/reads';
import type { RequestContext } from '../../src/context';
import { readPersonal } from '../../src/store/reads';
import { inOrder, loaderOf } from '../loader';
import { looked } from '../look';

/** A person as read. Birth date and region are always there: masks need them. The sealed number only where it was asked for. */
export interface PersonRow {
  readonly id: string;
  readonly regionCode: string;
  readonly name: string;
  readonly birthDate: string;
  readonly sealedNumber: Buffer | null;
}

const PERSONS: PersonalSelect = {
  name: 'persons',
  takes: 2,
  text: `select id as person_id, id, region_code as "regionCode", name_in_scope(person) as name, birth_date as "birthDate",
           case when $2 then id_number end as "sealedNumber"
         from person where id = any($1::uuid[])`,
};

/** One of a request's persons: all that are asked for with the same fields are read by one statement. Null out of scope. */
export async function loadPerson(
  ctx: RequestContext,
  id: string,
  selected: ReadonlySet<string>,
): Promise<PersonRow | null> {
  const fields = looked('Person', selected);
  const loader = loaderOf(ctx, `persons ${fields.join()}`, async (ids) => {
    const values = [ids, fields.includes('idNumber')];
    const rows = await readPersonal<PersonRow>(ctx.hub.db.app, PERSONS, values, { source: 'housing', fields }, ctx);
    return inOrder(ids, rows, (row) => row.id);
  });
  return loader.load(id);
}
