import { graphql, parse, subscribe, type GraphQLError, type GraphQLObjectType, type GraphQLResolveInfo } from 'graphql';
import { subgraphs } from '../../resolvers';
import { ROLES, type Role } from '../../src/access/viewer';
import { makeSubgraph } from '../../src/server/subgraph';
import { ticking, toy } from '../server/support/toy';

const eyes = { now: () => new Date(), maskOf: () => 'STRICT_6_1' as const };
const session = (role: Role) => ({
  viewer: { subject: 's', role, office: '150402', regions: ['150402'] },
  ...{ purpose: null, requestId: 'r', hub: {}, loaders: new Map() },
});
const codes = (errors: readonly GraphQLError[] = []) => errors.map((error) => error.extensions.code);

describe('a root operation', () => {
  const { schema } = makeSubgraph(toy, eyes);

  it('that no table lists is denied to every role', async () => {
    for (const role of ROLES) {
      const { data, errors } = await graphql({ schema, source: '{ unlisted }', contextValue: session(role) });
      expect([data, codes(errors)]).toEqual([{ unlisted: null }, ['FORBIDDEN']]);
    }
  });

  it('is denied, as UNAUTHENTICATED, to a request without a viewer; entities too', async () => {
    const source = '{ refused _entities(representations: [{ __typename: "ToyPerson", id: "p0" }]) { __typename } }';
    const { errors } = await graphql({ schema, source, contextValue: {} });
    expect(codes(errors)).toEqual(['UNAUTHENTICATED', 'UNAUTHENTICATED']);
  });

  it('that is a subscription is denied before it starts', async () => {
    for (const field of ['tick', 'unlistedTick']) {
      const result = await subscribe({
        schema,
        document: parse(`subscription { ${field} }`),
        contextValue: session('AUDITOR'),
      });
      expect('errors' in result && codes(result.errors)).toEqual(['FORBIDDEN']);
    }
    expect(ticking()).toBe(0);
  });
});

/** Who may call what: written down a second time, so that a change of a table is seen here. */
const CLERKS: Role[] = ['COMMUNITY_WORKER', 'STREET_OFFICER', 'COUNTY_HOUSING', 'CITY_HOUSING'];
const READERS: Role[] = [...CLERKS, 'REGION_HOUSING', 'AUDITOR', 'DISCIPLINE', 'CIVIL_AFFAIRS'];

const INTAKE: Role[] = ['COMMUNITY_WORKER', 'STREET_OFFICER'];

const MAY: Record<string, readonly Role[]> = {
  'Query.household': [...READERS, 'PARTNER_SYSTEM'],
  'Query.households': READERS,
  'Query.person': [...READERS, 'PARTNER_SYSTEM'],
  'Query.supervisionMatters': [
    'COUNTY_HOUSING',
    'CITY_HOUSING',
    'REGION_HOUSING',
    'AUDITOR',
    'DISCIPLINE',
    'CIVIL_AFFAIRS',
  ],
  'Query.approvalPublicities': ['COUNTY_HOUSING', 'CITY_HOUSING', 'REGION_HOUSING', 'AUDITOR', 'DISCIPLINE'],
  'Query.petitions': ['COUNTY_HOUSING', 'CITY_HOUSING', 'REGION_HOUSING', 'AUDITOR', 'DISCIPLINE'],
  'Query.securityStatus': ['PARTNER_SYSTEM'],
  'Query.identityMatches': ['COUNTY_HOUSING', 'CITY_HOUSING', 'REGION_HOUSING'],
  'Query.application': READERS,
  'Query.applications': READERS,
  'Query.waitingListEntry': READERS,
  'Query.waitingList': READERS,
  'Query.waitingExceptions': ['CITY_HOUSING', 'REGION_HOUSING', 'AUDITOR', 'DISCIPLINE'],
  'Query.waitingDifferences': ['CITY_HOUSING', 'REGION_HOUSING', 'AUDITOR', 'DISCIPLINE'],
  'Query.dwellings': READERS,
  'Query.allotments': READERS,
  'Query.contracts': READERS,
  'Query.contractTemplates': READERS,
  'Query.tenancySteps': READERS,
  'Query.rentEntries': ['COUNTY_HOUSING', 'CITY_HOUSING', 'REGION_HOUSING', 'AUDITOR', 'DISCIPLINE'],
  'Query.arrears': ['COUNTY_HOUSING', 'CITY_HOUSING', 'REGION_HOUSING', 'AUDITOR', 'DISCIPLINE'],
  'Query.treasury': ['COUNTY_HOUSING', 'CITY_HOUSING', 'REGION_HOUSING', 'AUDITOR', 'DISCIPLINE', 'FINANCE'],
  'Query.notice': READERS,
  'Query.notices': READERS,
  'Query.overdueNotices': READERS,
  'Query.formTemplates': READERS,
  'Query.dwellingFile': READERS,
  'Query.archiveEntries': READERS,
  'Query.archiveFindings': ['COUNTY_HOUSING', 'CITY_HOUSING', 'REGION_HOUSING', 'AUDITOR', 'DISCIPLINE'],
  'Query.procedureFindings': ['COUNTY_HOUSING', 'CITY_HOUSING', 'REGION_HOUSING', 'AUDITOR', 'DISCIPLINE'],
  'Query.allocationProcedures': ['COUNTY_HOUSING', 'CITY_HOUSING', 'REGION_HOUSING', 'AUDITOR', 'DISCIPLINE'],
  'Query.allocationBatches': ['COUNTY_HOUSING', 'CITY_HOUSING', 'REGION_HOUSING', 'AUDITOR', 'DISCIPLINE'],
  'Query.supervisionFindings': ['COUNTY_HOUSING', 'CITY_HOUSING', 'REGION_HOUSING', 'AUDITOR', 'DISCIPLINE'],
  'Query.spotChecks': ['COUNTY_HOUSING', 'CITY_HOUSING', 'REGION_HOUSING', 'AUDITOR', 'DISCIPLINE'],
  'Query.region': ROLES,
  'Query.regions': ROLES,
  'Query.letter': [...READERS, 'PARTNER_SYSTEM'],
  'Query.purposes': ROLES,
  'Query.parameters': ROLES,
  'Query.crossCheck': [...READERS, 'PARTNER_SYSTEM'],
  'Query.overdueAnswers': ['COUNTY_HOUSING', 'CITY_HOUSING', 'REGION_HOUSING', 'AUDITOR', 'DISCIPLINE'],
  'Query.evidenceTasks': READERS,
  'Query.reviewCampaign': READERS,
  'Query.annualReviews': READERS,
  'Query.exitCases': READERS,
  'Query.inspections': READERS.filter((role) => role !== 'CIVIL_AFFAIRS'),
  'Query.violations': READERS.filter((role) => role !== 'CIVIL_AFFAIRS'),
  'Query.detectionFindings': ['COUNTY_HOUSING', 'CITY_HOUSING', 'REGION_HOUSING', 'AUDITOR', 'DISCIPLINE'],
  'Query.rectifications': ['COUNTY_HOUSING', 'CITY_HOUSING', 'REGION_HOUSING', 'AUDITOR', 'DISCIPLINE'],
  'Query.changes': ['COUNTY_HOUSING', 'CITY_HOUSING', 'REGION_HOUSING', 'AUDITOR', 'DISCIPLINE'],
  'Query.changeWatch': ['COUNTY_HOUSING', 'CITY_HOUSING', 'REGION_HOUSING', 'AUDITOR', 'DISCIPLINE'],
  'Query.signalRecord': READERS.filter((role) => role !== 'CIVIL_AFFAIRS'),
  'Query.accessesTo': ['AUDITOR', 'DISCIPLINE', 'APPLICANT_SELF'],
  'Query.auditHead': ['AUDITOR', 'DISCIPLINE'],
  'Query.inclusionProof': ['AUDITOR', 'DISCIPLINE'],
  'Query.consistencyProof': ['AUDITOR', 'DISCIPLINE'],
  'Query.registeredObjects': ROLES,
  'Query.approvedHouseholds': ROLES,
  'Query.approvedAllocationProcedures': ROLES,
  'Mutation.openCase': CLERKS,
  'Mutation.closeCase': ['COUNTY_HOUSING', 'CITY_HOUSING'],
  'Mutation.recordAdmissionGround': ['COUNTY_HOUSING'],
  'Mutation.barReapplication': ['COUNTY_HOUSING', 'CITY_HOUSING'],
  'Mutation.liftReapplicationBar': ['CITY_HOUSING', 'REGION_HOUSING'],
  'Mutation.importHouseholds': ['COUNTY_HOUSING', 'CITY_HOUSING'],
  'Mutation.reviewIdentityMatch': ['COUNTY_HOUSING', 'CITY_HOUSING', 'REGION_HOUSING'],
  ...Object.fromEntries(
    ['start', 'fill', 'submit', 'return', 'accept', 'withdraw'].map((verb) => [`Mutation.${verb}Application`, INTAKE]),
  ),
  'Mutation.publishFormTemplate': ['CITY_HOUSING'],
  'Mutation.appealRefusal': INTAKE,
  'Mutation.openSupervisionMatter': ['COUNTY_HOUSING', 'CITY_HOUSING'],
  'Mutation.addAssistingDepartment': ['COUNTY_HOUSING', 'CITY_HOUSING'],
  'Mutation.giveAssistingOpinion': ['CIVIL_AFFAIRS'],
  'Mutation.closeSupervisionMatter': ['COUNTY_HOUSING', 'CITY_HOUSING'],
  'Mutation.receivePetition': ['COUNTY_HOUSING', 'CITY_HOUSING'],
  'Mutation.decidePetition': ['COUNTY_HOUSING', 'CITY_HOUSING'],
  'Mutation.implementPetition': ['COUNTY_HOUSING', 'CITY_HOUSING'],
  'Mutation.recordApprovalPublicity': ['COUNTY_HOUSING', 'CITY_HOUSING'],
  'Mutation.verifyDocument': ['STREET_OFFICER', 'COUNTY_HOUSING', 'CITY_HOUSING'],
  'Mutation.withdrawDocument': INTAKE,
  'Mutation.giveOpinion': ['COUNTY_HOUSING', 'CITY_HOUSING', 'CIVIL_AFFAIRS'],
  'Mutation.passReview': CLERKS,
  'Mutation.rejectApplication': CLERKS,
  'Mutation.sendBackApplication': CLERKS,
  'Mutation.postPublicity': CLERKS,
  'Mutation.clearPublicity': CLERKS,
  'Mutation.fileObjection': CLERKS,
  'Mutation.askToOpenObjector': ['COUNTY_HOUSING', 'CITY_HOUSING', 'REGION_HOUSING'],
  'Mutation.openObjector': ['COUNTY_HOUSING', 'CITY_HOUSING', 'REGION_HOUSING'],
  'Mutation.tellObjector': ['COUNTY_HOUSING', 'CITY_HOUSING', 'REGION_HOUSING'],
  'Mutation.answerObjection': CLERKS,
  'Mutation.approveApplication': ['COUNTY_HOUSING', 'CITY_HOUSING'],
  'Mutation.revokeApproval': ['COUNTY_HOUSING', 'CITY_HOUSING'],
  'Mutation.decideAppeal': ['CITY_HOUSING', 'REGION_HOUSING'],
  'Mutation.markNoticeRead': [...CLERKS, 'APPLICANT_SELF'],
  'Mutation.deliverNoticeOnPaper': CLERKS,
  ...Object.fromEntries(
    [
      ...['inviteFromQueue', 'registerForBatch', 'declineInvitation', 'suspendInQueue', 'resumeInQueue'],
      ...['restoreToQueue', 'removeFromQueue', 'moveInQueue'],
    ].map((verb) => [`Mutation.${verb}`, ['COUNTY_HOUSING', 'CITY_HOUSING'] as const]),
  ),
  'Mutation.draftAllocationProcedure': ['COUNTY_HOUSING', 'CITY_HOUSING'],
  'Mutation.submitAllocationProcedure': ['COUNTY_HOUSING', 'CITY_HOUSING'],
  'Mutation.recordProcedureApproval': ['COUNTY_HOUSING', 'CITY_HOUSING'],
  'Mutation.openAllocationBatch': ['COUNTY_HOUSING', 'CITY_HOUSING'],
  'Mutation.recordAllocationStep': ['COUNTY_HOUSING', 'CITY_HOUSING'],
  'Mutation.closeAllocationBatch': ['COUNTY_HOUSING', 'CITY_HOUSING'],
  'Mutation.recordDwelling': ['COUNTY_HOUSING', 'CITY_HOUSING'],
  'Mutation.moveDwelling': ['COUNTY_HOUSING', 'CITY_HOUSING'],
  ...Object.fromEntries(
    [
      ...['fileArchiveEntry', 'correctArchiveEntry', 'arrangeArchiveEntry', 'shelveArchiveEntry'],
      ...['proposeArchiveDisposal', 'confirmArchiveDisposal'],
    ].map((verb) => [`Mutation.${verb}`, ['COUNTY_HOUSING', 'CITY_HOUSING'] as const]),
  ),
  'Mutation.drawSpotCheck': ['CITY_HOUSING', 'REGION_HOUSING'],
  'Mutation.recordSpotCheck': ['CITY_HOUSING', 'REGION_HOUSING'],
  'Mutation.recordDwellingDealing': ['COUNTY_HOUSING', 'CITY_HOUSING'],
  'Mutation.recordLeaseOperation': ['COUNTY_HOUSING', 'CITY_HOUSING'],
  'Mutation.offerDwelling': ['COUNTY_HOUSING', 'CITY_HOUSING'],
  'Mutation.acceptDwelling': ['COUNTY_HOUSING', 'CITY_HOUSING'],
  'Mutation.declineDwelling': ['COUNTY_HOUSING', 'CITY_HOUSING'],
  'Mutation.voidAllotment': ['COUNTY_HOUSING', 'CITY_HOUSING'],
  'Mutation.publishContractTemplate': ['CITY_HOUSING'],
  ...Object.fromEntries(
    [
      ...['handOverDwelling', 'drawContract', 'signContract', 'withdrawContract', 'fileContract', 'terminateContract'],
      ...['askRenewal', 'renewContract', 'completePurchase', 'recordMoveIn', 'recordVacation', 'recordPayment'],
      ...['takeDeposit', 'returnDeposit', 'recordPriceDifference', 'remitRent', 'hearExit', 'orderExit'],
      ...['grantRelocation', 'chargeMarketRent', 'sueForExit', 'completeExit', 'closeViolation'],
    ].map((verb) => [`Mutation.${verb}`, ['COUNTY_HOUSING'] as const]),
  ),
  'Mutation.openReviewCampaign': ['COUNTY_HOUSING', 'CITY_HOUSING'],
  'Mutation.checkReviews': ['COUNTY_HOUSING', 'CITY_HOUSING'],
  'Mutation.declareForReview': CLERKS,
  'Mutation.exemptFromReview': ['COUNTY_HOUSING'],
  'Mutation.consultOnReview': ['COUNTY_HOUSING', 'CIVIL_AFFAIRS'],
  'Mutation.hearReview': ['STREET_OFFICER', 'COUNTY_HOUSING'],
  'Mutation.decideReview': ['COUNTY_HOUSING'],
  'Mutation.executeReview': ['COUNTY_HOUSING'],
  'Mutation.recordSignal': CLERKS,
  'Mutation.closeInspection': ['STREET_OFFICER', 'COUNTY_HOUSING'],
  'Mutation.notifyOfChange': ['COUNTY_HOUSING'],
  'Mutation.replyToChange': ['COUNTY_HOUSING'],
  'Mutation.closeChange': ['COUNTY_HOUSING'],
  'Mutation.decide': ['COUNTY_HOUSING', 'CITY_HOUSING'],
  'Mutation.contestFact': CLERKS,
  'Mutation.withdrawContest': CLERKS,
  'Mutation.addEvidence': CLERKS,
  'Mutation.confirmEvidence': ['COUNTY_HOUSING', 'CITY_HOUSING'],
  'Mutation.rejectEvidence': ['COUNTY_HOUSING', 'CITY_HOUSING'],
  'Mutation.withdrawEvidence': CLERKS,
  'Mutation.draftLetter': CLERKS,
  'Mutation.signLetter': CLERKS,
  'Mutation.registerLetter': CLERKS,
  'Mutation.endLetter': CLERKS,
  'Mutation.mintPurposeToken': ['STREET_OFFICER', 'COUNTY_HOUSING', 'CITY_HOUSING', 'CIVIL_AFFAIRS', 'PARTNER_SYSTEM'],
  'Mutation.requestCrossCheck': ['COUNTY_HOUSING', 'CITY_HOUSING', 'REGION_HOUSING', 'CIVIL_AFFAIRS', 'PARTNER_SYSTEM'],
  'Subscription.crossCheckProgress': [...READERS, 'PARTNER_SYSTEM'],
};

describe('each root operation of the hub', () => {
  const operations = subgraphs.flatMap((parts) => {
    const { schema } = makeSubgraph(parts, eyes);
    return [schema.getQueryType(), schema.getMutationType(), schema.getSubscriptionType()].flatMap((root) =>
      root ? fieldsOf(root) : [],
    );
  });

  it('lets in exactly the roles of its table', async () => {
    const admitted: Record<string, Role[]> = {};
    for (const { name, call } of operations) {
      const verdicts = await Promise.all(ROLES.map(async (role) => [role, await call(role)] as const));
      admitted[name] = verdicts.filter(([, denied]) => !denied).map(([role]) => role);
    }
    const inOrder = (roles: readonly Role[]) => ROLES.filter((role) => roles.includes(role));
    expect(admitted).toEqual(Object.fromEntries(Object.entries(MAY).map(([name, roles]) => [name, inOrder(roles)])));
  });
});

/** Each operation with a call that tells whether a role was denied; what comes after the guard fails here for want of a hub. */
function fieldsOf(root: GraphQLObjectType) {
  return Object.values(root.getFields())
    .filter(({ name }) => !name.startsWith('_'))
    .map((field) => ({
      name: `${root.name}.${field.name}`,
      call: async (role: Role): Promise<boolean> => {
        const run = root.name === 'Subscription' ? field.subscribe! : field.resolve!;
        const outcome: unknown = await Promise.resolve(run({}, {}, session(role), {} as GraphQLResolveInfo)).catch(
          (error: unknown) => error,
        );
        return (outcome as { extensions?: { code?: string } } | null)?.extensions?.code === 'FORBIDDEN';
      },
    }));
}
