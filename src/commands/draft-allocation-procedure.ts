import { randomUUID } from 'node:crypto';
import { freeText } from '../access/free-text';
import type { RequestContext } from '../context';
import { HubError } from '../errors';
import { draftOf, onAllocation, refuseOthers } from '../store/allocation/records';
import { DOCUMENT_NUMBER } from '../store/paper';
import {
  AllocationProcedure,
  AllocationProcedureState,
  type LegalBasis,
} from '../../schema/allocation/allocation-procedure';
import type { AllocationStep } from '../../schema/allocation/step';

export interface DraftAllocationProcedure {
  /** The city or county whose office drafts. */
  readonly region: string;
  readonly title: string;
  readonly text: string;
  readonly legalBasis: readonly LegalBasis[];
  /** In the order in which they are to be taken. */
  readonly steps: readonly AllocationStep[];
  /** Of the draft that this one is written over, as seen; left out where there is none. */
  readonly edition?: number | null;
}

const TITLE = 100;
const TEXT = 20_000;
const ARTICLE = 60;
const MOST_CITED = 50;

/**
 * 拟定分配程序: a region has one draft at a time, and drafting again writes it anew. On what it rests may still be open here, and not
 * when it is submitted. Errors: FORBIDDEN, STALE_VERSION, INVALID_INPUT naming the field.
 */
export async function draftAllocationProcedure(
  ctx: RequestContext,
  input: DraftAllocationProcedure,
): Promise<AllocationProcedure> {
  const { region: regionCode, steps } = input;
  refuseOthers(ctx.viewer, regionCode, 'region');
  const told = {
    title: freeText(input.title, 'title', TITLE),
    text: freeText(input.text, 'text', TEXT),
    legalBasis: basisOf(input.legalBasis),
    steps: [...steps],
    ...{ draftedAt: ctx.hub.now(), draftedBy: ctx.viewer.subject },
  };
  return onAllocation(ctx, 'draftAllocationProcedure', async (em) => {
    const [draft, last] = await draftOf(em, regionCode);
    if ((draft?.edition ?? null) !== (input.edition ?? null)) throw new HubError('STALE_VERSION', 'edition');
    if (draft) return Object.assign(draft, told, { edition: draft.edition + 1 });
    const begun = {
      id: randomUUID(),
      regionCode,
      version: last + 1,
      edition: 0,
      state: AllocationProcedureState.DRAFT,
    };
    const procedure = em.create(AllocationProcedure, { ...begun, ...told }, { persist: true });
    return procedure;
  });
}

function basisOf(cited: readonly LegalBasis[]): LegalBasis[] {
  if (cited.length > MOST_CITED) throw new HubError('INVALID_INPUT', 'legalBasis', `至多 ${MOST_CITED} 项`);
  return cited.map(({ title, documentNumber, article }, index) => ({
    title: freeText(title, `legalBasis.${index}.title`, TITLE),
    documentNumber: freeText(documentNumber, `legalBasis.${index}.documentNumber`, DOCUMENT_NUMBER),
    ...(article ? { article: freeText(article, `legalBasis.${index}.article`, ARTICLE) } : {}),
  }));
}
