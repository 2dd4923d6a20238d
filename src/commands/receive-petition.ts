import { randomUUID } from 'node:crypto';
import { beijingDay } from '../access/day';
import { freeText } from '../access/free-text';
import type { RequestContext } from '../context';
import { HubError } from '../errors';
import { DOCUMENT_NUMBER, pastDay } from '../store/paper';
import { supervising } from '../store/supervision/refusals';
import { Petition, type PetitionKind } from '../../schema/supervision/petition';

export interface ReceivePetition {
  /** A county of the caller's. */
  readonly region: string;
  readonly kind: PetitionKind;
  readonly registerNumber: string;
  readonly receivedOn: string;
}

/** 受理信访、举报, by the number under which its paper file is kept. Errors: NOT_FOUND, INVALID_INPUT. */
export async function receivePetition(ctx: RequestContext, input: ReceivePetition): Promise<Petition> {
  const { region: regionCode, kind } = input;
  const { hub, viewer } = ctx;
  if (!viewer.regions.includes(regionCode)) throw new HubError('NOT_FOUND', 'region');
  const told = {
    registerNumber: freeText(input.registerNumber, 'registerNumber', DOCUMENT_NUMBER),
    receivedOn: pastDay(input.receivedOn, 'receivedOn', beijingDay(hub.now())),
  };
  return supervising(ctx, 'receivePetition', async (em) => {
    const petition = em.create(Petition, {
      ...{ id: randomUUID(), regionCode, kind, ...told, receivedBy: viewer.subject },
      ...{ decision: null, decisionDocument: null, decidedOn: null, decidedBy: null },
      ...{ implementationDocument: null, implementedOn: null, implementedBy: null },
    });
    await em.persist(petition).flush();
    return petition;
  });
}
