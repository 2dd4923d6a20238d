import type { PersonalSelect } from '../../../src/audit/reads';
import type { RequestContext } from '../../../src/context';
import { queryInScope } from '../../../src/store/database';
import { readPage, type PageArgs } from '../../../src/store/page';
import { readPersonal } from '../../../src/store/reads';
import type { Application, ApplicationState } from '../../../schema/admission/application';
import type { ApplicationStep } from '../../../schema/admission/application-step';
import type { Objection } from '../../../schema/admission/objection';
import type { ObjectorOpening } from '../../../schema/admission/objector-opening';
import type { Publicity } from '../../../schema/admission/publicity';
import type { Connection } from '../../../schema/page';
import { groupedInOrder, loaderOf } from '../../loader';

const COLUMNS = `id, region_code as "regionCode", household_id as "householdId", case_id as "caseId", template_id as "templateId", flow, state, round, version,
  submitted_on as "submittedOn", receipt, review_by as "reviewBy"`;
const ONE = { name: 'application', text: `select ${COLUMNS} from application where id = $1` };
const OF_HOUSEHOLDS = {
  name: 'applications-of-households',
  text: `select ${COLUMNS} from application where household_id = any ($1::uuid[]) order by submitted_on desc nulls first, id`,
};
const PAGE = {
  name: 'applications-page',
  text: `select ${COLUMNS} from application
         where region_code = any ($1) and ($2::text is null or state = $2) and ($3::int is null or round = $3) and (not $4 or review_by < $5::date) and id > $6::uuid
         order by id limit $7`,
};
const BEFORE_ALL = ['00000000-0000-0000-0000-000000000000'];
/** What is written in a step speaks of the applicant of the case; a step without a word of nobody. */
const STEPS: PersonalSelect = {
  name: 'steps-of-applications',
  takes: 1,
  text: `select case when s.note is not null then c.applicant_id end as person_id, c.applicant_id as "personId", s.id, s.application_id as "applicationId",
           s.version, s.kind, s.round, s.at, s.on_day as "onDay", s.taken_by as "takenBy", s.role, s.office, s.agency, s.opinion,
           s.document_number as "documentNumber", s.note, s.report_hash as "reportHash", s.publicity_id as "publicityId"
         from application_step s join application a on a.id = s.application_id join housing_case c on c.id = a.case_id
         where s.application_id = any ($1::uuid[]) order by s.version`,
};
const PUBLICITIES = {
  name: 'publicities-of-applications',
  text: `select id, region_code as "regionCode", application_id as "applicationId", round, place, url, snapshot, snapshot_hash as "snapshotHash",
           posted_on as "postedOn", last_day as "lastDay", page_hash as "pageHash", days, settled_on as "settledOn", state,
           array(select json_build_object('day', s.day, 'result', s.result, 'firstAt', s.first_at, 'lastAt', s.last_at, 'times', s.times)
             from publicity_sighting s where s.publicity_id = publicity.id order by s.day, s.first_at) as sightings
         from publicity where application_id = any ($1::uuid[]) order by posted_on, id`,
};
const OPENINGS = {
  name: 'openings-of-objectors',
  text: `select id, objection_id as "objectionId", document_number as "documentNumber", asked_by as "askedBy", asked_at as "askedAt",
           opened_by as "openedBy", opened_at as "openedAt", tell_by as "tellBy", told_on as "toldOn", told_by as "toldBy"
         from objector_opening where objection_id = any ($1::uuid[]) order by asked_at, id`,
};
const OBJECTIONS: PersonalSelect = {
  name: 'objections-to-publicities',
  takes: 1,
  text: `select c.applicant_id as person_id, c.applicant_id as "personId", o.id, o.publicity_id as "publicityId", o.filed_on as "filedOn", o.statement,
           o.taken_by as "takenBy", o.state, o.answered_on as "answeredOn", o.answered_by as "answeredBy", o.answer
         from objection o join application a on a.id = o.application_id join housing_case c on c.id = a.case_id
         where o.publicity_id = any ($1::uuid[]) order by o.filed_on, o.id`,
};

export interface ApplicationFilter {
  readonly region: string;
  readonly state: ApplicationState | null;
  readonly round: number | null;
  /** Only those whose review is late. */
  readonly overdue: boolean;
}

/** Undefined out of scope. */
export async function loadApplication({ hub, viewer }: RequestContext, id: string): Promise<Application | undefined> {
  return (await queryInScope<Application>(hub.db.app, viewer.regions, { ...ONE, values: [id] }))[0];
}

/** Applications in a region and everything below it. Throws PAGE_TOO_LARGE, INVALID_CURSOR. */
export function pageOfApplications(
  { hub, viewer }: RequestContext,
  { region, state, round, overdue }: ApplicationFilter,
  today: string,
  args: PageArgs,
): Promise<Connection<Application>> {
  return readPage<Application>(hub.cursors, args, {
    list: ['applications', region, state ?? '', round ?? '', overdue].join(' '),
    keyOf: ({ id }) => [id],
    read: (after, limit) => {
      const values = [hub.regions.scopeOf(region), state, round, overdue, today, ...(after ?? BEFORE_ALL), limit];
      return queryInScope<Application>(hub.db.app, viewer.regions, { ...PAGE, values });
    },
  });
}

/** Applications of a household, the latest first. */
export function applicationsOf(ctx: RequestContext, householdId: string): Promise<Application[]> {
  const { hub, viewer } = ctx;
  const loader = loaderOf(ctx, 'applications of households', async (ids) => {
    const rows = await queryInScope<Application>(hub.db.app, viewer.regions, { ...OF_HOUSEHOLDS, values: [ids] });
    return groupedInOrder(ids, rows, (row) => row.householdId);
  });
  return loader.load(householdId);
}

/** Steps of an application, oldest first: a look at the applicant where something is written of one. */
export function stepsOf(ctx: RequestContext, applicationId: string): Promise<ApplicationStep[]> {
  const loader = loaderOf(ctx, 'steps of applications', async (ids) => {
    const look = { source: 'housing', fields: ['applicationStep'] };
    const rows = await readPersonal<ApplicationStep>(ctx.hub.db.app, STEPS, [ids], look, ctx);
    return groupedInOrder(ids, rows, (row) => row.applicationId);
  });
  return loader.load(applicationId);
}

/** Publicities of an application, oldest first. */
export function publicitiesOf(ctx: RequestContext, applicationId: string): Promise<Publicity[]> {
  const { hub, viewer } = ctx;
  const loader = loaderOf(ctx, 'publicities of applications', async (ids) => {
    const rows = await queryInScope<Publicity>(hub.db.app, viewer.regions, { ...PUBLICITIES, values: [ids] });
    return groupedInOrder(ids, rows, (row) => row.applicationId);
  });
  return loader.load(applicationId);
}

/** Openings of who objected, oldest first. */
export function openingsOf(ctx: RequestContext, objectionId: string): Promise<ObjectorOpening[]> {
  const { hub, viewer } = ctx;
  const loader = loaderOf(ctx, 'openings of objectors', async (ids) => {
    const rows = await queryInScope<ObjectorOpening>(hub.db.app, viewer.regions, { ...OPENINGS, values: [ids] });
    return groupedInOrder(ids, rows, (row) => row.objectionId);
  });
  return loader.load(objectionId);
}

/** Objections to a publicity, oldest first: a look at the applicant. */
export function objectionsTo(ctx: RequestContext, publicityId: string): Promise<Objection[]> {
  const loader = loaderOf(ctx, 'objections to publicities', async (ids) => {
    const look = { source: 'housing', fields: ['objection'] };
    const rows = await readPersonal<Objection>(ctx.hub.db.app, OBJECTIONS, [ids], look, ctx);
    return groupedInOrder(ids, rows, (row) => row.publicityId);
  });
  return loader.load(publicityId);
}
