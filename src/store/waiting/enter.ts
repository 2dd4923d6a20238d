import { randomUUID } from 'node:crypto';
import type { EntityManager, RequiredEntityData } from '@mikro-orm/postgresql';
import type { ClientBase } from 'pg';
import { standingBody } from '../case-report';
import type { Application } from '../../../schema/admission/application';
import { Case } from '../../../schema/housing/case';
import { Outcome } from '../../../schema/sharing/finding';
import type { ReportBody } from '../../../schema/sharing/report-body';
import { WaitingListEntry, WaitingState } from '../../../schema/waiting/waiting-list-entry';

type Factors = Pick<WaitingListEntry, 'areaCm2' | 'incomeFen' | 'recognised' | 'choiceMet'>;

/** A household just approved waits from that day on, with what its report saw. */
export async function enterQueue(em: EntityManager, client: ClientBase, application: Application, day: string) {
  const { id: applicationId, regionCode, householdId, flow, caseId } = application;
  const { programme } = await em.findOneOrFail(Case, { id: caseId });
  const factors = factorsOf(await standingBody(client, caseId));
  em.create(
    WaitingListEntry,
    {
      ...{ id: randomUUID(), applicationId, regionCode, householdId, flow, programme, enteredOn: day },
      ...{ state: WaitingState.ACTIVE, refusals: 0, deferredUntil: null, batch: null, version: 0 },
      ...factors,
    } as RequiredEntityData<WaitingListEntry>,
    { persist: true },
  );
  await em.flush();
}

/**
 * Only what a source said: evidence of officers passes a rule and gives no number. A report names no class of assistance: income
 * that passed without a number within the limit was recognised (RR-09).
 */
export function factorsOf(report: ReportBody | undefined): Factors {
  const seen = (rule: string) =>
    report?.findings.find((finding) => finding.rule === rule && finding.outcome === Outcome.PASS);
  const [housing, income] = [seen('RR-07'), seen('RR-09')];
  const [fen, limit] = [income?.observed ?? null, income?.threshold ?? null];
  const recognised = income ? fen === null || (limit !== null && fen > limit) : null;
  return { areaCm2: housing?.observed ?? null, incomeFen: fen, recognised, choiceMet: null };
}
