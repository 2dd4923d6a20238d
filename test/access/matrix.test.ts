import { buildSchema } from 'graphql';
import { ROLES, type Role } from '../../src/access/viewer';
import { committedSupergraph } from '../../src/cli/committed-supergraph';
import { numbersIn, tablesAsText } from '../support/canaries';
import { askRegistered } from '../support/partners';
import { CLASSIFIED, OPEN } from './support/by-hand';
import { describeEntities } from './support/entities';
import { isOwn, judgeOf, type Judge } from './support/judge';
import type { Opening } from './support/opening';
import { ACTS, headOf, QUESTIONS } from './support/openings';
import { plant, type Planted } from './support/planted';
import {
  documentsOf,
  DRESSES,
  fieldAt,
  leavesOf,
  shortest,
  sightsIn,
  waysFrom,
  type Dress,
  type Sight,
  type Way,
} from './support/ways';

let planted: Planted;
beforeAll(async () => void (planted = await plant()));
afterAll(() => planted.running.close());

const schema = buildSchema(committedSupergraph(), { assumeValid: true, assumeValidSDL: true });
const names = new Set(CLASSIFIED.keys());
/** Every way of up to five fields, and every one of up to eight that passes no type twice; `npm run long:access` goes further. */
const LONG = process.env['ACCESS_DEPTH'] !== undefined;
const EXHAUSTIVE = Number(process.env['ACCESS_DEPTH'] ?? 5);
const ROOTS = {
  query: { type: schema.getQueryType()!, openings: QUESTIONS, deepest: LONG ? 12 : 8 },
  mutation: { type: schema.getMutationType()!, openings: ACTS, deepest: LONG ? 8 : 6 },
} as const;
type Kind = keyof typeof ROOTS;
/** Acts leave letters behind, which every further way through them shows once more: they go less far. */
const reachOf = (kind: Kind) => ({
  exhaustive: kind === 'query' ? EXHAUSTIVE : Math.min(EXHAUSTIVE, LONG ? 6 : 4),
  deepest: ROOTS[kind].deepest,
});
const WAYS: Record<Kind, Way[]> = {
  query: waysFrom(ROOTS.query.type, schema, names, reachOf('query')),
  mutation: waysFrom(ROOTS.mutation.type, schema, names, reachOf('mutation')),
};

/** To every field, classified or open, on the shortest way from each root field. */
const BESIDE: Record<Kind, Way[]> = {
  query: besideOf('query'),
  mutation: besideOf('mutation'),
};
function besideOf(kind: Kind): Way[] {
  const { type } = ROOTS[kind];
  return shortest(waysFrom(type, schema, leavesOf(schema), { exhaustive: 0, deepest: 7 }), type, schema);
}

/** The longest ways go plainly; in every dress in the long form. */
const waysIn = (kind: Kind, dress: Dress, root?: string): Way[] =>
  WAYS[kind].filter((way) => (root ?? way[0]) === way[0] && (LONG || dress === 'plain' || way.length <= EXHAUSTIVE));

interface Seen extends Sight {
  readonly dress: Dress;
}

interface Looking {
  readonly role: Role;
  readonly kind: Kind;
  readonly dresses: readonly Dress[];
  readonly purpose: string | undefined;
  readonly judge: Judge;
  /** Those to classified fields where it is left out. */
  readonly ways?: readonly Way[];
}

/** Asks everything in the given dresses. What must not stand anywhere in an answer is looked for in all of it. */
async function look(looking: Looking): Promise<Seen[]> {
  const { role, kind, dresses, ways } = looking;
  const seen: Seen[][] = [];
  for (const [root, opening] of Object.entries(ROOTS[kind].openings)) {
    const mayAsk = opening.roles.includes(role);
    for (const dress of mayAsk ? dresses : dresses.slice(0, 1)) {
      const { call } = opening;
      const how = { call, head: headOf(kind, call), dress };
      const texts = documentsOf(
        ROOTS[kind].type,
        schema,
        ways?.filter(([first]) => first === root) ?? waysIn(kind, dress, root),
        how,
      );
      if (kind === 'query')
        await Promise.all(texts.map(async (text) => seen.push(await lookOnce(text, dress, opening, looking))));
      else for (const text of texts) seen.push(await lookOnce(text, dress, opening, looking));
    }
  }
  return seen.flat();
}

async function lookOnce(text: string, dress: Dress, opening: Opening, { role, purpose, judge }: Looking) {
  const { running, as, variables, variablesOfPartner } = planted;
  const ask = role === 'PARTNER_SYSTEM' ? askRegistered.bind(null, running) : running.ask;
  const usual = role === 'PARTNER_SYSTEM' ? variablesOfPartner : variables;
  const asking = { variables: { ...usual, ...(await opening.prepare?.(planted)) }, purpose };
  const answer = await ask(as(role), text, asking);
  const where = `${dress} ${opening.call}`;
  if (opening.roles.includes(role)) expect([where, answer.errors]).toEqual([where, []]);
  else expect([where, answer.errors.length > 0]).toEqual([where, true]);
  const { reports, rest } = apartFromReports(answer.text);
  expect([where, judge.leaks(`${rest}\n${[...answer.headers].join('\n')}`)]).toEqual([where, []]);
  expect([where, judge.leaksOfReports(reports)]).toEqual([where, []]);
  return sightsIn(answer.data, names).map((sight) => ({ ...sight, dress }));
}

/** The texts of an answer's reports, which answer to a rule of their own, and everything else. */
function apartFromReports(text: string): { reports: string; rest: string } {
  const reports: string[] = [];
  const body = JSON.parse(text, (key, value: unknown) => {
    if (!/^(alias_)?report$/.test(key)) return value;
    if (value !== null) reports.push(JSON.stringify(value));
    return undefined;
  }) as unknown;
  return { reports: reports.join('\n'), rest: JSON.stringify(body) };
}

describe('the ways to classified fields', () => {
  it('begin at root fields that this test knows how to call, and at no subscription', () => {
    for (const kind of ['query', 'mutation'] as const) {
      const roots = new Set(WAYS[kind].map(([root]) => root));
      expect([...roots].sort()).toEqual(Object.keys(ROOTS[kind].openings).sort());
    }
    expect(waysFrom(schema.getSubscriptionType()!, schema, names, reachOf('query'))).toEqual([]);
  });

  it('reach every classified field', () => {
    const fields = new Set(WAYS.query.map((way) => fieldAt(ROOTS.query.type, schema, way)));
    const lists = ['PropertyRecord.units', 'VehicleRecord.vehicles'];
    /* Shown to an act alone. */
    const acted = ['OpenedObjector.name', 'OpenedObjector.contact'];
    expect([...names].filter((name) => !fields.has(name) && ![...lists, ...acted].includes(name))).toEqual([]);
  });
});

describe.each(ROLES)('a %s', (role) => {
  it.each([
    ['without a purpose', false],
    ['with a purpose token of its own subject', true],
  ])('%s sees of every field, by every way, what the policy says and no more', async (_how, withPurpose) => {
    const { eldest, file, purposeIn } = planted;
    const judge = judgeOf(planted, role, withPurpose ? file : null);
    const seen = await look({
      ...{ role, judge, kind: 'query', dresses: DRESSES },
      purpose: withPurpose ? purposeIn(role, 'file') : undefined,
    });
    expect(judge.excess(seen)).toEqual([]);
    const ofEldest = seen.filter(({ person }) => person === eldest.id);
    for (const { way, dress, field, value } of ofEldest)
      expect([way, dress, judge.appearances(field)]).toEqual([way, dress, expect.arrayContaining([value])]);
    const asked = (field: string) => withPurpose && judge.mayRead(field, eldest.id);
    expect(missing({ role, kind: 'query', dresses: DRESSES, seen: ofEldest, asked })).toEqual([]);
  });
});

/** Told by a subscription, by imports, by verbs whose list tells more or that nobody reads, deep in a report: `relations`, `known-elsewhere`, `judgement/conflict`. */
const ELSEWHERE =
  /^(CrossCheckProgress|ImportReport|ImportProblem|ReapplyBar|ConflictTold|ExitStanding|ArchiveDisposal)\./;

describe('the open fields of every type', () => {
  it('are all asked for, from every root field that leads to them', () => {
    const [{ type }, leaves] = [ROOTS.query, leavesOf(schema)];
    const open = Object.entries(OPEN).flatMap(([name, fields]) => fields.split(' ').map((field) => `${name}.${field}`));
    const asked = new Set(BESIDE.query.map((way) => fieldAt(type, schema, way)));
    expect(open.filter((field) => leaves.has(field) && !asked.has(field) && !ELSEWHERE.test(field))).toEqual([]);
  });

  it.each(ROLES.flatMap((role) => [[role, false] as const, [role, true] as const]))(
    'tell a %s (with a purpose: %s) nothing that the classified ones hide',
    async (role, withPurpose) => {
      const judge = judgeOf(planted, role, withPurpose ? planted.file : null);
      const purpose = withPurpose ? planted.purposeIn(role, 'file') : undefined;
      const seen = await look({ role, judge, kind: 'query', dresses: ['plain'], purpose, ways: BESIDE.query });
      expect(judge.excess(seen)).toEqual([]);
    },
  );
});

describe('a purpose', () => {
  const ROOTS_BY_ID = ['household', 'person', 'letter'];

  it.each(ROLES.filter((role) => QUESTIONS['household']!.roles.includes(role)))(
    'opens to a %s nobody whom it does not cover',
    async (role) => {
      const { running, as, file, purposeIn, variablesOfStranger } = planted;
      const purpose = purposeIn(role, 'file');
      const judge = judgeOf(planted, role, file);
      const ask = role === 'PARTNER_SYSTEM' ? askRegistered.bind(null, running) : running.ask;
      for (const root of ROOTS_BY_ID) {
        const { call } = QUESTIONS[root]!;
        const how = { call, head: headOf('query', call), dress: 'plain' as const };
        let sights = 0;
        for (const text of documentsOf(ROOTS.query.type, schema, waysIn('query', 'plain', root), how)) {
          const answer = await ask(as(role), text, { variables: { ...variablesOfStranger }, purpose });
          const seen = sightsIn(answer.data, names);
          sights += seen.length;
          expect([root, judge.excess(seen)]).toEqual([root, []]);
          expect([root, judge.leaks(answer.text)]).toEqual([root, []]);
        }
        expect([root, sights > 0]).toEqual([root, true]);
      }
    },
  );

  it('and a name open to a partner no cross-check of an officer who is called like it', async () => {
    const { running, as, variables } = planted;
    const text = 'query ($crossCheck: ID!) { crossCheck(id: $crossCheck) { state } }';
    const asking = { variables: { crossCheck: variables['crossCheck'] } };
    const { errors } = await askRegistered(running, as('PARTNER_SYSTEM'), text, asking);
    expect(errors.map(({ extensions }) => extensions.code)).toEqual(['NOT_FOUND']);
  });
});

/** Who may act at all; every dress is worn, by one role or another. */
describe.each(ROLES.filter((role) => Object.values(ACTS).some(({ roles }) => roles.includes(role))))(
  'a %s who acts',
  (role) => {
    it.each([
      ['without a purpose', false],
      ['with one', true],
    ])('%s is shown no more of what it acted upon than by a question', async (_how, withPurpose) => {
      const judge = judgeOf(planted, role, withPurpose ? planted.spare : null);
      const worn = DRESSES[(ROLES.indexOf(role) + Number(withPurpose)) % DRESSES.length]!;
      const dresses = LONG ? DRESSES : [worn];
      const purpose = withPurpose ? planted.purposeIn(role, 'spare') : undefined;
      const seen = await look({ role, judge, kind: 'mutation', dresses, purpose });
      expect(judge.excess(seen)).toEqual([]);
      expect(missing({ role, kind: 'mutation', dresses, seen, asked: () => false })).toEqual([]);
    });
  },
);

interface Went {
  readonly role: Role;
  readonly kind: Kind;
  readonly dresses: readonly Dress[];
  readonly seen: readonly Seen[];
  /** Is an agency asked for this field? */
  readonly asked: (field: string) => boolean;
}

/** Ways by which somebody must have been seen and was not: a way that leads nowhere proves nothing. */
function missing({ role, kind, dresses, seen, asked }: Went): string[] {
  const went = new Set(seen.map(({ way, dress }) => `${dress} ${way}`));
  const { type, openings } = ROOTS[kind];
  const leads = (way: Way): boolean => {
    const field = fieldAt(type, schema, way);
    const { roles, empty } = openings[way[0]!]!;
    if (
      role === 'PARTNER_SYSTEM' &&
      way.some((field) =>
        /^(evidenceTasks|decisions|paperEvidence|factContests|annualReviews|applications|waiting|file|notices)$/.test(
          field,
        ),
      )
    )
      return false; // null for it
    return (
      roles.includes(role) &&
      !(empty ?? '').split(' ').some((one) => way.includes(one)) &&
      (isOwn(field) || asked(field))
    );
  };
  const due = dresses.flatMap((dress) =>
    waysIn(kind, dress)
      .filter(leads)
      .map((way) => `${dress} ${way.join('.')}`),
  );
  return due.filter((way) => !went.has(way));
}

describeEntities(() => planted, EXHAUSTIVE);

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
