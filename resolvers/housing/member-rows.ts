import type { PersonalSelect } from '../../src/audit/reads';
import type { RequestContext } from '../../src/context';
import { readPersonal } from '../../src/store/reads';
import type { HouseholdMember } from '../../schema/housing/household-member';
import { groupedInOrder, loaderOf } from '../loader';
import { looked, wantsOnlyId } from '../look';
import { personColumns, personOf, personsOf, type PersonColumns } from './person-rows';

const MEMBER_COLUMNS = `m.person_id, m.id, m.household_id as "householdId", m.region_code as "regionCode", m.relation,
           m.declared_name as "declaredName", m.from_date as since, m.to_date as until`;
const IN_ORDER = `where m.household_id = any($1::uuid[]) order by m.from_date, m.relation <> 'APPLICANT', m.id`;

const MEMBERS: PersonalSelect = {
  name: 'members',
  takes: 1,
  text: `select ${MEMBER_COLUMNS} from household_member m ${IN_ORDER}`,
};
const WITH_PERSONS: PersonalSelect = {
  name: 'members-with-persons',
  takes: 2,
  text: `select ${MEMBER_COLUMNS}, ${personColumns('$2')}
         from household_member m join person p on p.id = m.person_id ${IN_ORDER}`,
};

type MemberRow = Omit<HouseholdMember, 'personId'> & { readonly person_id: string };

/**
 * Members of a household, in the order they joined; those of all households of a request by one statement. Where the
 * query goes on to the persons, they are read, and logged, with their membership.
 * @param persons fields selected on the person of each member
 */
export function membersOf(
  ctx: RequestContext,
  householdId: string,
  selected: ReadonlySet<string>,
  persons: ReadonlySet<string> | undefined,
): Promise<HouseholdMember[]> {
  const fields = looked('HouseholdMember', selected);
  const all =
    persons && !wantsOnlyId(persons) ? allOf(ctx, fields, looked('Person', persons)) : membersOnly(ctx, fields);
  return all.load(householdId);
}

const membersOnly = (ctx: RequestContext, fields: readonly string[]) =>
  loaderOf(ctx, `members ${fields.join()}`, async (households) => {
    const look = { source: 'housing', fields };
    const rows = await readPersonal<MemberRow>(ctx.hub.db.app, MEMBERS, [households], look, ctx);
    return groupedInOrder(households, rows.map(memberOf), ({ householdId }) => householdId);
  });

const allOf = (ctx: RequestContext, own: readonly string[], persons: readonly string[]) =>
  loaderOf(ctx, `members ${own.join()} with persons ${persons.join()}`, async (households) => {
    const look = { source: 'housing', fields: [...own, ...persons].sort() };
    const values = [households, persons.includes('idNumber')];
    const rows = await readPersonal<MemberRow & PersonColumns>(ctx.hub.db.app, WITH_PERSONS, values, look, ctx);
    const known = personsOf(ctx, persons);
    const members = rows.map(({ registeredIn, name, birthDate, sealedNumber, ...row }) => {
      const member = memberOf(row);
      known.prime(member.personId, personOf(member.personId, { registeredIn, name, birthDate, sealedNumber }));
      return member;
    });
    return groupedInOrder(households, members, ({ householdId }) => householdId);
  });

const memberOf = ({ person_id: personId, ...member }: MemberRow): HouseholdMember => ({ ...member, personId });
