import { acceptDwelling } from '../../src/commands/accept-dwelling';
import { completeExit } from '../../src/commands/complete-exit';
import { declineDwelling } from '../../src/commands/decline-dwelling';
import { drawContract } from '../../src/commands/draw-contract';
import { fileContract } from '../../src/commands/file-contract';
import { handOverDwelling } from '../../src/commands/hand-over-dwelling';
import { publishContractTemplate } from '../../src/commands/publish-contract-template';
import { signContract } from '../../src/commands/sign-contract';
import { terminateContract } from '../../src/commands/terminate-contract';
import { voidAllotment } from '../../src/commands/void-allotment';
import { chargeMarketRent } from '../../src/commands/charge-market-rent';
import { grantRelocation } from '../../src/commands/grant-relocation';
import { hearExit } from '../../src/commands/hear-exit';
import { orderExit } from '../../src/commands/order-exit';
import { runTenancies } from '../../src/jobs/run-tenancies';
import { Programme } from '../../schema/programme';
import { ExitOutcome } from '../../schema/review/exit-case';
import { ContractParty } from '../../schema/tenancy/contract';
import { ContractKind } from '../../schema/tenancy/contract-template';
import { HONGSHAN, ONGNIUD, openOffice, type Office } from '../commands/support/office';
import {
  accepted,
  chargedBy,
  CLAUSES,
  desk,
  dwellingIn,
  exitOpened,
  handedOver,
  inBatch,
  noon,
  offer,
  one,
  publishTemplates,
  terms,
} from './tenancy-of';

let office: Office;
beforeAll(async () => {
  office = await openOffice();
  await publishTemplates(office, ONGNIUD); // of the prefecture of both
});
afterAll(() => office.close());

const dwellingState = (id: string) => one<string>(office, 'select state as value from dwelling where id = $1', [id]);
const entryState = (id: string) =>
  one<string>(office, 'select state as value from waiting_list_entry where id = $1', [id]);
const DAY = '2024-03-01';

describe('a contract template', () => {
  const publish = (clauses: typeof CLAUSES, office_ = '1504') =>
    publishContractTemplate(
      desk(office, ONGNIUD).on('2025-01-01', { role: 'CITY_HOUSING', office: office_, subject: 'city' }),
      { region: '1504', kind: ContractKind.LEASE, title: 'x', documentNumber: '1', validFrom: '2025-01-01', clauses },
    );

  it.each(CLAUSES.map(({ group }) => group))(
    'is refused without clauses of the group %s, and published with all three [IM-4.12] [IM-4.13] [IM-4.14]',
    async (group) => {
      const refused = { code: 'INVALID_INPUT', extensions: { field: 'clauses' } };
      await expect(publish(CLAUSES.filter((one_) => one_.group !== group))).rejects.toMatchObject(refused);
      await expect(publish(CLAUSES)).resolves.toMatchObject({ regionCode: '1504' });
    },
  );

  it('is the prefecture’s alone; a new version binds what is drawn from its day on, and what was drawn keeps its own [IM-4.11]', async () => {
    await expect(publish(CLAUSES, '150426')).rejects.toMatchObject({ code: 'FORBIDDEN' });
    const [before, after] = [await inBatch(office, ONGNIUD), await inBatch(office, ONGNIUD)];
    const draw = async (home: typeof before, day: string) => {
      const { id: allotmentId } = await accepted(office, home, day);
      return drawContract(desk(office, ONGNIUD).county(day), { allotmentId, ...terms(home, day) });
    };
    const old = await draw(before, '2024-12-20');
    const { id, version } = await publish(CLAUSES);
    const fresh = await draw(after, '2025-01-02');
    expect(version).toBeGreaterThan(1);
    expect(fresh.templateId).toBe(id);
    expect(await one(office, 'select template_id as value from contract where id = $1', [old.id])).not.toBe(id);
  });
});

describe('a contract', () => {
  it.each([ONGNIUD, HONGSHAN])(
    'in %s is signed before any handover, with manager or owner, by law’s term, at the programme’s rate [IM-4.9]',
    async (region) => {
      const home = await inBatch(office, region);
      const { county } = desk(office, region);
      const { id: allotmentId } = await accepted(office, home);
      expect([await dwellingState(home.dwelling), await entryState(home.entry)]).toEqual(['ALLOTTED', 'FULFILLED']);
      const handOver = (version: number) => handOverDwelling(county(DAY), { allotmentId, version });
      await expect(handOver(1)).rejects.toMatchObject({ code: 'CONTRACT_REQUIRED' });
      const draw = (more: object) => drawContract(county(DAY), { allotmentId, ...terms(home, DAY), ...more });
      await expect(draw({ party: '别的公司' })).rejects.toMatchObject({ extensions: { field: 'party' } });
      await expect(draw({ partyKind: ContractParty.OWNER })).rejects.toMatchObject({ extensions: { field: 'party' } });
      await expect(draw({ endsOn: '2029-03-01' })).rejects.toMatchObject({ extensions: { field: 'endsOn' } });
      const drawn = await draw({ endsOn: '2029-02-28' }); // five years to the day
      /* 50 m² at 1.00 yuan, and the deposit that both regions begin with. */
      expect(drawn).toMatchObject({ rentFen: 5000, depositFen: 100_000, state: 'DRAFT' });
      await expect(handOver(1)).rejects.toMatchObject({ code: 'CONTRACT_REQUIRED' });
      const on = { contractId: drawn.id, documentNumber: '合1号' };
      await expect(signContract(county(DAY), { ...on, version: 0 })).resolves.toMatchObject({ state: 'SIGNED' });
      await expect(signContract(county(DAY), { ...on, version: 0 })).rejects.toMatchObject({ code: 'STALE_VERSION' });
      await expect(handOver(2)).resolves.toMatchObject({ state: 'HANDED_OVER' });
      await expect(fileContract(county(DAY), { ...on, version: 1 })).resolves.toMatchObject({ state: 'ACTIVE' });
      expect(await dwellingState(home.dwelling)).toBe('OCCUPIED');
      const held = await office.rows('select programme, since::text, until from entitlement where household_id = $1', [
        home.household,
      ]);
      expect(held).toEqual([{ programme: 'LOW_RENT', since: DAY, until: null }]);
    },
  );

  it.each([Programme.LOW_RENT, Programme.PUBLIC_RENTAL, Programme.AFFORDABLE_SALE, Programme.PRICE_CAPPED_SALE])(
    'is due of whoever was approved and has accepted, of %s as of every programme, and drawn for nobody else [IM-4.10]',
    async (programme) => {
      const home = await inBatch(office, ONGNIUD, programme);
      const { county } = desk(office, ONGNIUD);
      const { id: allotmentId } = await offer(office, home);
      const draw = () => drawContract(county(DAY), { allotmentId, ...terms(home, DAY) });
      await expect(draw()).rejects.toMatchObject({ code: 'ILLEGAL_MOVE', extensions: { field: 'allotmentId' } });
      await acceptDwelling(county(DAY), { allotmentId, version: 0 });
      await expect(draw()).resolves.toMatchObject({ programme, kind: /SALE/.test(programme) ? 'SALE' : 'LEASE' });
      await expect(draw()).rejects.toMatchObject({ code: 'ILLEGAL_MOVE' });
    },
  );

  it('is terminated by an exit clause of its own version alone [IM-4.14]', async () => {
    const home = await inBatch(office, ONGNIUD);
    const { id: contractId } = await handedOver(office, home);
    const { county } = desk(office, ONGNIUD);
    const end = (clauseId: string) =>
      terminateContract(county('2024-05-01'), {
        ...{ contractId, version: 3, clauseId, reason: '搬走', documentNumber: '终1号' },
      });
    for (const clauseId of ['1', '2', '9', ''])
      await expect(end(clauseId)).rejects.toMatchObject({ extensions: { field: 'clauseId' } });
    await expect(end('3')).resolves.toMatchObject({ state: 'TERMINATED' });
  });

  it('that was terminated hands nothing over [IM-4.9]', async () => {
    const home = await inBatch(office, ONGNIUD);
    const { county } = desk(office, ONGNIUD);
    const { id: allotmentId } = await accepted(office, home);
    const { id: contractId } = await drawContract(county(DAY), { allotmentId, ...terms(home, DAY) });
    await signContract(county(DAY), { contractId, version: 0, documentNumber: '合1号' });
    const end = { contractId, version: 1, clauseId: '3', reason: '放弃', documentNumber: '终1号' };
    await terminateContract(county(DAY), end);
    await expect(handOverDwelling(county(DAY), { allotmentId, version: 2 })).rejects.toMatchObject({
      code: 'CONTRACT_REQUIRED',
    });
  });
});

describe('an offer', () => {
  it('that is declined counts in the queue and gives the dwelling back', async () => {
    const home = await inBatch(office, ONGNIUD);
    const { id: allotmentId } = await offer(office, home);
    const decline = { allotmentId, version: 0, reason: '太远' };
    await expect(declineDwelling(desk(office, ONGNIUD).queue(DAY), decline)).resolves.toMatchObject({
      state: 'DECLINED',
    });
    expect(await dwellingState(home.dwelling)).toBe('PENDING_ALLOCATION');
    const [entry] = await office.rows('select state, refusals from waiting_list_entry where id = $1', [home.entry]);
    expect(entry).toEqual({ state: 'ACTIVE', refusals: 1 });
  });

  it('that nobody answers lapses the day after its last, counts for nothing, and cannot be accepted any more', async () => {
    const home = await inBatch(office, ONGNIUD);
    const { id: allotmentId } = await offer(office, home);
    const night = (day: string) =>
      runTenancies.run({}, { ...office.hub, now: () => noon(day) } as never, new AbortController().signal);
    await night('2024-03-16'); // fifteen days
    expect(await dwellingState(home.dwelling)).toBe('ALLOTTED');
    const late = acceptDwelling(desk(office, ONGNIUD).queue('2024-03-17'), { allotmentId, version: 0 });
    await expect(late).rejects.toMatchObject({ code: 'ILLEGAL_MOVE' });
    await night('2024-03-17');
    await night('2024-03-17');
    expect(await dwellingState(home.dwelling)).toBe('PENDING_ALLOCATION');
    const [entry] = await office.rows('select state, refusals from waiting_list_entry where id = $1', [home.entry]);
    expect(entry).toEqual({ state: 'IN_BATCH', refusals: 0 });
  });

  it('made void by decision lets the household wait from its old day; many at once are one offer', async () => {
    const home = await inBatch(office, ONGNIUD);
    const others = [await inBatch(office, ONGNIUD), await inBatch(office, ONGNIUD)];
    const spare = await dwellingIn(office, ONGNIUD, Programme.LOW_RENT);
    const all = await Promise.allSettled([
      ...[home, ...others].map((each) => offer(office, { ...each, dwelling: home.dwelling })),
      ...[home.dwelling, spare].map((dwelling) => offer(office, { ...home, dwelling })),
    ]);
    for (const each of all) if (each.status === 'rejected') expect(each.reason).toMatchObject({ code: 'ILLEGAL_MOVE' });
    const live = await office.rows<{ id: string; entry_id: string; dwelling_id: string }>(
      `select id, entry_id, dwelling_id from allotment where state = 'OFFERED' and (dwelling_id = $1 or entry_id = $2)`,
      [home.dwelling, home.entry],
    );
    expect(new Set(live.map((row) => row.entry_id)).size).toBe(live.length);
    expect(new Set(live.map((row) => row.dwelling_id)).size).toBe(live.length);
    expect(live.filter((row) => row.dwelling_id === home.dwelling)).toHaveLength(1);
    const void_ = { allotmentId: live[0]!.id, version: 0, reason: '批次取消', documentNumber: '消1号' };
    await voidAllotment(desk(office, ONGNIUD).queue(DAY), void_);
    const [entry] = await office.rows(
      'select state, refusals, entered_on::text from waiting_list_entry where id = $1',
      [live[0]!.entry_id],
    );
    expect(entry).toEqual({ state: 'ACTIVE', refusals: 0, entered_on: '2024-01-15' });
  });
});

describe('an exit', () => {
  const officers = desk.bind(null);
  it('goes from the hearing through the order to the recovery, and the dwelling waits for somebody else [IM-7.8] [IM-7.9]', async () => {
    const home = await inBatch(office, ONGNIUD);
    const contract = await handedOver(office, home);
    const { county } = officers(office, ONGNIUD);
    const exitId = await exitOpened(office, home, '2025-02-01');
    await hearExit(county('2025-02-02', 'one'), { exitId, version: 0, record: '当事人无异议' });
    const order = (subject: string, clauseId: string) =>
      orderExit(county('2025-02-03', subject), {
        ...{ exitId, version: 1, documentNumber: '退1号', clauseId, leaveBy: '2025-03-01' },
      });
    await expect(order('one', '3')).rejects.toMatchObject({ code: 'SECOND_PERSON_REQUIRED' });
    await expect(order('two', '1')).rejects.toMatchObject({ extensions: { field: 'clauseId' } });
    await expect(order('two', '3')).resolves.toMatchObject({ state: 'ORDERED', vacateBy: '2025-03-01' });
    await grantRelocation(county('2025-03-01'), { exitId, version: 2, until: '2025-04-10' });
    const market = (day: string) => chargeMarketRent(county(day), { exitId, version: 3 });
    await expect(market('2025-04-10')).rejects.toMatchObject({ code: 'ILLEGAL_MOVE' });
    await expect(market('2025-04-11')).resolves.toMatchObject({ state: 'MARKET_RENT' });
    const complete = (outcome: ExitOutcome, priceFen?: number) =>
      completeExit(county('2025-05-31'), { exitId, version: 4, outcome, ...(priceFen ? { priceFen } : {}) });
    await expect(complete(ExitOutcome.REPURCHASE, 1)).rejects.toMatchObject({ extensions: { field: 'outcome' } });
    await expect(complete(ExitOutcome.RECOVERY)).resolves.toMatchObject({ state: 'VACATED' });
    expect(await dwellingState(home.dwelling)).toBe('PENDING_ALLOCATION');
    await chargedBy(office, '2025-06-01');
    const spring = await office.rows<{ fen: number }>(
      `select amount_fen::int as fen from rent_entry where contract_id = $1 and month >= '2025-03-01' order by month`,
      [contract.id],
    );
    /* Ten days of April at 50 yuan a month, twenty at 600; and May. */
    expect(spring.map(({ fen }) => fen)).toEqual([5000, 41_667, 60_000]);
    expect(await one(office, 'select state as value from contract where id = $1', [contract.id])).toBe('TERMINATED');
    expect(await one(office, 'select state as value from occupancy where dwelling_id = $1', [home.dwelling])).toBe(
      'VACATED',
    );
  });

  it('of what was sold is a repurchase at a price, and of nobody whom civil affairs was not asked about [IM-7.9] [IM-7.8]', async () => {
    const home = await inBatch(office, ONGNIUD, Programme.AFFORDABLE_SALE);
    await handedOver(office, home);
    const { county } = officers(office, ONGNIUD);
    const exitId = await exitOpened(office, home, '2025-02-01');
    await hearExit(county('2025-02-02', 'one'), { exitId, version: 0, record: '无异议' });
    const order = { exitId, version: 1, documentNumber: '退1号', clauseId: '3', leaveBy: '2025-03-01' };
    await orderExit(county('2025-02-03', 'two'), order);
    const complete = (outcome: ExitOutcome, priceFen?: number) =>
      completeExit(county('2025-05-31'), { exitId, version: 2, outcome, ...(priceFen ? { priceFen } : {}) });
    await expect(complete(ExitOutcome.RECOVERY)).rejects.toMatchObject({ extensions: { field: 'outcome' } });
    await expect(complete(ExitOutcome.REPURCHASE)).rejects.toMatchObject({ extensions: { field: 'priceFen' } });
    await complete(ExitOutcome.REPURCHASE, 19_000_000);
    const steps = await office.rows<{ kind: string }>(
      'select kind from dwelling_step where dwelling_id = $1 order by version',
      [home.dwelling],
    );
    expect(steps.map(({ kind }) => kind)).toEqual(['RELEASE', 'ALLOTMENT', 'HANDOVER', 'REPURCHASE', 'RELEASE']);
    const other = await inBatch(office, ONGNIUD);
    await handedOver(office, other);
    const unasked = await exitOpened(office, other, '2025-02-01', { consulted: false });
    await hearExit(county('2025-02-02', 'one'), { exitId: unasked, version: 0, record: '无异议' });
    await expect(orderExit(county('2025-02-03', 'two'), { ...order, exitId: unasked })).rejects.toMatchObject({
      code: 'NOT_CONSULTED',
    });
  });
});
