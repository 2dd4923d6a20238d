import { randomUUID } from 'node:crypto';
import type { EntityManager, RequiredEntityData } from '@mikro-orm/postgresql';
import { beijingDay } from '../../access/day';
import type { Session } from '../../access/session';
import { HubError } from '../../errors';
import { inWords, type Refusal } from '../in-words';
import { inUnit, type Work } from '../unit';
import { Dwelling } from '../../../schema/tenancy/dwelling';
import { DwellingStep, type DwellingStepKind } from '../../../schema/tenancy/dwelling-step';

/** Which dwelling, as the caller has seen it: somebody who was faster makes it STALE_VERSION. */
export interface OnDwelling {
  readonly dwellingId: string;
  readonly version: number;
}

type Acting = Parameters<typeof inUnit>[0] & Pick<Session, 'viewer'> & { readonly hub: { readonly now: () => Date } };

/** What the database refuses of a dwelling, by the name of its guard, in the words of the catalogue. */
const REFUSALS: Readonly<Record<string, Refusal>> = {
  dwelling_once: ['DWELLING_RECORDED', 'unitCode'],
  dwelling_begins: ['INVALID_INPUT', 'state', '登记时只能是计划、在建、竣工或可交付'],
  dwelling_of_county: ['INVALID_INPUT', 'region', '须为旗县市区'],
  dwelling_stale: ['STALE_VERSION', 'version'],
  dwelling_in_time: ['INVALID_INPUT', 'dwellingId', '办理之日早于前一步骤'],
  dwelling_legal_move: ['ILLEGAL_MOVE', 'step'],
  dwelling_by_record: ['ILLEGAL_MOVE', 'step', '该步骤随分配、交付、退出办理'],
  dwelling_step_document: ['INVALID_INPUT', 'documentNumber', '冻结须载明文号'],
};

/** One transaction about a dwelling; what the database refuses is told in the words of the catalogue. */
export const onDwelling = async <T>(ctx: Acting, verb: string, work: Work<T>): Promise<T> =>
  inUnit(ctx, verb, work).catch((error: unknown) => {
    throw inWords(error, REFUSALS);
  });

/** In scope. Error: NOT_FOUND. */
export async function dwellingOf(em: EntityManager, id: string): Promise<Dwelling> {
  const found = await em.findOne(Dwelling, { id });
  if (!found) throw new HubError('NOT_FOUND', 'dwellingId');
  return found;
}

/** Takes a step in the caller's name; the database asks what must hold, and moves the dwelling. */
export async function takeDwellingStep(
  { hub, viewer }: Acting,
  em: EntityManager,
  dwelling: Dwelling,
  kind: DwellingStepKind,
  said: Pick<DwellingStep, 'version' | 'documentNumber'>,
): Promise<Dwelling> {
  const at = hub.now();
  const { id: dwellingId, regionCode, state: toState } = dwelling;
  em.create(
    DwellingStep,
    {
      ...{ id: randomUUID(), dwellingId, regionCode, kind, toState, at, onDay: beijingDay(at), ...said },
      ...{ takenBy: viewer.subject, role: viewer.role, office: viewer.office },
    } as RequiredEntityData<DwellingStep>,
    { persist: true },
  );
  await em.flush();
  return (await em.refresh(dwelling))!;
}
