import { closeInspection } from '../../src/commands/close-inspection';
import { closeViolation } from '../../src/commands/close-violation';
import { recordLeaseOperation } from '../../src/commands/record-lease-operation';
import { recordPayment } from '../../src/commands/record-payment';
import { recordSignal } from '../../src/commands/record-signal';
import { leaseOperationsOf } from '../../resolvers/housing/tenancy/dwelling-rows';
import { InspectionResult, Misuse, Signal, UseState } from '../../schema/review/inspection';
import { ViolationDecision } from '../../schema/review/violation';
import { LeaseOperationKind } from '../../schema/tenancy/lease-operation';
import { ONGNIUD, openOffice, TODAY, type Office } from '../commands/support/office';
import { bySql } from '../waiting/queue-of';
import { desk, handedOver, inBatch, publishTemplates } from './tenancy-of';

let office: Office;
beforeAll(async () => {
  office = await openOffice();
  await publishTemplates(office, ONGNIUD);
});
afterAll(() => office.close());

const officer = () => office.as({ office: ONGNIUD });
async function signalled(kind: Misuse): Promise<{ household: string; inspectionId: string }> {
  const { id: household } = await office.home(ONGNIUD);
  const seen = { householdId: household, kind, signal: Signal.COMPLAINT, seenFrom: '2026-11-01' };
  return { household, inspectionId: (await recordSignal(officer(), seen)).id };
}
const visit = (inspectionId: string, result: InspectionResult, use: UseState) =>
  closeInspection(officer(), { inspectionId, result, use, inspectedOn: TODAY, record: '入户查看' });
const violations = (household: string) =>
  office.rows<{ id: string; kind: string; state: string; office: string }>(
    'select id, kind, state, office from violation where household_id = $1',
    [household],
  );

describe('a visit', () => {
  it.each([
    [Misuse.SUBLET, UseState.LET, 'SUBLET'],
    [Misuse.SUBLET, UseState.LENT, 'LENT'],
    [Misuse.LENT, UseState.SOLD, 'SOLD'],
    [Misuse.CHANGE_OF_USE, UseState.USE_CHANGED, 'CHANGE_OF_USE'],
  ])(
    'after a signal of %s that sees %s and confirms it opens the task of ordering the exit, on that ground, for the county [IM-7.5] [IM-7.6] [GX-9.2.1(4)]',
    async (kind, use, ground) => {
      const { household, inspectionId } = await signalled(kind);
      await expect(visit(inspectionId, InspectionResult.CONFIRMED, UseState.SELF_OCCUPIED)).rejects.toMatchObject({
        ...{ code: 'INVALID_INPUT', extensions: { field: 'use' } },
      });
      await expect(visit(inspectionId, InspectionResult.FALSE_ALARM, use)).rejects.toMatchObject({
        extensions: { field: 'use' },
      });
      expect(await violations(household)).toEqual([]);
      await visit(inspectionId, InspectionResult.CONFIRMED, use);
      expect(await violations(household)).toMatchObject([{ kind: ground, state: 'OPENED', office: ONGNIUD }]);
    },
  );

  it('of what is permitted opens none, of whoever lives there none; who is not there is watched until the law’s months are over', async () => {
    const permitted = await signalled(Misuse.CHANGE_OF_USE);
    await visit(permitted.inspectionId, InspectionResult.EXCUSED, UseState.USE_CHANGED);
    expect(await violations(permitted.household)).toEqual([]);
    const home = await signalled(Misuse.SUBLET);
    await visit(home.inspectionId, InspectionResult.FALSE_ALARM, UseState.SELF_OCCUPIED);
    const idle = await signalled(Misuse.SUBLET);
    await visit(idle.inspectionId, InspectionResult.FALSE_ALARM, UseState.IDLE);
    for (const { household } of [home, idle]) expect(await violations(household)).toEqual([]);
    const watched = await office.rows(
      'select kind, state, opens_on::text from inspection where household_id = $1 and id <> $2',
      [...[idle.household, idle.inspectionId]],
    );
    expect(watched).toEqual([{ kind: 'VACANT', state: 'WATCHING', opens_on: '2027-05-22' }]);
  });

  it('is not kept without a use, nor with one that there is not, by any statement', async () => {
    const { inspectionId } = await signalled(Misuse.LENT);
    const write = (use: string) =>
      bySql(
        office.base,
        ONGNIUD,
        `update inspection set state = 'CONFIRMED', inspected_on = $2, result_note = 'x', inspected_by = 'x', use_state = ${use} where id = $1`,
        [inspectionId, TODAY],
      );
    for (const use of ['null', `'ELSE'`]) await expect(write(use)).rejects.toMatchObject({ code: '23514' });
    await expect(write(`'LENT'`)).resolves.toBeUndefined();
  });
});

describe('a violation', () => {
  it('closes with an investigation, a decision and a day, once, and by no statement without them [GX-9.2.1(4)-b]', async () => {
    const { household, inspectionId } = await signalled(Misuse.SUBLET);
    await visit(inspectionId, InspectionResult.CONFIRMED, UseState.LET);
    const violationId = (await violations(household))[0]!.id;
    const whole = {
      violationId,
      investigation: '转租属实',
      decision: ViolationDecision.ORDER_EXIT,
      documentNumber: '处1号',
    };
    const close = (more: object = {}) => closeViolation(officer(), { ...whole, decidedOn: TODAY, ...more });
    for (const lacking of [
      { investigation: ' ' },
      { documentNumber: '' },
      { decidedOn: '' },
      { decidedOn: '2026-11-23' },
      { decidedOn: '2026-11-21' },
    ])
      await expect(close(lacking)).rejects.toMatchObject({ code: 'INVALID_INPUT' });
    const bare = `update violation set state = 'CLOSED' where id = $1`;
    await expect(bySql(office.base, ONGNIUD, bare, [violationId])).rejects.toMatchObject({ code: '23514' });
    await expect(close()).resolves.toMatchObject({ state: 'CLOSED', decidedBy: 'officer-1' });
    await expect(close()).rejects.toMatchObject({ code: 'ILLEGAL_MOVE' });
    const far = office.as({ office: '451222' });
    await expect(closeViolation(far, { ...whole, decidedOn: TODAY })).rejects.toMatchObject({ code: 'NOT_FOUND' });
  });
});

describe('the operation of a dwelling', () => {
  it('is asked for as signing, rent, repairs and property management [GX-9.2.1(1)]', async () => {
    const home = await inBatch(office, ONGNIUD);
    const { id: contractId } = await handedOver(office, home);
    const ctx = desk(office, ONGNIUD).county('2024-04-01');
    await recordPayment(ctx, { contractId, amountFen: 5000, receivedOn: '2024-03-20', documentNumber: '收1号' });
    const done = { dwellingId: home.dwelling, onDay: '2024-03-25', summary: '更换水管', doneBy: '测试运营公司' };
    for (const kind of [LeaseOperationKind.REPAIR, LeaseOperationKind.PROPERTY_MANAGEMENT])
      await recordLeaseOperation(ctx, { ...done, kind, amountFen: 12_000 });
    await expect(recordLeaseOperation(ctx, { ...done, kind: LeaseOperationKind.RENT })).rejects.toMatchObject({
      code: 'INVALID_INPUT',
    });
    await expect(
      recordLeaseOperation(desk(office, '451222').county('2024-04-01'), { ...done, kind: LeaseOperationKind.REPAIR }),
    ).rejects.toMatchObject({
      code: 'NOT_FOUND',
    });
    const shown = await leaseOperationsOf(office.as({ office: ONGNIUD }), home.dwelling);
    expect(shown.map(({ kind, amountFen }) => [kind, amountFen])).toEqual([
      ['SIGNING', null],
      ['RENT', null],
      ['PROPERTY_MANAGEMENT', 12_000],
      ['REPAIR', 12_000],
    ]);
  });
});
