import { randomUUID } from 'node:crypto';
import fc from 'fast-check';
import { closeChange } from '../../src/commands/close-change';
import { notifyOfChange } from '../../src/commands/notify-of-change';
import { replyToChange } from '../../src/commands/reply-to-change';
import { endReplies } from '../../src/jobs/end-replies';
import { inScope } from '../../src/store/database';
import type { ChangeOutcome } from '../../schema/review/change';
import { HONGSHAN, NOW, openOffice, TODAY, type Office } from '../commands/support/office';
import { seedProperties } from '../support/seed';
import { watchedHome } from './home';

seedProperties();

const STATES = ['OPEN', 'NOTIFIED', 'REPLIED', 'NO_REPLY', 'CLOSED'] as const;
type State = (typeof STATES)[number];
/** Written by hand: told first, then heard or silent, then closed. */
const MAY: Record<State, readonly State[]> = {
  ...{
    OPEN: ['NOTIFIED'],
    NOTIFIED: ['REPLIED', 'NO_REPLY'],
    NO_REPLY: ['REPLIED', 'CLOSED'],
    REPLIED: ['CLOSED'],
    CLOSED: [],
  },
};
type Outcome = `${ChangeOutcome}`;

let office: Office;
let check: string;
let otherCheck: string;
let at: { caseId: string; letter: string; household: string; person: string };
beforeAll(async () => {
  office = await openOffice();
  const home = await watchedHome(office, '2020-01-01');
  at = { caseId: home.caseId, letter: home.letter, household: home.id, person: home.people[0]!.id };
  [check, otherCheck] = [await checkOf('ANNUAL_REVIEW'), await checkOf('ADMISSION_REVIEW')];
  await office.rows(
    `insert into parameter (id, code, region_code, value, unit, document_number, mark, valid_from, known_from)
     values (gen_random_uuid(), 'watch.reply-working-days', '15', 3, 'working-day', '部署约定', 'UNVERIFIED', '2014-01-01', '2026-11-01')`,
  );
});
afterAll(() => office.close());

async function checkOf(purpose: string): Promise<string> {
  const id = randomUUID();
  await office.rows(
    `insert into cross_check (id, region_code, purpose, requested_by, requester_role, requester_office, as_of, state, total, done, requested_at, finished_at, scope_regions)
     values ($1, $2, $3, 'x', 'COUNTY_HOUSING', $2, $4, 'COMPLETED', 1, 1, now(), now(), array[$2])`,
    [id, HONGSHAN, purpose, TODAY],
  );
  await office.rows(
    `insert into cross_check_household (cross_check_id, ordinal, region_code, household_id, case_id, letter_id, state) values ($1, 1, $2, $3, $4, $5, 'DONE')`,
    [id, HONGSHAN, at.household, at.caseId, at.letter],
  );
  if (purpose === 'ANNUAL_REVIEW')
    await office.rows(`insert into case_report values ($1, $2, $3, $4, 'hash', 'ELIGIBLE', now())`, [
      ...[at.caseId, HONGSHAN, at.household, id],
    ]);
  return id;
}

const INSERT = `insert into change (id, region_code, household_id, person_id, case_id, letter_id, kind, source, item, seen_on, query_id, state)
  values ($1, $2, $3, $4, $5, $6, 'NEW_HOME', 'property', 'x', '2026-11-20', $1, $7)`;
async function begin(state: State = 'OPEN'): Promise<string> {
  const id = randomUUID();
  await inScope(office.hub.db.app, [HONGSHAN], (client) =>
    client.query(INSERT, [id, HONGSHAN, at.household, at.person, at.caseId, at.letter, state]),
  );
  return id;
}

type Act = {
  readonly to: State;
  readonly outcome: Outcome;
  readonly of: 'RIGHT' | 'OTHER' | 'NONE';
  readonly by: 'VERB' | 'SQL';
};
const acts: fc.Arbitrary<Act[]> = fc.array(
  fc.record({
    to: fc.constantFrom<State>('NOTIFIED', 'REPLIED', 'NO_REPLY', 'CLOSED', 'OPEN'),
    outcome: fc.constantFrom<Outcome>('EXPLAINED', 'MISTAKEN', 'RE_CHECKED'),
    of: fc.constantFrom('RIGHT' as const, 'RIGHT' as const, 'OTHER' as const, 'NONE' as const),
    by: fc.constantFrom('VERB' as const, 'SQL' as const),
  }),
  { minLength: 1, maxLength: 12 },
);

/** Each end as it should be reached, so that every run has seen each, by verb and by plain SQL. */
const toEnd = (outcome: Outcome, of: Act['of'], by: Act['by']): [Act[]] => [
  (['NOTIFIED', 'REPLIED', 'CLOSED'] as const).map((to) => ({ to, outcome, of, by })),
];
const EXAMPLES = (['VERB', 'SQL'] as const).flatMap((by) => [
  toEnd('EXPLAINED', 'NONE', by),
  toEnd('MISTAKEN', 'NONE', by),
  toEnd('RE_CHECKED', 'RIGHT', by),
]);

const later = new Date(NOW.getTime() + 60 * 86_400_000);
const checkFor = ({ of }: Act): string | null => (of === 'RIGHT' ? check : of === 'OTHER' ? otherCheck : null);
const NO = (error: { code?: string }): false => {
  expect(['ILLEGAL_MOVE', 'INVALID_INPUT', '23514']).toContain(error.code);
  return false;
};

async function byVerb(id: string, act: Act): Promise<boolean | undefined> {
  const ctx = office.as();
  const done = () => true;
  if (act.to === 'NOTIFIED') return notifyOfChange(ctx, { changeId: id, notifiedOn: TODAY }).then(done, NO);
  if (act.to === 'REPLIED') return replyToChange(ctx, { changeId: id, repliedOn: TODAY, reply: '代购' }).then(done, NO);
  if (act.to === 'CLOSED') {
    const input = { changeId: id, outcome: act.outcome as ChangeOutcome, note: '核实', crossCheckId: checkFor(act) };
    return closeChange(ctx, input).then(done, NO);
  }
  if (act.to !== 'NO_REPLY') return undefined; // no verb leads there
  await endReplies.run({}, { ...office.hub, now: () => later }, new AbortController().signal);
  return (await office.rows<{ state: State }>('select state from change where id = $1', [id]))[0]!.state === 'NO_REPLY';
}

const SETS: Record<State, string> = {
  OPEN: `state = 'OPEN'`,
  NOTIFIED: `state = 'NOTIFIED', notified_on = '2026-11-22', notified_by = 'x', reply_by = '2026-11-25', reply_by_provisional = false`,
  REPLIED: `state = 'REPLIED', reply = 'x', replied_on = '2026-11-22', reply_taken_by = 'x'`,
  NO_REPLY: `state = 'NO_REPLY', silent_on = '2027-01-21'`,
  CLOSED: `state = 'CLOSED', outcome = $2, cross_check_id = $3, result = case $2 when 'RE_CHECKED' then 'KEEP' end, closing_note = 'x', closed_on = '2026-11-22', closed_by = 'x'`,
};
const bySql = (id: string, act: Act): Promise<boolean> =>
  inScope(office.hub.db.app, [HONGSHAN], async (client) => {
    const values = act.to === 'CLOSED' ? [id, act.outcome, checkFor(act)] : [id];
    await client.query(`update change set ${SETS[act.to]} where id = $1`, values);
  }).then(() => true, NO);

describe('a change', () => {
  it('is told, then heard or silent, then closed, by verbs and by plain SQL alike, and nothing closes it unheard', async () => {
    const closed = new Set<Outcome>();
    await fc.assert(
      fc.asyncProperty(acts, async (sequence) => {
        const id = await begin();
        let [state, heard] = ['OPEN' as State, false];
        for (const act of sequence) {
          const checks = act.outcome === 'RE_CHECKED' ? act.of === 'RIGHT' : act.of === 'NONE';
          const bears = checks && (act.outcome !== 'EXPLAINED' || heard);
          const may = MAY[state].includes(act.to) && (act.to !== 'CLOSED' || bears);
          const took = act.by === 'VERB' ? await byVerb(id, act) : await bySql(id, act);
          if (took === undefined) continue;
          /* The job leaves alone what is not its own; asked of what is silent already, it is so. */
          expect(took).toBe(may || (act.by === 'VERB' && act.to === 'NO_REPLY' && state === 'NO_REPLY'));
          if (!may) continue;
          if (act.to === 'REPLIED') heard = true;
          if (act.to === 'CLOSED') closed.add(act.outcome);
          state = act.to;
        }
      }),
      { numRuns: 150, examples: EXAMPLES },
    );
    expect([...closed].sort()).toEqual(['EXPLAINED', 'MISTAKEN', 'RE_CHECKED']);
  });

  it('begins untold, and only under a letter in force to watch a re-check case', async () => {
    for (const state of STATES.filter((one) => one !== 'OPEN'))
      await expect(begin(state)).rejects.toMatchObject({ code: '23514' });
    await expect(begin()).resolves.toBeDefined();
    const under = async (change: string) => {
      await office.base.owner.query('begin');
      await office.base.owner.query('set constraints all immediate');
      await office.base.owner.query(change, [change.includes('letter') ? at.letter : at.caseId]);
      const refused = await office.base.owner
        .query(INSERT, [randomUUID(), HONGSHAN, at.household, at.person, at.caseId, at.letter, 'OPEN'])
        .then(
          () => undefined,
          ({ constraint }: { constraint: string }) => constraint,
        );
      await office.base.owner.query('rollback');
      return refused;
    };
    expect(
      await under(`update letter set state = 'ENDED', ended_on = '2026-11-22', end_reason = 'WITHDRAWN' where id = $1`),
    ).toBe('change_under_letter');
    expect(await under(`update housing_case set kind = 'APPLICATION' where id = $1`)).toBe('change_under_letter');
  });
});
