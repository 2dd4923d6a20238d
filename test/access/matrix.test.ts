import { buildSchema } from 'graphql';
import { ROLES, type Role } from '../../src/access/viewer';
import { committedSupergraph } from '../../src/cli/committed-supergraph';
import { numbersIn, tablesAsText } from '../support/canaries';
import { askRegistered } from '../support/partners';
import type { Asking } from '../support/running-hub';
import { CLASSIFIED, hiddenForm, mayRead } from './support/by-hand';
import { plant, type Planted } from './support/planted';
import {
  documentsOf,
  DRESSES,
  fieldAt,
  isMasked,
  sightsIn,
  waysFrom,
  type Dress,
  type Sight,
  type Way,
} from './support/ways';

let planted: Planted;

beforeAll(async () => void (planted = await plant()), 60_000);
afterAll(() => planted.running.close());

const schema = buildSchema(committedSupergraph(), { assumeValid: true, assumeValidSDL: true });
const names = new Set(CLASSIFIED.keys());
/** Every way of up to five fields, and every longer one that passes no type twice; `npm run long:access` goes further. */
const LONG = process.env['ACCESS_DEPTH'] !== undefined;
const REACH = { exhaustive: Number(process.env['ACCESS_DEPTH'] ?? 5), deepest: 12 };
const query = schema.getQueryType()!;
const WAYS = waysFrom(query, schema, names, REACH);

/** Root fields that lead to a classified field, and how they are called. A new one needs its line. */
const CALLS: Readonly<Record<string, string>> = {
  household: 'household(id: $household)',
  households: 'households(region: $county, after: $before, first: 2)',
  person: 'person(id: $person)',
  letter: 'letter(id: $letter)',
  crossCheck: 'crossCheck(id: $crossCheck)',
  overdueAnswers: 'overdueAnswers(region: $county, first: 2)',
};
const TYPES: Readonly<Record<string, string>> = { county: 'String!', before: 'String' };
const headOf = (call: string): string => {
  const used = [...call.matchAll(/\$(\w+)/g)].map(([, name]) => `$${name}: ${TYPES[name!] ?? 'ID!'}`);
  return `query (${used.join(', ')})`;
};

/** domain.md §2 and §3: who reads what lies below these roots at all. */
const READERS: readonly Role[] = [
  ...(['COMMUNITY_WORKER', 'STREET_OFFICER', 'COUNTY_HOUSING', 'CITY_HOUSING', 'REGION_HOUSING'] as const),
  ...(['CIVIL_AFFAIRS', 'AUDITOR', 'DISCIPLINE'] as const),
];
const READ_BY: Readonly<Record<string, readonly Role[]>> = {
  ...{ household: [...READERS, 'PARTNER_SYSTEM'], person: [...READERS, 'PARTNER_SYSTEM'], households: READERS },
  ...{ letter: [...READERS, 'PARTNER_SYSTEM'], crossCheck: [...READERS, 'PARTNER_SYSTEM'] },
  overdueAnswers: ['COUNTY_HOUSING', 'CITY_HOUSING', 'REGION_HOUSING', 'AUDITOR', 'DISCIPLINE'],
};

/** The longest ways go plainly; in every dress in the long form. */
const waysIn = (dress: Dress): readonly Way[] =>
  WAYS.filter((way) => LONG || dress === 'plain' || way.length <= REACH.exhaustive + 1);

const documents = (root: string, dress: Dress): string[] => {
  const ways = waysIn(dress).filter(([first]) => first === root);
  return documentsOf(query, schema, ways, { call: CALLS[root]!, head: headOf(CALLS[root]!), dress });
};

interface Seen extends Sight {
  readonly dress: Dress;
}

/** Asks everything in every dress. What must not stand anywhere in an answer is looked for in all of it. */
async function look(role: Role, withPurpose: boolean): Promise<Seen[]> {
  const { running, as, purpose, variables } = planted;
  const ask = role === 'PARTNER_SYSTEM' ? askRegistered.bind(null, running) : running.ask;
  const asking: Asking = { variables: { ...variables }, purpose: withPurpose ? purpose : undefined };
  const forbidden = secretsKeptFrom(role, withPurpose);
  const seen: Seen[] = [];
  for (const root of Object.keys(CALLS)) {
    const mayAsk = READ_BY[root]!.includes(role);
    for (const dress of mayAsk ? DRESSES : (['plain'] as const)) {
      const answers = await Promise.all(documents(root, dress).map((text) => ask(as(role), text, asking)));
      for (const { status, data, errors, text, headers } of answers) {
        expect([root, dress, status < 500]).toEqual([root, dress, true]);
        if (mayAsk) expect([root, dress, errors]).toEqual([root, dress, []]);
        else expect([root, errors.length > 0]).toEqual([root, true]);
        const whole = `${text}\n${[...headers].join('\n')}`;
        expect([root, dress, forbidden.filter((secret) => whole.includes(secret))]).toEqual([root, dress, []]);
        const numbers = numbersIn(whole, planted.numbers).filter(
          (number) => !openNumbers(role, withPurpose).has(number),
        );
        expect([root, dress, numbers]).toEqual([root, dress, []]);
        seen.push(...sightsIn(data, names).map((sight) => ({ ...sight, dress })));
      }
    }
  }
  return seen;
}

const covers = (person: string | undefined, withPurpose: boolean): boolean =>
  withPurpose && planted.file.members.some(({ id }) => id === person);

const mayReadOf = (role: Role, field: string, person: string | undefined, withPurpose: boolean): boolean => {
  const level = CLASSIFIED.get(field)!;
  return mayRead(role, level, covers(person, withPurpose)) && !(level === 'identity' && planted.isChild(person));
};

/** Numbers in clear: of the grown-ups whom a purpose covers, and of the eldest's spouse, for whom the policy opens them. */
function openNumbers(role: Role, withPurpose: boolean): ReadonlySet<unknown> {
  const { file, truth } = planted;
  const own = file.members.filter(({ id }) => mayReadOf(role, 'Person.idNumber', id, withPurpose));
  return new Set([
    ...own.map(({ idNumber }) => idNumber),
    ...(own.length > 0 ? [truth.get('CivilAffairsRecord.spouseIdNumber')] : []),
  ]);
}

/** Values planted that stand nowhere else: seen anywhere in an answer, they leaked. */
function secretsKeptFrom(role: Role, withPurpose: boolean): string[] {
  const { truth, eldest } = planted;
  const unlike = [...truth].filter(
    ([field, value]) =>
      /Fen$|plate$|brandModel|unitCode|declaredName|spouseName|cancelledOn/.test(field) && value !== null,
  );
  return unlike.filter(([field]) => !mayReadOf(role, field, eldest.id, withPurpose)).map(([, value]) => String(value));
}

describe('the ways to classified fields', () => {
  it('begin at root fields that this test knows how to call, and at no subscription', () => {
    const roots = new Set(WAYS.map(([root]) => root));
    expect([...roots].sort()).toEqual(Object.keys(CALLS).sort());
    expect(waysFrom(schema.getSubscriptionType()!, schema, names, REACH)).toEqual([]);
  });

  it('reach every classified field', () => {
    const fields = new Set(WAYS.map((way) => fieldAt(query, schema, way)));
    const lists = ['PropertyRecord.units', 'VehicleRecord.vehicles'];
    expect([...names].filter((name) => !fields.has(name) && !lists.includes(name))).toEqual([]);
  });
});

describe.each(ROLES)('a %s', (role) => {
  it.each([
    ['without a purpose', false],
    ['with a purpose token of its own subject', true],
  ])('%s sees of every field, by every way, what the policy says and no more', async (_how, withPurpose) => {
    const { eldest } = planted;
    const seen = await look(role, withPurpose);
    const excess = seen.filter(
      ({ field, person, value }) => !mayReadOf(role, field, person, withPurpose) && !isMasked(value),
    );
    expect(excess).toEqual([]);
    const ofEldest = seen.filter(({ person }) => person === eldest.id);
    for (const { way, dress, field, value } of ofEldest)
      expect([way, dress, appearances(role, withPurpose, field).includes(value)]).toEqual([way, dress, true]);
    expect(missing(role, withPurpose, ofEldest)).toEqual([]);
  });
});

/** How a field of the eldest may look. Of what nobody may read no agency is asked: there may be nothing to hide. */
function appearances(role: Role, withPurpose: boolean, field: string): unknown[] {
  const { truth, eldest } = planted;
  if (mayReadOf(role, field, eldest.id, withPurpose)) return [truth.get(field)];
  const hidden = hiddenForm(field, truth.get(field));
  return isOwn(field) ? [hidden] : [hidden, null];
}

/** Ways by which the eldest must have been seen and was not: a way that leads nowhere proves nothing. */
function missing(role: Role, withPurpose: boolean, seen: readonly Seen[]): string[] {
  const went = new Set(seen.map(({ way, dress }) => `${dress} ${way}`));
  const leads = (way: Way): boolean => {
    const field = fieldAt(query, schema, way);
    const isAsked = withPurpose && mayReadOf(role, field, planted.eldest.id, true);
    return READ_BY[way[0]!]!.includes(role) && (isOwn(field) || isAsked);
  };
  const due = DRESSES.flatMap((dress) =>
    waysIn(dress)
      .filter(leads)
      .map((way) => `${dress} ${way.join('.')}`),
  );
  return due.filter((way) => !went.has(way));
}

/** Held by the hub itself; everything else is asked of an agency, under a live purpose or not at all. */
const isOwn = (field: string): boolean => /^(Person|HouseholdMember|Case)\./.test(field);

describe('after all these questions', () => {
  it('no citizen number stands in clear in any table, log line, metric or public page', async () => {
    const { running, numbers } = planted;
    const places = new Map(await tablesAsText(running));
    places.set('log', running.logged.join(''));
    places.set('metrics', (await running.send('/metrics')).text);
    places.set('documents', (await running.send('/public/documents')).text);
    expect(numbers.size).toBeGreaterThan(100);
    for (const [place, text] of places) expect([place, numbersIn(text, numbers)]).toEqual([place, []]);
    expect(places.get('public.read_entry_2026q4')).not.toBe('');
    expect(places.get('public.answer_2026q4')).not.toBe('');
  });

  it('no name and no number stands in any header or fault', async () => {
    const { running, numbers } = planted;
    const { rows } = await running.base.owner.query<{ name: string }>('select distinct name from person');
    const texts = running.said.map((said) => {
      const [, headers, body] = JSON.parse(said.startsWith('[') ? said : '[0,[],"{}"]') as [number, unknown, string];
      const faults = body.startsWith('{') ? ((JSON.parse(body) as { errors?: unknown }).errors ?? []) : [];
      return JSON.stringify([headers, faults]);
    });
    const all = texts.join('\n');
    expect(numbersIn(all, numbers)).toEqual([]);
    expect(rows.filter(({ name }) => all.includes(name))).toEqual([]);
  });
});
