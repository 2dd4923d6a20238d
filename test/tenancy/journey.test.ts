import { beijingDay } from '../../src/access/day';
import { chargeRents } from '../../src/jobs/charge-rents';
import { admission, staffOf } from '../admission/office-of';
import { unitCode } from '../access/support/tenancy';
import { UNCOUNTED } from '../server/support/stage';
import { honestFiles, type File } from '../support/files';
import { openRunningHub, type RunningHub, type Who } from '../support/running-hub';
import { approvedIn, waits } from '../waiting/queue-of';
import { CLAUSES, exitOpened, MANAGER, type Home } from './tenancy-of';

const DAY_MS = 86_400_000;
let ahead = 0;
let running: RunningHub;
let files: File[];
beforeAll(async () => {
  running = await openRunningHub(400, UNCOUNTED, () => new Date(Date.now() + ahead));
  for (const source of ['civil-affairs', 'police']) await running.sandbox.control.set(source, { readyAfterMs: 0 });
  files = await honestFiles(running);
});
afterAll(() => running.close());
beforeEach(() => void (ahead = 0));

const today = (): string => beijingDay(new Date(Date.now() + ahead));
const inDays = (days: number): string => beijingDay(new Date(Date.now() + ahead + days * DAY_MS));
const isDistrict = ({ region }: File): boolean => running.hub.regions.find(region)!.divisionKind === 'DISTRICT';
const prefectureOf = ({ region }: File): string => running.hub.regions.find(region)!.parentCode!;
/** Of two prefectures: what one publishes on a day to come, the other does not follow. */
const ofKind = (kind: 'DISTRICT' | 'COUNTY'): File => {
  const county = files.find((file) => !isDistrict(file))!;
  if (kind === 'COUNTY') return county;
  return files.find((file) => isDistrict(file) && prefectureOf(file) !== prefectureOf(county))!;
};

interface Row {
  readonly id: string;
  readonly state: string;
  readonly version: number;
}
/** What an act answers, or 'CODE field'. */
async function act<T = Row>(
  who: Who,
  verb: string,
  type: string,
  input: object,
  fields = 'id state version',
): Promise<T> {
  const text = `mutation ($input: ${type}!) { ${verb}(input: $input) { ${fields} } }`;
  const { data, errors } = await running.ask<Record<string, T>>(who, text, { variables: { input } });
  expect([verb, errors]).toEqual([verb, []]);
  return data[verb]!;
}
async function refused(who: Who, verb: string, type: string, input: object): Promise<string> {
  const { errors } = await running.ask(who, `mutation ($input: ${type}!) { ${verb}(input: $input) { __typename } }`, {
    variables: { input },
  });
  return errors.map(({ extensions: { code, field } }) => [code, field].filter(Boolean).join(' ')).join();
}
async function list<T>(who: Who, query: string): Promise<T> {
  const { data, errors } = await running.ask<T>(who, `{ ${query} }`);
  expect(errors).toEqual([]);
  return data;
}

/** Approved and in the queue: the county's file by its whole way, the district's by the record of it. */
async function queued(file: File): Promise<void> {
  if (running.hub.regions.find(file.region)!.divisionKind !== 'DISTRICT') {
    await admission(running).approve(file, (days) => void (ahead += days * DAY_MS));
    return;
  }
  const of = { on: '2026-01-15', flow: 'DISTRICTED_FLOW' as const };
  await waits(running.base, await approvedIn(running.base, file.region, file.householdId, of));
}

describe('a household that was approved', () => {
  it.each(['COUNTY', 'DISTRICT'] as const)(
    'in the flow of a %s is offered a dwelling, signs, moves in, pays, is visited, and leaves it for somebody else [IM-4.9] [IM-4.10] [IM-7.9]',
    async (kind) => {
      const file = ofKind(kind);
      const { county, city } = staffOf(file, running);
      const [queue, beside] = kind === 'DISTRICT' ? [city, county] : [county, city];
      const other: Who = { ...county, sub: 'another of the county' };
      await queued(file);
      const entryText = `household(id: "${file.householdId}") { waiting { id version programme state } }`;
      const { household } = await list<{ household: { waiting: (Row & { programme: string })[] } }>(county, entryText);
      const entry = household.waiting[0]!;
      const unit = unitCode(file.region);
      const dwelling = await act(county, 'recordDwelling', 'RecordDwellingInput', {
        ...{
          region: file.region,
          unitCode: unit,
          project: '安居小区',
          address: '1号楼101',
          programme: entry.programme,
        },
        ...{ unitType: '两居', areaCm2: 500_000, areaKind: 'GROSS', owner: '住房保障中心', manager: MANAGER },
        state: 'DELIVERABLE',
      });
      const twice = {
        region: file.region,
        unitCode: unit,
        project: 'x',
        address: 'x',
        programme: 'LOW_RENT',
        unitType: 'x',
      };
      expect(
        await refused(county, 'recordDwelling', 'RecordDwellingInput', {
          ...{ ...twice, areaCm2: 1, areaKind: 'GROSS', owner: 'x', manager: 'x', state: 'PLANNED' },
        }),
      ).toBe('DWELLING_RECORDED unitCode');
      const offer = { entryId: entry.id, dwellingId: dwelling.id, reason: '轮候次序在前', documentNumber: '配1号' };
      expect(await refused(queue, 'offerDwelling', 'OfferDwellingInput', offer)).toBe('ILLEGAL_MOVE entryId');
      const invited = { entryId: entry.id, version: entry.version, batch: '第一批' };
      await act(queue, 'inviteFromQueue', 'InviteFromQueueInput', invited);
      await act(queue, 'registerForBatch', 'OnWaitingInput', { entryId: entry.id, version: entry.version + 1 });
      expect(await refused(queue, 'offerDwelling', 'OfferDwellingInput', offer)).toBe('ILLEGAL_MOVE dwellingId'); // not released
      await act(county, 'moveDwelling', 'MoveDwellingInput', { dwellingId: dwelling.id, version: 0, step: 'RELEASE' });
      expect(await refused(beside, 'offerDwelling', 'OfferDwellingInput', offer)).toBe('WRONG_LEVEL entryId');
      const allotment = await act(queue, 'offerDwelling', 'OfferDwellingInput', offer);
      const onAllotment = (version: number) => ({ allotmentId: allotment.id, version });
      await act(queue, 'acceptDwelling', 'OnAllotmentInput', onAllotment(0));
      const bare = `allotments(region: "${file.region}", withoutContract: true) { nodes { id } }`;
      expect(await list(county, bare)).toEqual({ allotments: { nodes: [{ id: allotment.id }] } });
      const prefecture = prefectureOf(file);
      const template = {
        region: prefecture,
        kind: 'LEASE',
        title: '租赁合同',
        documentNumber: '文1号',
        validFrom: today(),
      };
      await act(
        city,
        'publishContractTemplate',
        'PublishContractTemplateInput',
        { ...template, clauses: CLAUSES },
        'id version',
      );
      const terms = { partyKind: 'MANAGER', party: MANAGER, startsOn: today(), endsOn: inDays(700) };
      const contract = await act(county, 'drawContract', 'DrawContractInput', { allotmentId: allotment.id, ...terms });
      expect(await refused(county, 'handOverDwelling', 'OnAllotmentInput', onAllotment(1))).toBe(
        'CONTRACT_REQUIRED allotmentId',
      );
      const onContract = (version: number) => ({ contractId: contract.id, version, documentNumber: `合${version}号` });
      await act(county, 'signContract', 'OnContractWithDocumentInput', onContract(0));
      expect(await list(county, bare)).toEqual({ allotments: { nodes: [] } });
      await act(county, 'fileContract', 'OnContractWithDocumentInput', onContract(1));
      expect(await refused(city, 'handOverDwelling', 'OnAllotmentInput', onAllotment(2))).toBe('FORBIDDEN');
      await act(county, 'handOverDwelling', 'OnAllotmentInput', onAllotment(2));

      const contracts = `contracts(region: "${file.region}") { nodes { id state rentFen depositFen occupancy { id state version } } }`;
      const seen = await list<{
        contracts: { nodes: (Row & { rentFen: number; depositFen: number; occupancy: Row })[] };
      }>(county, contracts);
      const { occupancy, depositFen, state } = seen.contracts.nodes.find(({ id }) => id === contract.id)!;
      expect([state, occupancy.state]).toEqual(['ACTIVE', 'NOT_MOVED_IN']);
      await act(county, 'recordMoveIn', 'OnOccupancyInput', { occupancyId: occupancy.id, version: 0 });
      const money = (amountFen: number, documentNumber: string) => ({
        contractId: contract.id,
        amountFen,
        receivedOn: today(),
        documentNumber,
      });
      await act(county, 'takeDeposit', 'ReceiptInput', money(depositFen, `押${file.region}`));
      const lived = today();
      ahead += 70 * DAY_MS;
      await chargeRents.run({}, running.hub, new AbortController().signal);
      await act(county, 'recordPayment', 'ReceiptInput', money(1234, `收${file.region}`));
      const remit = (amountFen: number) => ({
        region: file.region,
        month: today(),
        amountFen,
        documentNumber: `缴${amountFen}`,
      });
      expect(await refused(county, 'remitRent', 'RemitRentInput', remit(1235))).toBe('INVALID_INPUT amountFen');
      const month = await act<object>(
        county,
        'remitRent',
        'RemitRentInput',
        remit(1000),
        'receivedFen remittedFen toRemitFen',
      );
      expect(month).toEqual({ receivedFen: 1234, remittedFen: 1000, toRemitFen: 234 });
      const ledger = `rentEntries(contract: "${contract.id}") { kind amountFen debit credit month }`;
      const { rentEntries } = await list<{ rentEntries: { kind: string; amountFen: number; month: string }[] }>(
        county,
        ledger,
      );
      expect(rentEntries.filter((row) => row.kind === 'CHARGE').length).toBeGreaterThanOrEqual(2);
      expect(rentEntries[0]!.month <= lived).toBe(true);
      const owing = `arrears(region: "${file.region}") { nodes { contractId months overLimit } }`;
      const { arrears } = await list<{ arrears: { nodes: { contractId: string; overLimit: boolean }[] } }>(
        county,
        owing,
      );
      expect(arrears.nodes).toMatchObject([{ contractId: contract.id, overLimit: false }]);

      const signal = { householdId: file.householdId, kind: 'SUBLET', signal: 'COMPLAINT', seenFrom: today() };
      const { id: inspectionId } = await act(county, 'recordSignal', 'RecordSignalInput', signal, 'id state');
      const visit = { inspectionId, result: 'CONFIRMED', use: 'LET', inspectedOn: today(), record: '入户查看' };
      await act(county, 'closeInspection', 'CloseInspectionInput', visit, 'id state useState');
      const open = `violations(region: "${file.region}", state: OPENED) { nodes { id kind householdId } }`;
      const { violations } = await list<{ violations: { nodes: { id: string; kind: string }[] } }>(county, open);
      expect(violations.nodes).toMatchObject([{ kind: 'SUBLET', householdId: file.householdId }]);
      const decided = {
        investigation: '转租属实',
        decision: 'ORDER_EXIT',
        documentNumber: '处1号',
        decidedOn: today(),
      };
      await act(
        county,
        'closeViolation',
        'CloseViolationInput',
        { violationId: violations.nodes[0]!.id, ...decided },
        'id state',
      );

      const home = { region: file.region, household: file.householdId } as Home;
      const exitId = await exitOpened({ base: running.base } as never, home, today());
      const onExit = (version: number) => ({ exitId, version });
      await act(county, 'hearExit', 'HearExitInput', { ...onExit(0), record: '当事人无异议' });
      const order = { ...onExit(1), documentNumber: '退1号', clauseId: '3', leaveBy: inDays(10) };
      expect(await refused(county, 'orderExit', 'OrderExitInput', order)).toBe('SECOND_PERSON_REQUIRED exitId');
      expect(await refused(other, 'orderExit', 'OrderExitInput', { ...order, clauseId: '2' })).toBe(
        'INVALID_INPUT clauseId',
      );
      await act(other, 'orderExit', 'OrderExitInput', order);
      await act(county, 'grantRelocation', 'GrantRelocationInput', { ...onExit(2), until: inDays(20) });
      expect(await refused(county, 'chargeMarketRent', 'OnExitInput', onExit(3))).toBe('ILLEGAL_MOVE exitId');
      ahead += 21 * DAY_MS;
      await act(county, 'chargeMarketRent', 'OnExitInput', onExit(3));
      await act(county, 'sueForExit', 'SueForExitInput', { ...onExit(4), documentNumber: '案1号' });
      const done = { ...onExit(5), outcome: 'RECOVERY' };
      await act(county, 'completeExit', 'CompleteExitInput', done);
      const stock = `dwellings(region: "${file.region}", state: PENDING_ALLOCATION) { nodes { id steps { kind } operations { kind } } }`;
      const { dwellings } = await list<{ dwellings: { nodes: object[] } }>(city, stock);
      expect(dwellings.nodes).toEqual([
        {
          id: dwelling.id,
          steps: ['RELEASE', 'ALLOTMENT', 'HANDOVER', 'RECOVERY', 'RELEASE'].map((step) => ({ kind: step })),
          operations: [{ kind: 'SIGNING' }, { kind: 'RENT' }],
        },
      ]);
      const told = `tenancySteps(of: "${exitId}") { kind toState note takenBy }`;
      const { tenancySteps } = await list<{ tenancySteps: { kind: string; note: string | null }[] }>(county, told);
      expect(tenancySteps.map((step) => step.kind)).toEqual([
        'HEARING',
        'ORDER',
        'RELOCATION',
        'MARKET_RENT',
        'COURT',
        'RECOVERY',
      ]);
      expect(tenancySteps[0]!.note).toBe('当事人无异议');
      const again = await list<{ household: { entitlements: { until: string | null }[] } }>(
        county,
        `household(id: "${file.householdId}") { entitlements { until } }`,
      );
      expect(again.household.entitlements.filter(({ until }) => until === null)).toEqual([]);
    },
    90_000,
  );
});
