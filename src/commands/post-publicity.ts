import { randomUUID } from 'node:crypto';
import type { EntityManager } from '@mikro-orm/postgresql';
import type { ClientBase } from 'pg';
import { beijingDay, dayAfter } from '../access/day';
import { freeText } from '../access/free-text';
import { maskName } from '../access/masks';
import { webAddress } from '../access/web-address';
import { loggedRead, type PersonalSelect } from '../audit/reads';
import { clause, guardOf } from '../clauses';
import type { RequestContext } from '../context';
import { HubError } from '../errors';
import { publicityPage, sha256Of } from '../store/admission/publicity-page';
import { publicityUrl } from '../store/admission/publicity-url';
import { stepOf, type OnApplication } from '../store/admission/step';
import { parameterInForce } from '../store/parameter-in-force';
import type { Application } from '../../schema/admission/application';
import { ApplicationStepKind } from '../../schema/admission/application-step';
import { Publicity, PublicityState } from '../../schema/admission/publicity';
import { Case } from '../../schema/housing/case';

export interface PostPublicity extends OnApplication {
  /** Where it hangs: 'XX社区公告栏'. */
  readonly place: string;
  /** Where it can be read on the net; left out where it hangs on a board only. */
  readonly url?: string | null;
  /** On the hub's own page. */
  readonly onHubPage?: boolean | null;
}

const APPLICANT: PersonalSelect = {
  name: 'name-to-post',
  takes: 3,
  text: `select p.id as person_id, p.name, (select count(*)::int from household_member m where m.household_id = $2 and m.from_date <= $3::date
           and (m.to_date is null or m.to_date >= $3::date)) as members from person p where p.id = $1`,
};
/** 审核之后、由审核单位公示. */
const AFTER_REVIEW = guardOf(clause('IM-3.C2', 'IM-3.C4', 'IM-3.D4'));

/**
 * 张贴公示 [IM-3.C2, IM-3.C4, IM-3.D4]: of the review that was passed. The period begins the day after and is as long as the region's rule says; on the net only
 * days count on which the page was seen. What is posted is masked. Errors: NOT_FOUND, STALE_VERSION, ILLEGAL_MOVE, WRONG_LEVEL, PARAMETER_UNSET, INVALID_INPUT.
 */
export async function postPublicity(ctx: RequestContext, input: PostPublicity): Promise<Application> {
  const place = freeText(input.place, 'place', 200);
  const given = webAddress(input.url);
  if (given !== null && input.onHubPage) throw new HubError('INVALID_INPUT', 'url', '与本平台公示页只填一项');
  const begun = await stepOf(
    ctx,
    'postPublicity',
    ApplicationStepKind.POSTING,
    input,
    async (application, em, client) => {
      const { id: applicationId, regionCode, householdId, round } = application;
      const [now, postedOn] = [ctx.hub.now(), beijingDay(ctx.hub.now())];
      const days = await parameterInForce(client, `publicity.stage-${round}-days`, regionCode, postedOn, now);
      const lastDay = dayAfter(postedOn, days);
      const snapshot = await posted(ctx, em, client, application, { place, postedOn, lastDay });
      const snapshotHash = sha256Of(snapshot);
      const page = publicityPage(JSON.parse(snapshot) as Record<string, unknown>, snapshotHash);
      const id = randomUUID();
      const url = input.onHubPage ? publicityUrl(ctx.hub.config.publicUrl, id) : given;
      const publicity = em.create(Publicity, {
        ...{ id, regionCode, householdId, applicationId, round, place, url, snapshot, snapshotHash },
        ...{
          pageHash: sha256Of(page),
          postedOn,
          lastDay,
          days,
          settledOn: postedOn,
          state: PublicityState.RUNNING,
        },
      });
      await em.persist(publicity).flush();
      await client.query('insert into published_publicity (id, page) values ($1, $2)', [id, page]);
      return { publicityId: publicity.id };
    },
  );
  AFTER_REVIEW.let();
  return begun;
}

/** The text on the board: whom it is about only as far as a neighbour may know. */
async function posted(
  ctx: RequestContext,
  em: EntityManager,
  client: ClientBase,
  { caseId, regionCode, householdId, round }: Application,
  { place, postedOn, lastDay }: Pick<Publicity, 'place' | 'postedOn' | 'lastDay'>,
): Promise<string> {
  const { applicantId, programme } = await em.findOneOrFail(Case, { id: caseId });
  const look = { source: 'housing', fields: ['name'] };
  const query = loggedRead(APPLICANT, [applicantId, householdId, postedOn], look, ctx);
  const { name, members } = (await client.query<{ name: string; members: number }>(query)).rows[0]!;
  return JSON.stringify({
    ...{ 区划: ctx.hub.regions.find(regionCode)?.name ?? regionCode, 公示: `第${round}次`, 保障方式: programme },
    ...{ 申请人: maskName(name), 家庭人口: members, 地点: place, 张贴之日: postedOn, 公示截止: lastDay },
  });
}
