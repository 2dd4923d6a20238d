import { randomUUID } from 'node:crypto';
import type { EntityManager, RequiredEntityData } from '@mikro-orm/postgresql';
import { beijingDay } from '../../access/day';
import type { Session } from '../../access/session';
import { HubError } from '../../errors';
import { inUnit, type Work } from '../unit';
import { toldOfTenancy } from './refusals';
import type { HUB } from '../../../schema/admission/moves';
import { ExitCase } from '../../../schema/review/exit-case';
import { Allotment } from '../../../schema/tenancy/allotment';
import { Contract } from '../../../schema/tenancy/contract';
import { Occupancy } from '../../../schema/tenancy/occupancy';
import { TenancyNoun, TenancyStep, type TenancyStepKind } from '../../../schema/tenancy/tenancy-step';

/** As the caller has seen it: somebody who was faster makes it STALE_VERSION. */
export interface OnAllotment {
  readonly allotmentId: string;
  readonly version: number;
}
export interface OnContract {
  readonly contractId: string;
  readonly version: number;
}
export interface OnOccupancy {
  readonly occupancyId: string;
  readonly version: number;
}
export interface OnExit {
  readonly exitId: string;
  readonly version: number;
}

/** Whoever acts, and the hub they act in. */
export type Acting = Parameters<typeof inUnit>[0] &
  Pick<Session, 'viewer'> & { readonly hub: { readonly now: () => Date } };
type Said = Partial<Pick<TenancyStep, 'documentNumber' | 'clauseId' | 'dueOn' | 'amountFen' | 'note'>>;

const NOTHING = { documentNumber: null, clauseId: null, dueOn: null, amountFen: null, note: null };

/** One transaction about a tenancy; what the database refuses is told in the words of the catalogue. */
export const onTenancy = async <T>(ctx: Acting, verb: string, field: string, work: Work<T>): Promise<T> =>
  inUnit(ctx, verb, work).catch((error: unknown) => {
    throw toldOfTenancy(error, field);
  });

interface Standing {
  readonly id: string;
  readonly regionCode: string;
  readonly householdId: string;
}

/** In scope. Error: NOT_FOUND naming the field. */
export async function inScopeOf<T extends Standing>(
  em: EntityManager,
  type: new () => T,
  id: string,
  field: string,
): Promise<T> {
  const found = await em.findOne(type, { id } as never);
  if (!found) throw new HubError('NOT_FOUND', field);
  return found as T;
}

interface Subject<T extends Standing> {
  readonly noun: TenancyNoun;
  readonly type: new () => T;
  readonly field: string;
}

/** A verb that is one step of such a record: the database asks what must hold, moves it, and does what follows. */
const stepOf =
  <T extends Standing>({ noun, type, field }: Subject<T>) =>
  (
    ctx: Acting,
    verb: string,
    kind: TenancyStepKind,
    on: { readonly id: string; readonly version: number },
    said: Said & { readonly as?: typeof HUB } = {},
  ): Promise<T> =>
    onTenancy(ctx, verb, field, async (em) => {
      const subject = await inScopeOf(em, type, on.id, field);
      const { viewer, hub } = ctx;
      const { as, ...rest } = said;
      const at = hub.now();
      em.create(
        TenancyStep,
        {
          ...{ ...NOTHING, id: randomUUID(), regionCode: subject.regionCode, householdId: subject.householdId },
          ...{ noun, subjectId: subject.id, version: on.version, kind, toState: '', at, onDay: beijingDay(at) },
          ...{ takenBy: viewer.subject, role: as ?? viewer.role, office: viewer.office, ...rest },
        } as RequiredEntityData<TenancyStep>,
        { persist: true },
      );
      await em.flush();
      return (await em.refresh(subject))!;
    });

export const allotmentStep = stepOf({ noun: TenancyNoun.ALLOTMENT, type: Allotment, field: 'allotmentId' });
export const contractStep = stepOf({ noun: TenancyNoun.CONTRACT, type: Contract, field: 'contractId' });
export const occupancyStep = stepOf({ noun: TenancyNoun.OCCUPANCY, type: Occupancy, field: 'occupancyId' });
export const exitStep = stepOf({ noun: TenancyNoun.EXIT, type: ExitCase, field: 'exitId' });
