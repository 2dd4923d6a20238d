import { randomUUID } from 'node:crypto';
import type { EntityManager, RequiredEntityData } from '@mikro-orm/postgresql';
import { beijingDay } from '../../access/day';
import type { Session } from '../../access/session';
import { HubError } from '../../errors';
import { inUnit } from '../unit';
import { toldOfNotice } from './refusals';
import type { HUB } from '../../../schema/admission/moves';
import { Notice } from '../../../schema/notice/notice';
import { NoticeStep, type NoticeStepKind } from '../../../schema/notice/notice-step';

/** Which notice, as the caller has seen it: somebody who was faster makes it STALE_VERSION. */
export interface OnNotice {
  readonly noticeId: string;
  readonly version: number;
}

type Acting = Parameters<typeof inUnit>[0] & Pick<Session, 'viewer'> & { readonly hub: { readonly now: () => Date } };

/** What a step says; `as`: the hub's own, by the clock. */
type Said = Partial<Pick<NoticeStep, 'toldOn' | 'cause' | 'retryAt' | 'documentNumber'>> & { readonly as?: typeof HUB };

/** A verb that is one step: the notice in scope, and of a citizen its own. Errors: NOT_FOUND, and what the database refuses. */
export const noticeStep = (
  ctx: Acting,
  verb: string,
  kind: NoticeStepKind,
  { noticeId, version }: OnNotice,
  said: Said = {},
): Promise<Notice> =>
  inUnit(ctx, verb, async (em) => {
    const notice = await em.findOne(Notice, { id: noticeId });
    const { role, person } = ctx.viewer;
    if (!notice || (role === 'APPLICANT_SELF' && notice.personId !== person))
      throw new HubError('NOT_FOUND', 'noticeId');
    return take(ctx, em, notice, kind, { ...said, version });
  }).catch((error: unknown) => {
    throw toldOfNotice(error);
  });

async function take(
  { hub, viewer }: Acting,
  em: EntityManager,
  notice: Notice,
  kind: NoticeStepKind,
  { as, ...said }: Said & { readonly version: number },
): Promise<Notice> {
  const at = hub.now();
  const { id: noticeId, regionCode, householdId, state: toState } = notice;
  em.create(
    NoticeStep,
    {
      ...{ toldOn: null, cause: null, retryAt: null, documentNumber: null },
      ...{ id: randomUUID(), noticeId, regionCode, householdId, kind, toState, at, onDay: beijingDay(at) },
      ...{ takenBy: viewer.subject, role: as ?? viewer.role, office: viewer.office, ...said },
    } as RequiredEntityData<NoticeStep>,
    { persist: true },
  );
  await em.flush();
  return (await em.refresh(notice))!;
}
