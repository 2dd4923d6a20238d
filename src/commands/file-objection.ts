import { randomUUID } from 'node:crypto';
import { beijingDay } from '../access/day';
import { freeText } from '../access/free-text';
import type { RequestContext } from '../context';
import { HubError } from '../errors';
import { onApplication } from '../store/admission/step';
import { Objection, ObjectionState } from '../../schema/admission/objection';
import { Publicity } from '../../schema/admission/publicity';

export interface FileObjection {
  readonly publicityId: string;
  /** What is objected, without a word on who objects. */
  readonly statement: string;
}

/** 登记公示异议: while the publicity runs; the application waits until it is answered. Errors: NOT_FOUND, PUBLICITY_OVER, INVALID_INPUT. */
export async function fileObjection(ctx: RequestContext, input: FileObjection): Promise<Objection> {
  const statement = freeText(input.statement, 'statement');
  return onApplication(ctx, 'fileObjection', async (em) => {
    const publicity = await em.findOne(Publicity, { id: input.publicityId });
    if (!publicity) throw new HubError('NOT_FOUND', 'publicityId');
    const { id: publicityId, regionCode, householdId, applicationId } = publicity;
    const filed = em.create(Objection, {
      ...{ id: randomUUID(), regionCode, householdId, applicationId, publicityId, statement },
      ...{ filedOn: beijingDay(ctx.hub.now()), takenBy: ctx.viewer.subject, state: ObjectionState.FILED },
      ...{ answeredOn: null, answeredBy: null, answer: null },
    });
    await em.persist(filed).flush();
    return filed;
  });
}
