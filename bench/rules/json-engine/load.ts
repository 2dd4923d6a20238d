import type { MikroORM } from '@mikro-orm/postgresql';
import { Case } from '../../../schema/housing/case';
import { Entitlement } from '../../../schema/housing/entitlement';
import { Household } from '../../../schema/housing/household';
import { HouseholdMember } from '../../../schema/housing/household-member';
import { Person } from '../../../schema/housing/person';
import { Answer } from '../../../schema/sharing/answer';
import { Letter } from '../../../schema/sharing/letter';
import { LetterMember } from '../../../schema/sharing/letter-member';
import { NOW, PURPOSE, TODAY } from '../made-up/dice';
import type { HouseholdAtHand, Person as PersonAtHand } from '../row-loop/read';

const MAX_AGE_MS = 30 * 86_400_000;

/** The same households through the object mapper, a find a noun, as the documentation of either would have it. */
export async function loadByMapper(orm: MikroORM, ids: readonly string[]): Promise<HouseholdAtHand[]> {
  const em = orm.em.fork();
  const of = { householdId: { $in: [...ids] } };
  const households = await em.find(Household, { id: { $in: [...ids] } });
  const cases = grouped(await em.find(Case, { ...of, closedOn: null }), ({ householdId }) => householdId);
  const letters = await em.find(Letter, { ...of, purposeCode: PURPOSE });
  const letterOf = grouped(letters, ({ householdId }) => householdId);
  const memberOf = await membersByMapper(em, of, letters);
  const members = grouped(await em.find(HouseholdMember, of), ({ householdId }) => householdId);
  return households.map(({ id, regionCode: region }) => {
    const {
      id: caseId,
      kind,
      programme,
      applicantId,
      submittedOn,
      declaredIncomeFen: declaredFen,
    } = cases.get(id)![0]!;
    const letterId = letterOf.get(id)?.[0]?.id ?? null;
    const own = (members.get(id) ?? []).map((member) => memberOf(member, letterId));
    return { id, region, caseId, kind, programme, applicantId, submittedOn, declaredFen, letterId, members: own };
  });
}

type MemberOf = (member: HouseholdMember, letterId: string | null) => PersonAtHand;
type OfHouseholds = { householdId: { $in: string[] } };

async function membersByMapper(em: MikroORM['em'], of: OfHouseholds, letters: readonly Letter[]): Promise<MemberOf> {
  const personId = { $in: (await em.find(HouseholdMember, of)).map((member) => member.personId) };
  const persons = new Map((await em.find(Person, { id: personId })).map((person) => [person.id, person]));
  const signed = await em.find(LetterMember, { letterId: { $in: letters.map(({ id }) => id) } });
  const signatures = new Map(signed.map((row) => [`${row.letterId}/${row.personId}`, row.signature]));
  const seats = await em.find(HouseholdMember, { personId });
  const seatsOf = grouped(seats, (seat) => seat.personId);
  const running = await em.find(Entitlement, { householdId: { $in: seats.map(({ householdId }) => householdId) } });
  const benefitsOf = grouped(running.filter(isRunning), ({ householdId }) => householdId);
  const answers = await em.find(Answer, { ...of, purpose: PURPOSE }, { orderBy: { at: 'asc' } });
  const answersOf = grouped(answers, (answer) => answer.householdId + answer.personId);
  return ({ personId: id, householdId, declaredName }, letterId) => {
    const { name, birthDate } = persons.get(id)!;
    const own = seatsOf.get(id) ?? [];
    return {
      ...{ id, declaredName, name, birthDate, signature: signatures.get(`${letterId}/${id}`) ?? null },
      elsewhere: own.filter((seat) => seat.householdId !== householdId).length,
      benefits: own.flatMap((seat) => benefitsOf.get(seat.householdId) ?? []),
      answers: usable(answersOf.get(householdId + id) ?? []),
    };
  };
}

const isRunning = ({ since, until }: Entitlement): boolean => since <= TODAY && (until === null || until >= TODAY);

function usable(answers: readonly Answer[]): PersonAtHand['answers'] {
  const latest = new Map(answers.map((answer) => [answer.source, answer]));
  const fresh = [...latest.values()].filter(
    ({ status, covered, asOf }) =>
      (status === 'FOUND' || (status === 'NOT_FOUND' && covered)) &&
      asOf !== null &&
      asOf.getTime() + MAX_AGE_MS >= NOW.getTime(),
  );
  return Object.fromEntries(
    fresh.map(({ id, source, status, fields, value }) => [
      source,
      { id, found: status === 'FOUND', fields, value: value ?? {} },
    ]),
  );
}

function grouped<T>(items: readonly T[], key: (item: T) => string): Map<string, T[]> {
  const groups = new Map<string, T[]>();
  for (const item of items) {
    const group = groups.get(key(item));
    if (group) group.push(item);
    else groups.set(key(item), [item]);
  }
  return groups;
}
