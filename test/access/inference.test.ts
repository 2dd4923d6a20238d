import { buildSchema, getNamedType, isInputObjectType, isObjectType } from 'graphql';
import { committedSupergraph } from '../../src/cli/committed-supergraph';
import { openStage, type Stage } from '../server/support/stage';
import { CLASSIFIED } from './support/by-hand';
import { recordsIn } from './support/records';

const schema = buildSchema(committedSupergraph(), { assumeValid: true, assumeValidSDL: true });

/** Every argument of every field that is asked rather than done: ids, codes of ours, and pages. Written by hand. */
const ARGUMENTS: Readonly<Record<string, string>> = {
  'Query.household': 'id: ID!',
  'Query.households': 'after: String, first: Int, region: String!',
  'Query.identityMatches': 'after: String, first: Int, household: ID, region: String!, tier: MatchTier',
  'Query.person': 'id: ID!',
  'Query.application': 'id: ID!',
  'Query.applications':
    'after: String, first: Int, overdue: Boolean, region: String!, round: Int, state: ApplicationState',
  'Query.waitingListEntry': 'id: ID!',
  'Query.waitingList':
    'after: String, first: Int, overLimit: Boolean, programme: Programme, region: String!, state: WaitingState',
  'Query.waitingExceptions': 'after: String, first: Int, region: String!',
  'Query.waitingDifferences': 'after: String, first: Int, region: String!',
  'Query.dwellingFile': 'dwelling: ID!, knownAt: DateTime, validOn: Date',
  'Query.archiveEntries': 'after: String, first: Int, form: ArchiveForm, region: String!, section: ArchiveSection',
  'Query.archiveFindings': 'after: String, finding: ArchiveFindingKind, first: Int, region: String!',
  'Query.procedureFindings': 'after: String, first: Int, region: String!',
  'Query.allocationProcedures': 'after: String, first: Int, region: String!',
  'Query.allocationBatches': 'after: String, first: Int, region: String!, state: AllocationBatchState',
  'Query.supervisionMatters': 'after: String, first: Int, region: String!',
  'Query.petitions': 'after: String, first: Int, region: String!',
  'Query.approvalPublicities': 'after: String, first: Int, region: String!',
  'Query.securityStatus': 'person: ID!',
  'Query.supervisionFindings': 'after: String, first: Int, region: String!',
  'Query.spotChecks': 'after: String, first: Int, region: String!, year: Int',
  'Household.file': 'knownAt: DateTime, validOn: Date',
  'Query.dwellings': 'after: String, first: Int, region: String!, state: DwellingState',
  'Query.allotments': 'after: String, first: Int, region: String!, state: AllotmentState, withoutContract: Boolean',
  'Query.contracts': 'after: String, first: Int, of: ID, region: String!, renewal: RenewalWindow, state: ContractState',
  'Query.contractTemplates': 'kind: ContractKind, region: String!',
  'Query.tenancySteps': 'of: ID!',
  'Query.rentEntries': 'contract: ID!',
  'Query.arrears': 'after: String, first: Int, region: String!',
  'Query.treasury': 'region: String!, year: Int!',
  'Query.notice': 'id: ID!',
  'Query.notices': 'after: String, first: Int, kind: NoticeKind, region: String!, state: NoticeState',
  'Query.overdueNotices': 'after: String, first: Int, region: String!',
  'Query.formTemplates': 'region: String!',
  'Query.region': 'code: String!',
  'Query.regions': 'parent: String!',
  'Query.accessesTo': 'after: String, first: Int, person: ID!',
  'Query.crossCheck': 'id: ID!',
  'Query.letter': 'id: ID!',
  'Query.overdueAnswers': 'after: String, first: Int, region: String!',
  'Query.evidenceTasks': 'after: String, first: Int, region: String!, state: EvidenceTaskState',
  'Query.annualReviews':
    'after: String, first: Int, overdue: Boolean, region: String!, state: AnnualReviewState, year: Int!',
  'Query.exitCases': 'after: String, first: Int, of: ID, region: String!',
  'Query.inspections': 'after: String, first: Int, region: String!, state: InspectionState',
  'Query.violations': 'after: String, first: Int, region: String!, state: ViolationState',
  'Query.detectionFindings': 'after: String, first: Int, kind: DetectionKind, region: String!, state: DetectionState',
  'Query.rectifications': 'region: String!',
  'Query.changes': 'after: String, first: Int, region: String!, state: ChangeState',
  'Query.changeWatch': 'region: String!',
  'Query.reviewCampaign': 'region: String!, year: Int!',
  'Query.signalRecord': 'region: String!',
  'Query.inclusionProof': 'entryId: ID!',
  'Query.consistencyProof': 'from: Integer!, to: Integer!',
  'Query.parameters': 'code: String, region: String!',
  'Query.approvedAllocationProcedures': 'after: String, first: Int, region: String!',
  'Query.registeredObjects': 'after: String, first: Int, region: String!',
  'Query.approvedHouseholds': 'after: String, first: Int, region: String!',
  'CrossCheck.households': 'after: String, first: Int',
  'Subscription.crossCheckProgress': 'id: ID!',
};

describe('nothing is filtered, ordered, grouped, searched or counted by what its viewer may not read', () => {
  it('because no question takes an argument but those reviewed here', () => {
    const found = Object.values(schema.getTypeMap()).flatMap((type) =>
      isObjectType(type) && type !== schema.getMutationType() && !type.name.startsWith('__')
        ? Object.values(type.getFields()).flatMap(({ name, args }) =>
            args.length === 0
              ? []
              : [
                  [
                    `${type.name}.${name}`,
                    args
                      .map((one) => `${one.name}: ${String(one.type)}`)
                      .sort()
                      .join(', '),
                  ],
                ],
          )
        : [],
    );
    expect(Object.fromEntries(found)).toEqual(ARGUMENTS);
  });

  it('and no connection tells how many there are', () => {
    const pages = Object.values(schema.getTypeMap()).filter(({ name }) => /Connection$|^PageInfo$/.test(name));
    expect(pages.length).toBeGreaterThan(4);
    for (const type of pages)
      if (isObjectType(type))
        for (const field of Object.values(type.getFields()))
          expect(getNamedType(field.type).name).not.toMatch(/Int|Float/);
  });

  it('and an act takes a classified value only to write it down', () => {
    const bare = new Set([...CLASSIFIED.keys()].map((field) => field.split('.')[1]!));
    const taken = Object.values(schema.getTypeMap()).flatMap((type) =>
      isInputObjectType(type)
        ? Object.keys(type.getFields()).flatMap((field) => (bare.has(field) ? [`${type.name}.${field}`] : []))
        : [],
    );
    expect(taken.sort()).toEqual([
      ...['AddEvidenceInput.documentNumber', 'AddEvidenceInput.note', 'AnswerObjectionInput.answer'],
      'AskToOpenObjectorInput.documentNumber',
      'BarReapplicationInput.documentNumber',
      'CloseChangeInput.note',
      'CloseSupervisionMatterInput.documentNumber',
      ...['CloseViolationInput.documentNumber', 'CloseViolationInput.investigation', 'CompleteExitInput.priceFen'],
      'ConsultOnReviewInput.documentNumber',
      'ConsultOnReviewInput.note',
      ...['ContestFactInput.claimed', 'ContestFactInput.reason'],
      ...['CorrectArchiveEntryInput.place', 'CorrectArchiveEntryInput.reason', 'CorrectArchiveEntryInput.title'],
      'DecidePetitionInput.documentNumber',
      'DecideReviewInput.reason',
      ...['DeclareForReviewInput.declaredIncomeFen', 'DeclareForReviewInput.note'],
      ...['DeclineDwellingInput.reason', 'DeclineInvitationInput.reason'],
      ...[
        'DeliverNoticeOnPaperInput.documentNumber',
        'DraftAllocationProcedureInput.title',
        'DrawContractInput.priceFen',
      ],
      ...['ExemptFromReviewInput.documentNumber', 'ExemptFromReviewInput.reason'],
      ...['FileArchiveEntryInput.place', 'FileArchiveEntryInput.title'],
      ...[
        'FileObjectionInput.statement',
        'FormEntryInput.value',
        'GiveAssistingOpinionInput.documentNumber',
        'GiveOpinionInput.documentNumber',
        'GiveOpinionInput.note',
      ],
      ...['ImplementPetitionInput.documentNumber', 'LegalBasisInput.documentNumber', 'LegalBasisInput.title'],
      'MarkNoticeReadInput.documentNumber',
      'MoveDwellingInput.documentNumber',
      ...['MoveInQueueInput.documentNumber', 'MoveInQueueInput.reason'],
      ...['ObjectorInput.contact', 'ObjectorInput.name'],
      ...[
        'OfferDwellingInput.documentNumber',
        'OfferDwellingInput.reason',
        'OnContractWithDocumentInput.documentNumber',
      ],
      ...[
        'OnWaitingByDecisionInput.documentNumber',
        'OnWaitingByDecisionInput.reason',
        'OnWaitingWithReasonInput.reason',
      ],
      ...['OpenAllocationBatchInput.name', 'OpenCaseInput.declaredIncomeFen'],
      'OpenSupervisionMatterInput.documentNumber',
      'OrderExitInput.documentNumber',
      ...['PostPublicityInput.place', 'ProposeArchiveDisposalInput.documentNumber'],
      ...['PublishContractTemplateInput.documentNumber', 'PublishContractTemplateInput.title'],
      ...['PublishFormTemplateInput.documentNumber', 'PublishFormTemplateInput.title'],
      ...['ReceiptInput.amountFen', 'ReceiptInput.documentNumber'],
      ...['RecordApprovalPublicityInput.documentNumber', 'RecordApprovalPublicityInput.place'],
      ...['RecordDwellingDealingInput.answer', 'RecordDwellingDealingInput.documentNumber'],
      ...['RecordDwellingInput.areaCm2', 'RecordDwellingInput.areaKind', 'RecordDwellingInput.unitCode'],
      ...['RecordLeaseOperationInput.amountFen', 'RecordLeaseOperationInput.documentNumber'],
      ...['RecordProcedureApprovalInput.documentNumber', 'RecordSignalInput.note'],
      ...['RecordSpotCheckInput.defects', 'RecordSpotCheckInput.place'],
      ...['RemitRentInput.amountFen', 'RemitRentInput.documentNumber', 'ReplyToChangeInput.reply'],
      ...['RevokeApprovalInput.documentNumber', 'SendBackApplicationInput.reason', 'SueForExitInput.documentNumber'],
      ...['TerminateContractInput.documentNumber', 'TerminateContractInput.reason'],
      ...['VoidAllotmentInput.documentNumber', 'VoidAllotmentInput.reason', 'WithdrawApplicationInput.reason'],
      ...['WithdrawContractInput.reason', 'WithdrawDocumentInput.reason'],
    ]);
  });
});

describe('a page cursor', () => {
  let stage: Stage;
  const region = '150402';
  beforeAll(async () => {
    stage = await openStage();
    for (let at = 0; at < 3; at++) await recordsIn(stage, region);
  });
  afterAll(() => stage.close());

  const PAGE = `query ($region: String!, $after: String) { households(region: $region, after: $after, first: 3) { edges { cursor node { id } } } }`;
  interface Page {
    readonly edges: readonly { readonly cursor: string; readonly node: { readonly id: string } }[];
  }
  const page = async (after?: string) => stage.ask(PAGE, { variables: { region, after } });
  const edges = async (after?: string) => ((await page(after)).data as { households: Page }).households.edges;

  it('stays, and so does the order, whatever becomes of the classified values', async () => {
    const before = await edges();
    await stage.base.owner.query(
      `update person set name = reverse(name) || id, birth_date = birth_date - (random() * 9000)::int;
       update household_member set declared_name = id::text; update housing_case set declared_income_fen = (random() * 100000)::int`,
    );
    expect(await edges()).toEqual(before);
  });

  it('holds nothing to read, and leads on only as it was made: altered anywhere, it is refused', async () => {
    const [first, second] = (await edges()) as [Page['edges'][number], Page['edges'][number]];
    expect((await edges(first.cursor))[0]).toEqual(second);
    const bytes = Buffer.from(first.cursor, 'base64url');
    for (const known of [region, first.node.id, first.node.id.replaceAll('-', '')])
      expect(bytes.includes(known) || bytes.includes(Buffer.from(known, 'hex'))).toBe(false);
    const codes = new Set<unknown>();
    for (const at of bytes.keys()) {
      const altered = Buffer.from(bytes);
      altered[at]! ^= 1;
      codes.add((await page(altered.toString('base64url'))).errors[0]?.extensions['code']);
    }
    for (const other of ['', 'x', bytes.subarray(1).toString('base64url'), `${first.cursor}AAAA`])
      codes.add((await page(other)).errors[0]?.extensions['code']);
    expect([...codes]).toEqual(['INVALID_CURSOR']);
  });

  it('of one list opens no other', async () => {
    const [{ cursor }] = (await edges()) as [Page['edges'][number]];
    for (const other of ['1504', '15', '150426']) {
      const { errors } = await stage.ask(PAGE, {
        variables: { region: other, after: cursor },
        claims: { region: '15' },
      });
      expect(errors[0]?.extensions['code']).toBe('INVALID_CURSOR');
    }
    const overdue = `query ($region: String!, $after: String) { overdueAnswers(region: $region, after: $after) { nodes { queryId } } }`;
    const { errors } = await stage.ask(overdue, { variables: { region, after: cursor } });
    expect(errors[0]?.extensions['code']).toBe('INVALID_CURSOR');
  });
});
