import { objectorPlace } from '../../../src/access/objector';
import type { Role } from '../../../src/access/viewer';
import { forgetApplications, plantApplication, type PlantedApplication } from './applications';
import type { Opening } from './opening';
import { plantWaiting } from './waiting';
import type { Planted } from './planted';

const INTAKE: readonly Role[] = ['COMMUNITY_WORKER', 'STREET_OFFICER'];
const SCREENERS: readonly Role[] = ['COUNTY_HOUSING', 'CITY_HOUSING', 'REGION_HOUSING'];
const COMMITTEE: readonly Role[] = ['COMMUNITY_WORKER'];

type At = Pick<PlantedApplication, 'state'> & Partial<PlantedApplication>;

const at =
  (where: At, onOwnCase = false) =>
  async ({ running, spare }: Planted): Promise<Record<string, unknown>> => {
    const ids = await plantApplication(running, spare, {
      ...{ round: 1, texts: ['属实', '另有住房', '不属实', '收入证明', '误交'], incomeFen: 298_664_117 },
      ...{ publicity: 'CLEARED', objection: 'NOT_ESTABLISHED', ...where },
      ...(onOwnCase ? { caseId: spare.caseId } : {}),
    });
    /* It waited once; who is to be approved has yet to. */
    if (where.state !== 'CLEARED')
      await plantWaiting(running, spare, { ...ids, state: 'REMOVED', texts: ['属实', '属实'] });
    return { ...ids };
  };

/** Somebody who objected, sealed as the hub does it, and the opening that was asked for. */
async function sealObjector({ running: { base, hub } }: Planted, objection: string): Promise<string> {
  const sealed = hub.objectorSeal.seal(JSON.stringify({ name: '告发人', contact: 'x' }), objectorPlace(objection));
  await base.owner.query('update objector set sealed = $2, key_id = $3 where id = $1', [
    objection,
    sealed,
    hub.objectorSeal.keyId,
  ]);
  const { rows } = await base.owner.query<{ id: string }>(
    'select id from objector_opening where objection_id = $1 and opened_at is null',
    [objection],
  );
  return rows[0]!.id;
}

/** A verb that names the application and its version. */
const on = (
  verb: string,
  roles: readonly Role[],
  where: At,
  more = '',
  onOwnCase = false,
): Record<string, Opening> => ({
  [verb]: {
    call: `${verb}(input: { applicationId: $application, version: 9, ${more} })`,
    ...{ roles, prepare: at(where, onOwnCase) },
  },
});

/** Who has just begun to wait has no step yet. */
const approval = (): Record<string, Opening> => {
  const { approveApplication } = on('approveApplication', ['COUNTY_HOUSING'], { state: 'CLEARED', round: 3 });
  return { approveApplication: { ...approveApplication!, empty: 'waiting' } };
};

/** What is done with the spare household's application, in the county flow, by whom it is for. */
export const applicationActs = (): Record<string, Opening> => ({
  startApplication: {
    call: 'startApplication(caseId: $case)',
    roles: INTAKE,
    empty: 'steps publicities documents form waiting',
    prepare: async ({ running, spare }) => {
      await forgetApplications(running, spare.householdId);
      return { case: spare.caseId };
    },
  },
  ...on('fillApplication', COMMITTEE, { state: 'DRAFT' }, 'entries: [{ key: "phone", value: "x" }]', true),
  ...on('submitApplication', COMMITTEE, { state: 'DRAFT' }, '', true),
  ...on('returnApplication', COMMITTEE, { state: 'SUBMITTED' }, 'items: ["x"]'),
  ...on('acceptApplication', COMMITTEE, { state: 'SUBMITTED' }),
  ...on('withdrawApplication', COMMITTEE, { state: 'IN_REVIEW' }, 'reason: "x"'),
  ...on('appealRefusal', COMMITTEE, { state: 'REJECTED' }, 'grounds: "x"'),
  ...on(
    ...(['giveOpinion', ['COUNTY_HOUSING', 'CIVIL_AFFAIRS'], { state: 'IN_REVIEW', round: 3 }] as const),
    'agency: CIVIL_AFFAIRS, opinion: AGREES, documentNumber: "1"',
  ),
  ...on('passReview', COMMITTEE, { state: 'IN_REVIEW' }, 'opinion: "x"'),
  ...on('rejectApplication', COMMITTEE, { state: 'IN_REVIEW' }, 'reasons: "x"'),
  ...on('postPublicity', COMMITTEE, { state: 'PUBLICITY_PENDING' }, 'place: "x"'),
  ...on('clearPublicity', COMMITTEE, { state: 'PUBLICITY_ENDED', publicity: 'ENDED' }),
  ...on(
    ...(['sendBackApplication', COMMITTEE] as const),
    { state: 'PUBLICITY_ENDED', publicity: 'ENDED', objection: 'ESTABLISHED' },
    'reason: "x"',
  ),
  ...approval(),
  ...on('revokeApproval', ['COUNTY_HOUSING'], { state: 'APPROVED', round: 3 }, 'reasons: "x", documentNumber: "1"'),
  ...on('decideAppeal', ['CITY_HOUSING'], { state: 'APPEAL' }, 'upheld: true, reasons: "x"'),
  verifyDocument: {
    call: 'verifyDocument(input: { documentId: $document, issuedBy: "x", result: CONFIRMED, checkedAgainst: "x" })',
    roles: ['STREET_OFFICER', 'COUNTY_HOUSING', 'CITY_HOUSING'],
    prepare: at({ state: 'SUBMITTED', texts: ['属实', '另有住房', '不属实', '收入证明'] }),
  },
  withdrawDocument: {
    call: 'withdrawDocument(input: { documentId: $document, reason: "x" })',
    roles: INTAKE,
    prepare: at({ state: 'SUBMITTED', texts: ['属实', '另有住房', '不属实', '收入证明'] }),
  },
  fileObjection: {
    call: 'fileObjection(input: { publicityId: $publicity, statement: "x" })',
    roles: ['COMMUNITY_WORKER', 'STREET_OFFICER', 'COUNTY_HOUSING', 'CITY_HOUSING'],
    empty: 'answer',
    prepare: at({ state: 'PUBLICITY', publicity: 'RUNNING' }),
  },
  openObjector: {
    call: 'openObjector(id: $opening)',
    roles: SCREENERS,
    empty: 'answer',
    prepare: async (planted) => {
      const ids = await at({ state: 'PUBLICITY', publicity: 'RUNNING', objection: 'FILED' })(planted);
      return { ...ids, opening: await sealObjector(planted, ids.objection as string) };
    },
  },
  answerObjection: {
    call: 'answerObjection(input: { objectionId: $objection, found: NOT_ESTABLISHED, answer: "x" })',
    roles: ['COMMUNITY_WORKER', 'STREET_OFFICER', 'COUNTY_HOUSING', 'CITY_HOUSING'],
    prepare: at({ state: 'PUBLICITY', publicity: 'RUNNING', objection: 'FILED' }),
  },
});
