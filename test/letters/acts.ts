import fc from 'fast-check';
import { beijingDay } from '../../src/access/day';
import { closeCase } from '../../src/commands/close-case';
import { draftLetter } from '../../src/commands/draft-letter';
import { endLetter } from '../../src/commands/end-letter';
import { openCase } from '../../src/commands/open-case';
import { registerLetter } from '../../src/commands/register-letter';
import { signLetter } from '../../src/commands/sign-letter';
import { days } from '../../src/exchange/time';
import { expireLetters } from '../../src/jobs/expire-letters';
import { inScope } from '../../src/store/database';
import { CaseEnd, CaseKind } from '../../schema/housing/case';
import { Programme } from '../../schema/programme';
import { LetterEnd } from '../../schema/sharing/letter';
import { Signature } from '../../schema/sharing/letter-member';
import { HONGSHAN } from '../commands/support/office';
import type { ModelHome, ModelLetter } from './model';
import { PURPOSE, SOURCES, type World } from './world';

/** Something somebody does. Numbers choose among what there is. */
interface Terms {
  readonly home: number;
  readonly sources: readonly string[];
  readonly term: number;
}
interface Asking {
  readonly do: 'ASK';
  readonly letter: number;
  readonly source: number;
  /** About everybody there is, and not only about those the letter names. */
  readonly stranger: boolean;
  readonly meanwhile: Act | null;
  readonly race: Act | null;
}
export type Act =
  | (Terms & { readonly do: 'REGISTER' | 'DRAFT' })
  | { readonly do: 'OPEN'; readonly home: number }
  | {
      readonly do: 'SIGN';
      readonly letter: number;
      readonly person: number;
      readonly by: number;
      readonly own: boolean;
    }
  | { readonly do: 'SIGN_ALL'; readonly letter: number }
  | { readonly do: 'JOIN' | 'LEAVE'; readonly home: number; readonly person: number }
  | { readonly do: 'END'; readonly letter: number; readonly reason: LetterEnd }
  | { readonly do: 'CLOSE'; readonly home: number; readonly as: CaseEnd; readonly bulk: boolean }
  | { readonly do: 'WAIT'; readonly days: number }
  | { readonly do: 'EXPIRE' | 'FORCE' }
  | Asking;

const index = fc.nat(11);
const terms = { home: index, sources: fc.subarray(SOURCES, { minLength: 1 }), term: fc.nat(20) };
const letter = { letter: index };
const joining = fc.record({ do: fc.constantFrom('JOIN' as const, 'LEAVE' as const), home: index, person: index });
const ending: fc.Arbitrary<Act> = fc.oneof(
  joining,
  fc.record({ do: fc.constant('END' as const), ...letter, reason: fc.constantFrom(...Object.values(LetterEnd)) }),
  fc.record({
    do: fc.constant('CLOSE' as const),
    home: index,
    as: fc.constantFrom(...Object.values(CaseEnd)),
    bulk: fc.boolean(),
  }),
);
const changing: fc.Arbitrary<Act> = fc.oneof(
  ending,
  fc.record({ do: fc.constant('OPEN' as const), home: index }),
  fc.record({ do: fc.constantFrom('REGISTER' as const, 'REGISTER' as const, 'DRAFT' as const), ...terms }),
  fc.record({ do: fc.constant('SIGN' as const), ...letter, person: index, by: index, own: fc.boolean() }),
  fc.record({ do: fc.constant('SIGN_ALL' as const), ...letter }),
  fc.record({ do: fc.constant('WAIT' as const), days: fc.integer({ min: 1, max: 8 }) }),
  fc.record({ do: fc.constantFrom('EXPIRE' as const, 'FORCE' as const) }),
);
const none = (act: fc.Arbitrary<Act>): fc.Arbitrary<Act | null> => fc.option(act, { freq: 2, nil: null });
const asking: fc.Arbitrary<Act> = fc.record({
  do: fc.constant('ASK' as const),
  ...{ ...letter, source: index, stranger: fc.boolean(), meanwhile: none(changing), race: none(ending) },
});
export const acts = fc.array(fc.oneof(changing, { arbitrary: asking, weight: 2 }), { minLength: 8, maxLength: 24 });

/** Of a list by a number; nothing of an empty one. The last ones are the likeliest to be alive. */
const pick = <One>(list: readonly One[], at: number): One | undefined =>
  list[(list.length - 1 - (at % list.length)) % list.length];

/** Does it, in the hub and in the model; what the model forbids, the hub must refuse. */
export async function perform(world: World, act: Act): Promise<void> {
  const { model } = world;
  if ('letter' in act) {
    const chosen = pick(model.letters, act.letter);
    if (chosen) await withLetter(world, act, chosen);
  } else if ('home' in act) await withHome(world, act, model.homes[act.home % model.homes.length]!);
  else if (act.do === 'WAIT') {
    world.now = new Date(world.now.getTime() + days(act.days));
    model.today = beijingDay(world.now);
  } else if (act.do === 'EXPIRE') {
    await expireLetters.run(null, world.ctx.hub, new AbortController().signal);
    model.end(({ validUntil }) => validUntil < model.today, 'EXPIRED');
  } else await force(world);
}

/** Bulk SQL of the app itself brings nothing into force that is not signed, and nothing back to life. */
async function force(world: World): Promise<void> {
  const { db } = world.office.hub;
  const ids = world.model.letters.filter(({ state }) => state !== 'ACTIVE').map(({ id }) => id);
  if (ids.length === 0) return;
  const text = `update letter set state = 'ACTIVE', signed_on = '2026-11-22', ended_on = null, end_reason = null where id = any ($1::uuid[])`;
  await expect(inScope(db.app, [HONGSHAN], (client) => client.query(text, [ids]))).rejects.toMatchObject({
    code: '23514',
  });
}

async function withHome(world: World, act: Extract<Act, { home: number }>, home: ModelHome): Promise<void> {
  const { model, ctx } = world;
  if (act.do === 'OPEN') return open(world, home);
  if ('person' in act) return move(world, act, home);
  if (act.do === 'CLOSE') {
    if (!home.caseId) return;
    const { caseId } = home;
    if (act.bulk) await closeByHand(world, caseId, act.as);
    else await closeCase(ctx, { caseId, as: act.as });
    home.caseId = null;
    model.end((one) => one.caseId === caseId, { SETTLED: 'CASE_CLOSED', FAILED: 'FAILED', EXIT: 'EXIT' }[act.as]);
    return;
  }
  const guardian = [...home.members].find(model.isAdult);
  if (!home.caseId || home.members.size === 0) return;
  const validUntil = beijingDay(new Date(world.now.getTime() + days(act.term)));
  const input = { caseId: home.caseId, purpose: PURPOSE, sources: act.sources, noticeVersion: '1', validUntil };
  const made = {
    home,
    caseId: home.caseId,
    named: new Set(home.members),
    sources: act.sources,
    validUntil,
    reason: null,
  };
  if (act.do === 'DRAFT') {
    const { id } = await draftLetter(ctx, input);
    model.letters.push({ ...made, id, signed: new Set(), state: 'DRAFTED' });
    return;
  }
  const members = [...home.members].map((personId) =>
    model.isAdult(personId)
      ? { personId, signature: Signature.SELF }
      : { personId, signature: Signature.GUARDIAN, signedBy: guardian },
  );
  const registering = registerLetter(ctx, { ...input, signedOn: model.today, members });
  if (!guardian) return void (await expect(registering).rejects.toMatchObject({ code: 'LETTER_INCOMPLETE' }));
  const { id, state } = await registering;
  expect(state).toBe('ACTIVE');
  model.letters.push({ ...made, id, signed: new Set(home.members), state: 'ACTIVE' });
}

/** As bulk SQL of the app would close it. */
async function closeByHand({ office, model }: World, caseId: string, as: CaseEnd): Promise<void> {
  const text = 'update housing_case set closed_on = $2, closed_as = $3 where id = $1';
  await inScope(office.hub.db.app, [HONGSHAN], (client) => client.query(text, [caseId, model.today, as]));
}

async function open({ model, ctx }: World, home: ModelHome): Promise<void> {
  const applicantId = [...home.members].find(model.isAdult);
  if (home.caseId || !applicantId) return;
  const application = { kind: CaseKind.APPLICATION, programme: Programme.LOW_RENT, householdId: home.id, applicantId };
  home.caseId = (await openCase(ctx, application)).id;
}

/** There is no verb for it yet: rows change as an import or a clerk's correction would change them. */
async function move(world: World, act: Extract<Act, { person: number; home: number }>, home: ModelHome): Promise<void> {
  const { model, office } = world;
  const present = [...home.members];
  const absent = [...model.people.keys()].filter((one) => !home.members.has(one));
  const person = pick(act.do === 'JOIN' ? absent : present, act.person);
  if (!person) return;
  const [joins, leaves] = [
    `insert into household_member values (gen_random_uuid(), $4, $1, $2, 'OTHER', '某', $3)`,
    'update household_member set to_date = $3 where household_id = $1 and person_id = $2 and to_date is null and region_code = $4',
  ];
  const values = [home.id, person, model.today, HONGSHAN];
  await inScope(office.hub.db.app, [HONGSHAN], (client) => client.query(act.do === 'JOIN' ? joins : leaves, values));
  if (act.do === 'JOIN') home.members.add(person);
  else home.members.delete(person);
  model.end((one) => one.home === home, 'MEMBERS_CHANGED');
}

async function withLetter(world: World, act: Extract<Act, { letter: number }>, one: ModelLetter): Promise<void> {
  const { model, ctx } = world;
  if (act.do === 'ASK') return ask(world, act, one);
  if (act.do === 'END') {
    const ended = endLetter(ctx, { letterId: one.id, reason: act.reason });
    const given = act.reason === LetterEnd.CASE_CLOSED || act.reason === LetterEnd.EXPIRED;
    const code = given ? 'INVALID_INPUT' : one.state === 'ENDED' ? 'LETTER_ENDED' : null;
    if (code) return void (await expect(ended).rejects.toMatchObject({ code }));
    await ended;
    return model.end((each) => each === one, act.reason);
  }
  if (act.do === 'SIGN') {
    const person = pick([...model.people.keys()], act.person)!;
    return sign(world, one, person, act.own ? person : pick([...model.people.keys()], act.by)!);
  }
  const guardian = [...one.home.members].find(model.isAdult);
  for (const person of one.named)
    await sign(world, one, person, model.isAdult(person) || !guardian ? person : guardian);
}

async function sign({ model, ctx }: World, one: ModelLetter, personId: string, signedBy: string): Promise<void> {
  const signature = personId === signedBy ? Signature.SELF : Signature.GUARDIAN;
  const signing = signLetter(ctx, { letterId: one.id, personId, signature, signedBy });
  const alive = one.state !== 'ENDED' && one.validUntil >= model.today;
  const code = !alive
    ? 'LETTER_ENDED'
    : one.state === 'ACTIVE'
      ? 'LETTER_IN_FORCE'
      : !model.isLawful(one, personId, signedBy)
        ? 'LETTER_INCOMPLETE'
        : one.signed.has(personId)
          ? 'INVALID_INPUT'
          : null;
  if (code) return void (await expect(signing).rejects.toMatchObject({ code }));
  const { state } = await signing;
  model.sign(one, personId);
  expect(state).toBe(one.state);
}

/** Asks about everybody there is under one letter; while the first call is out something may happen, and somebody may race it. */
async function ask(world: World, act: Extract<Act, { do: 'ASK' }>, one: ModelLetter): Promise<void> {
  const { model } = world;
  const people = act.stranger ? [...model.people.keys()] : [...one.named];
  const { id: letterId, caseId, home } = one;
  const asks = people.map((personId) => ({ personId, householdId: home.id, caseId, letterId, regionCode: HONGSHAN }));
  const { meanwhile, race } = act;
  world.meanwhile = meanwhile ? () => perform(world, meanwhile) : undefined;
  const asking = world.ask(SOURCES[act.source % SOURCES.length]!, ['tally', 'word'], asks);
  if (race && !meanwhile) await perform(world, race);
  await asking;
}
