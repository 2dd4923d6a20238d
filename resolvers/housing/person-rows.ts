import type DataLoader from 'dataloader';
import type { PersonalSelect } from '../../src/audit/reads';
import type { RequestContext } from '../../src/context';
import { nameInScope } from '../../src/store/name-in-scope';
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

/** Columns of a person, for a statement that calls the table `p`; `number`: the parameter that says whether the number is wanted. */
export const personColumns = (number: string): string =>
  `p.region_code as "registeredIn", ${nameInScope('p')} as name, p.birth_date as "birthDate",
   case when ${number} then p.id_number end as "sealedNumber"`;

/** As {@link personColumns} gives it. */
export type PersonColumns = Omit<PersonRow, 'id' | 'regionCode'> & { readonly registeredIn: string };

const PERSONS: PersonalSelect = {
  name: 'persons',
  takes: 2,
  text: `select p.id as person_id, ${personColumns('$2')} from person p where p.id = any($1::uuid[])`,
};

export const personOf = (id: string, { registeredIn: regionCode, ...columns }: PersonColumns): PersonRow => ({
  id,
  regionCode,
  ...columns,
});

/** One of a request's persons: all that are asked for with the same fields are read by one statement. Null out of scope. */
export const loadPerson = (ctx: RequestContext, id: string, selected: ReadonlySet<string>): Promise<PersonRow | null> =>
  personsOf(ctx, looked('Person', selected)).load(id);

/** The request's persons, looked at for these fields. */
export const personsOf = (ctx: RequestContext, fields: readonly string[]): DataLoader<string, PersonRow | null> =>
  loaderOf(ctx, `persons ${fields.join()}`, async (ids) => {
    const values = [ids, fields.includes('idNumber')];
    const look = { source: 'housing', fields };
    const rows = await readPersonal<PersonColumns & { person_id: string }>(ctx.hub.db.app, PERSONS, values, look, ctx);
    return inOrder(
      ids,
      rows.map(({ person_id: id, ...columns }) => personOf(id, columns)),
      ({ id }) => id,
    );
  });
