import { randomUUID } from 'node:crypto';
import type { EntityManager, RequiredEntityData } from '@mikro-orm/postgresql';
import type { ClientBase } from 'pg';
import { beijingDay } from '../../access/day';
import type { Session } from '../../access/session';
import { HubError } from '../../errors';
import { inUnit, type Work } from '../unit';
import { Application } from '../../../schema/admission/application';
import { ApplicationStep, type ApplicationStepKind } from '../../../schema/admission/application-step';
import type { HUB } from '../../../schema/admission/moves';
import { told } from './refusals';

/** Which application, as the caller has seen it: somebody who was faster makes it STALE_VERSION. */
export interface OnApplication {
  readonly applicationId: string;
  readonly version: number;
}

type Acting = Parameters<typeof inUnit>[0] & Pick<Session, 'viewer'> & { readonly hub: { readonly now: () => Date } };

/** One transaction about an application; what the database refuses is told in the words of the catalogue. */
export async function onApplication<T>(ctx: Acting, verb: string, work: Work<T>): Promise<T> {
  return inUnit(ctx, verb, work).catch((error: unknown) => {
    throw told(error);
  });
}

/** In scope. Error: NOT_FOUND. */
export async function applicationOf(em: EntityManager, id: string): Promise<Application> {
  const found = await em.findOne(Application, { id });
  if (!found) throw new HubError('NOT_FOUND', 'applicationId');
  return found;
}

type Said = Partial<
  Pick<
    RequiredEntityData<ApplicationStep>,
    'agency' | 'opinion' | 'documentNumber' | 'note' | 'reportHash' | 'publicityId'
  >
>;

/** `as`: the hub's own step, by the clock. */
type SaidAs = Said & { readonly as?: typeof HUB };

const NOTHING: Said = {
  ...{ agency: null, opinion: null, documentNumber: null, note: null, reportHash: null },
  publicityId: null,
};

/** Takes a step in the caller's name; the database asks what must have come before, and moves the application. */
export async function takeStep(
  { hub, viewer }: Acting,
  em: EntityManager,
  application: Application,
  kind: ApplicationStepKind,
  said: SaidAs & { readonly version: number },
): Promise<Application> {
  const { id: applicationId, regionCode, householdId, round } = application;
  const { as, ...rest } = said;
  const at = hub.now();
  em.create(
    ApplicationStep,
    {
      ...{ ...NOTHING, id: randomUUID(), applicationId, regionCode, householdId, round, kind },
      ...{ at, onDay: beijingDay(at), takenBy: viewer.subject, role: as ?? viewer.role, office: viewer.office },
      ...rest,
    } as RequiredEntityData<ApplicationStep>,
    { persist: true },
  );
  await em.flush();
  return (await em.refresh(application))!;
}

/** A verb that is one step: the application in scope, then the step; `more` gives what the step says. */
export const stepOf = (
  ctx: Acting,
  verb: string,
  kind: ApplicationStepKind,
  { applicationId, version }: OnApplication,
  more: (application: Application, em: EntityManager, client: ClientBase) => Promise<SaidAs> | SaidAs = () => ({}),
): Promise<Application> =>
  onApplication(ctx, verb, async (em, client) => {
    const application = await applicationOf(em, applicationId);
    return takeStep(ctx, em, application, kind, { version, ...(await more(application, em, client)) });
  });
