import {
  batchMoves,
  changeMoves,
  detectionMoves,
  inspectionMoves,
  letterMoves,
  move,
  paperMoves,
  procedureMoves,
  reviewMoves,
  type Moves,
} from '../../schema/transitions';
import { LetterState } from '../../schema/sharing/letter';
import { PaperState } from '../../schema/sharing/paper-evidence';
import { testDatabase, type TestDatabase } from '../support/database';

let base: TestDatabase;
beforeAll(async () => void (base = await testDatabase()));
afterAll(() => base.close());

describe('the tables of states', () => {
  it.each([
    ['letter', letterMoves],
    ['allocation_procedure', procedureMoves],
    ['allocation_batch', batchMoves],
    ['annual-review', reviewMoves],
    ['inspection', inspectionMoves],
    ['change', changeMoves],
    ['detection_finding', detectionMoves],
    ['paper_evidence', paperMoves],
  ] as const)('of %s are the same in the code and in the database', async (noun, moves) => {
    const { rows } = await base.owner.query<{ move: string }>(
      `select from_state || '>' || to_state as move from legal_move where noun = $1 order by 1`,
      [noun],
    );
    const listed = Object.entries(moves as Moves<string>).flatMap(([from, tos]) => tos.map((to) => `${from}>${to}`));
    expect(rows.map(({ move: one }) => one).sort()).toEqual(listed.sort());
  });

  it('holds no evidence for confirmed that was not proposed, and revives none', () => {
    const into = Object.values(PaperState).filter((from) => paperMoves[from].includes(PaperState.CONFIRMED));
    expect(into).toEqual([PaperState.PROPOSED]);
    for (const end of [PaperState.REJECTED, PaperState.WITHDRAWN, PaperState.EXPIRED])
      expect(paperMoves[end]).toEqual([]);
  });
});

describe('the table of a letter’s states', () => {
  it('leads nowhere from its end, and to force through signatures only', () => {
    const into = (state: LetterState) => Object.values(LetterState).filter((from) => letterMoves[from].includes(state));
    expect(letterMoves[LetterState.ENDED]).toEqual([]);
    expect(into(LetterState.ACTIVE)).toEqual([LetterState.DRAFTED, LetterState.SIGNING]);
    expect(into(LetterState.DRAFTED)).toEqual([]);
    expect(() => move(letterMoves, LetterState.ENDED, LetterState.ACTIVE)).toThrow(
      expect.objectContaining({ code: 'ILLEGAL_MOVE' }),
    );
  });
});
