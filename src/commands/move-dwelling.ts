import { freeText } from '../access/free-text';
import type { RequestContext } from '../context';
import { DOCUMENT_NUMBER } from '../store/paper';
import { dwellingOf, onDwelling, takeDwellingStep, type OnDwelling } from '../store/tenancy/dwelling-step';
import type { Dwelling } from '../../schema/tenancy/dwelling';
import type { DwellingStepKind } from '../../schema/tenancy/dwelling-step';

export interface MoveDwelling extends OnDwelling {
  readonly step: DwellingStepKind;
  readonly documentNumber?: string | null;
}

/** 建设与投入分配的步骤; what rests on an allotment or an exit is taken there. Errors: NOT_FOUND, STALE_VERSION, ILLEGAL_MOVE, INVALID_INPUT. */
export async function moveDwelling(ctx: RequestContext, input: MoveDwelling): Promise<Dwelling> {
  const { dwellingId, version, step, documentNumber: number } = input;
  const documentNumber = number ? freeText(number, 'documentNumber', DOCUMENT_NUMBER) : null;
  return onDwelling(ctx, 'moveDwelling', async (em) =>
    takeDwellingStep(ctx, em, await dwellingOf(em, dwellingId), step, { version, documentNumber }),
  );
}
