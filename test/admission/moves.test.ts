import { admissionMoves, ROUNDS } from '../../schema/admission/moves';
import { ApplicationState as State } from '../../schema/admission/application';
import { testDatabase, type TestDatabase } from '../support/database';

let base: TestDatabase;
beforeAll(async () => void (base = await testDatabase()));
afterAll(() => base.close());

const rows = async (text: string): Promise<string[]> =>
  (await base.owner.query<{ row: string }>(text)).rows.map(({ row }) => row).sort();

describe('the one table of steps', () => {
  it('is the same in the code and in the database', async () => {
    const kept = await rows(
      `select concat_ws(' ', flow, round, from_state, kind, to_state, to_round, role) as row from admission_move`,
    );
    const listed = admissionMoves().map(({ flow, round, from, kind, to, toRound, role }) =>
      [flow, round, from, kind, to, toRound, role].join(' '),
    );
    expect(kept).toEqual(listed.sort());
    const joint = Object.entries(ROUNDS).flatMap(([flow, rounds]) =>
      rounds.flatMap((round, at) => round.joint.map((agency) => `${flow} ${at + 1} ${agency}`)),
    );
    expect(await rows(`select concat_ws(' ', flow, round, agency) as row from admission_joint`)).toEqual(joint.sort());
  });

  /* Read off domain.md §3 and clauses IM-3.C1 to D7, not off the table. */
  it.each([
    ['COUNTY_FLOW', ['COMMUNITY_WORKER', 'STREET_OFFICER', 'COUNTY_HOUSING']],
    ['DISTRICTED_FLOW', ['STREET_OFFICER', 'COUNTY_HOUSING', 'CITY_HOUSING']],
  ])('of the %s gives each round to its level alone', (flow, levels) => {
    for (const kind of ['PASS', 'REJECTION', 'POSTING', 'CLEARANCE', 'SENT_BACK'])
      for (const round of [1, 2, 3]) {
        const moves = admissionMoves().filter(
          (move) => move.flow === flow && move.kind === kind && move.round === round,
        );
        expect([...new Set(moves.map(({ role }) => role))]).toEqual([levels[round - 1]]);
      }
  });

  it('has no path to approval but through three reviews passed and three publicities cleared, in order [IM-3.2]', () => {
    for (const flow of Object.keys(ROUNDS)) {
      const moves = admissionMoves().filter((move) => move.flow === flow);
      /* Every state that can be reached, with the furthest review passed and publicity cleared of each way to it. */
      const start = { state: State.DRAFT as string, round: 1, passed: '', cleared: '' };
      const met = new Set<string>();
      const open = [start];
      for (let at = open.pop(); at; at = open.pop()) {
        const key = JSON.stringify(at);
        if (met.has(key)) continue;
        met.add(key);
        if (at.state === 'APPROVED') expect([at.passed, at.cleared]).toEqual(['123', '123']);
        for (const move of moves.filter(({ from, round }) => from === at.state && round === at.round)) {
          const add = (list: string) => [...new Set([...list, String(move.round)])].sort().join('');
          open.push({
            ...{ state: move.to as string, round: move.toRound },
            passed: move.kind === 'PASS' ? add(at.passed) : at.passed,
            cleared: move.kind === 'CLEARANCE' ? add(at.cleared) : at.cleared,
          });
        }
      }
      expect([...met].some((key) => key.includes('APPROVED'))).toBe(true);
    }
  });
});
