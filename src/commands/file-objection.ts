import { randomUUID } from 'node:crypto';
import { beijingDay } from '../access/day';
import { objectorPlace, type Objector } from '../access/objector';
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
  /** Who objects, where they say so: sealed at once, and shown nowhere. */
  readonly objector?: Objector | null;
}

const SEALED = 'insert into objector (id, region_code, household_id, sealed, key_id) values ($1, $2, $3, $4, $5)';

/** 登记公示异议: while the publicity runs; the application waits until it is answered. Errors: NOT_FOUND, PUBLICITY_OVER, INVALID_INPUT. */
export async function fileObjection(ctx: RequestContext, input: FileObjection): Promise<Objection> {
  const statement = freeText(input.statement, 'statement');
  const objector = objectorIn(input.objector ?? null);
  return onApplication(ctx, 'fileObjection', async (em, client) => {
    const publicity = await em.findOne(Publicity, { id: input.publicityId });
    if (!publicity) throw new HubError('NOT_FOUND', 'publicityId');
    const { id: publicityId, regionCode, householdId, applicationId } = publicity;
    const filed = em.create(Objection, {
      ...{ id: randomUUID(), regionCode, householdId, applicationId, publicityId, statement },
      ...{ filedOn: beijingDay(ctx.hub.now()), takenBy: ctx.viewer.subject, state: ObjectionState.FILED },
      ...{ answeredOn: null, answeredBy: null, answer: null },
    });
    await em.persist(filed).flush();
    if (objector) {
      const { objectorSeal } = ctx.hub;
      const sealed = objectorSeal.seal(JSON.stringify(objector), objectorPlace(filed.id));
      await client.query(SEALED, [filed.id, regionCode, householdId, sealed, objectorSeal.keyId]);
    }
    return filed;
  });
}

const objectorIn = (given: Objector | null): Objector | null =>
  given && {
    name: freeText(given.name, 'objector.name', 100),
    contact: freeText(given.contact, 'objector.contact', 200),
  };
