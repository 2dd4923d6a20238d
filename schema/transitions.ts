import { HubError } from '../src/errors';
import { AllocationBatchState as Batch } from './allocation/allocation-batch';
import { AllocationProcedureState as Procedure } from './allocation/allocation-procedure';
import { ChangeState as Change } from './review/change';
import { DetectionState as Detected } from './review/detection-finding';
import { InspectionState as Visit } from './review/inspection';
import { AnnualReviewState as Review } from './review/annual-review';
import { LetterState } from './sharing/letter';
import { PaperState } from './sharing/paper-evidence';

/** From each state, the states that may follow. The database keeps the same in `legal_move` and refuses everything else. */
export type Moves<State extends string> = Readonly<Record<State, readonly State[]>>;

/** 授权书: drafted, signed by each member, in force, ended; an ended letter is never revived. */
export const letterMoves: Moves<LetterState> = {
  [LetterState.DRAFTED]: [LetterState.SIGNING, LetterState.ACTIVE, LetterState.ENDED],
  [LetterState.SIGNING]: [LetterState.ACTIVE, LetterState.ENDED],
  [LetterState.ACTIVE]: [LetterState.ENDED],
  [LetterState.ENDED]: [],
};

/** 分配程序: a draft may be written anew; what was submitted and approved stays as it is. */
export const procedureMoves: Moves<Procedure> = {
  [Procedure.DRAFT]: [Procedure.DRAFT, Procedure.SUBMITTED],
  [Procedure.SUBMITTED]: [Procedure.APPROVED],
  [Procedure.APPROVED]: [],
};

/** 分配批次: its records alone touch it while it runs; of a closed one they only correct. */
export const batchMoves: Moves<Batch> = {
  [Batch.OPEN]: [Batch.OPEN, Batch.CLOSED],
  [Batch.CLOSED]: [Batch.CLOSED],
};

/** 人工证据: proposed by one, settled by another; what was confirmed may be taken back or run out, and nothing is revived. */
export const paperMoves: Moves<PaperState> = {
  [PaperState.PROPOSED]: [PaperState.CONFIRMED, PaperState.REJECTED, PaperState.WITHDRAWN, PaperState.EXPIRED],
  [PaperState.CONFIRMED]: [PaperState.WITHDRAWN, PaperState.EXPIRED],
  [PaperState.REJECTED]: [],
  [PaperState.WITHDRAWN]: [],
  [PaperState.EXPIRED]: [],
};

/** 年审: a newer report takes it back to EVALUATED from wherever it was evaluated; nothing adverse is decided unheard. */
export const reviewMoves: Moves<Review> = {
  [Review.DECLARATION_OPEN]: [Review.DECLARED, Review.NOT_DECLARED, Review.EXEMPT],
  [Review.NOT_DECLARED]: [Review.DECLARED, Review.SOURCE_CHECK, Review.EXEMPT],
  [Review.DECLARED]: [Review.SOURCE_CHECK, Review.EXEMPT],
  [Review.SOURCE_CHECK]: [Review.SOURCE_CHECK, Review.EVALUATED],
  [Review.EVALUATED]: [Review.SOURCE_CHECK, Review.EVALUATED, Review.CONSULTED, Review.DECIDED, Review.HELD],
  [Review.CONSULTED]: [Review.CONSULTED, Review.HEARD, Review.EVALUATED],
  [Review.HEARD]: [Review.CONSULTED, Review.DECIDED, Review.EVALUATED],
  [Review.HELD]: [Review.SOURCE_CHECK, Review.EVALUATED],
  [Review.DECIDED]: [Review.EXECUTED, Review.EVALUATED],
  [Review.EXECUTED]: [],
  [Review.EXEMPT]: [],
};

/** 巡查: somebody goes there before anything is confirmed. */
export const inspectionMoves: Moves<Visit> = {
  [Visit.WATCHING]: [Visit.OPEN, Visit.FALSE_ALARM],
  [Visit.OPEN]: [Visit.CONFIRMED, Visit.FALSE_ALARM, Visit.EXCUSED],
  [Visit.CONFIRMED]: [],
  [Visit.FALSE_ALARM]: [],
  [Visit.EXCUSED]: [],
};

/** 清理: by an exit that is completed, or by what puts it right without one. */
export const detectionMoves: Moves<Detected> = {
  [Detected.OPEN]: [Detected.CLEARING, Detected.CLEARED],
  [Detected.CLEARING]: [Detected.CLEARED],
  [Detected.CLEARED]: [],
};

/** 变动: told, heard or silent, then closed; who answers late is heard too. */
export const changeMoves: Moves<Change> = {
  [Change.OPEN]: [Change.NOTIFIED],
  [Change.NOTIFIED]: [Change.REPLIED, Change.NO_REPLY],
  [Change.NO_REPLY]: [Change.REPLIED, Change.CLOSED],
  [Change.REPLIED]: [Change.CLOSED],
  [Change.CLOSED]: [],
};

/** The state moved to. Error: ILLEGAL_MOVE where the table does not list it. */
export function move<State extends string>(moves: Moves<State>, from: State, to: State): State {
  if (!moves[from].includes(to)) throw new HubError('ILLEGAL_MOVE');
  return to;
}
