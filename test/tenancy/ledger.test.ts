import fc from 'fast-check';
import { completePurchase } from '../../src/commands/complete-purchase';
import { executeReview } from '../../src/commands/execute-review';
import { recordPayment } from '../../src/commands/record-payment';
import { recordPriceDifference } from '../../src/commands/record-price-difference';
import { recordVacation } from '../../src/commands/record-vacation';
import { remitRent } from '../../src/commands/remit-rent';
import { returnDeposit } from '../../src/commands/return-deposit';
import { takeDeposit } from '../../src/commands/take-deposit';
import { terminateContract } from '../../src/commands/terminate-contract';
import { chargeRents } from '../../src/jobs/charge-rents';
import { pageOfArrears, treasuryOf } from '../../resolvers/housing/tenancy/rent-rows';
import { HONGSHAN, ONGNIUD, openOffice, type Office } from '../commands/support/office';
import { forgetParameter } from '../support/parameters';
import { seedProperties } from '../support/seed';
import {
  chargedBy,
  desk,
  handedOver,
  inBatch,
  noon,
  one,
  publishTemplates,
  reviewDecided,
  type Home,
} from './tenancy-of';

seedProperties();

let office: Office;
beforeAll(async () => {
  office = await openOffice();
  await publishTemplates(office, ONGNIUD);
});
afterAll(() => office.close());

const DAY_MS = 86_400_000;
const plus = (day: string, days: number) => new Date(Date.parse(day) + days * DAY_MS).toISOString().slice(0, 10);
const monthOf = (day: string) => `${day.slice(0, 7)}-01`;
const nextMonth = (month: string) => monthOf(plus(month, 31));
/** 50 m² at 1.00, 5.00 and 12.00 yuan: fen a month. */
const [LOW_RENT, PUBLIC_RENTAL] = [5000, 25_000];

/** By hand: each day owes its share of its month, and a month is rounded once, half up. */
function dueOf(month: string, from: string, until: string | null, rateOn: (day: string) => number): number {
  let sum = 0;
  let days = 0;
  for (let day = month; monthOf(day) === month; day = plus(day, 1)) {
    days += 1;
    if (day >= from && (until === null || day <= until)) sum += rateOn(day);
  }
  return Math.floor((2 * sum + days) / (2 * days));
}

const charged = async (contract: string): Promise<Record<string, number>> =>
  Object.fromEntries(
    (
      await office.rows<{ month: string; fen: number }>(
        `select month::text, sum(amount_fen)::int as fen from rent_entry where contract_id = $1 and kind in ('CHARGE','ADJUSTMENT') group by month order by month`,
        [contract],
      )
    ).map(({ month, fen }) => [month, fen]),
  );
let receipts = 0;
const receipt = () => `收${(receipts += 1)}号`;
const pay = (home: Home, contractId: string, today: string, amountFen: number, receivedOn = today) =>
  recordPayment(desk(office, home.region).county(today), {
    ...{ contractId, amountFen, receivedOn, documentNumber: receipt() },
  });
const remit = (today: string, month: string, amountFen: number) =>
  remitRent(desk(office, ONGNIUD).county(today), { region: ONGNIUD, month, amountFen, documentNumber: receipt() });
const arrearsOf = async (contractId: string, today: string, region = HONGSHAN as string) => {
  const ctx = desk(office, region).county(today);
  const page = await pageOfArrears(ctx, region, { first: 200 });
  return page.nodes.find((row) => row.contractId === contractId);
};

const acts = fc.array(
  fc.record({
    days: fc.integer({ min: 0, max: 45 }),
    what: fc.constantFrom('NIGHT', 'NIGHT', 'PAY', 'PAY', 'PAY LATE', 'REMIT', 'REMIT ALL', 'CONVERT'),
    fen: fc.integer({ min: 1, max: 40_000 }),
  }),
  { minLength: 4, maxLength: 16 },
);
const STARTS = ['2024-02-29', '2024-03-01', '2024-05-31', '2024-12-31'] as const;

describe('the rent ledger', () => {
  it('charges each month once at what its days owe, adds up to what came in, went and is to go, and counts what is unpaid, whatever the order', async () => {
    const inHand: Record<string, number> = {};
    const closed = new Set<string>();
    const done: Record<string, number> = {};
    await fc.assert(
      fc.asyncProperty(fc.constantFrom(...STARTS), acts, async (start, sequence) => {
        const home = await inBatch(office, ONGNIUD);
        const { id: contract } = await handedOver(office, home, start, 2);
        let [today, paid, converted] = [start as string, 0, null as string | null];
        let night = today;
        const rateOn = (day: string) => (converted !== null && day >= converted ? PUBLIC_RENTAL : LOW_RENT);
        for (const { days, what, fen } of sequence) {
          today = plus(today, days);
          if (what === 'NIGHT') {
            night = today;
            await chargedBy(office, today);
          } else if (what === 'PAY' || what === 'PAY LATE') {
            const on = what === 'PAY' ? today : plus(today, -20);
            const may = !closed.has(monthOf(on));
            const got = await pay(home, contract, today, fen, on).then(
              () => true,
              (error: { code: string }) => (expect(error.code).toBe('PERIOD_CLOSED'), false),
            );
            expect([what, got]).toEqual([what, may]);
            if (may) [paid, inHand[monthOf(on)]] = [paid + fen, (inHand[monthOf(on)] ?? 0) + fen];
          } else if (what === 'REMIT' || what === 'REMIT ALL') {
            const month = monthOf(plus(today, -25));
            const amount = what === 'REMIT' ? fen : Math.max(inHand[month] ?? 0, 1);
            const may = amount <= (inHand[month] ?? 0);
            const got = await remit(today, month, amount).then(
              () => true,
              (error: { extensions: { field: string } }) => (expect(error.extensions.field).toBe('amountFen'), false),
            );
            expect([what, got]).toEqual([what, may]);
            if (may) inHand[month] = inHand[month]! - amount;
            if (may && today >= nextMonth(month)) closed.add(month);
          } else if (converted === null) {
            const effectiveOn = plus(today, 1);
            const review = await reviewDecided(office, home, {
              ...{ outcome: 'CONVERT_TO_PUBLIC_RENTAL', conversion: 'RENT', effectiveOn },
            });
            await executeReview(desk(office, ONGNIUD).county(effectiveOn), review);
            today = effectiveOn;
            converted = effectiveOn.endsWith('-01') ? effectiveOn : nextMonth(monthOf(effectiveOn));
          }
          done[what] = (done[what] ?? 0) + 1;
        }
        await chargedBy(office, today);
        await chargedBy(office, night);
        await chargedBy(office, today);
        const expected: Record<string, number> = {};
        for (let month = monthOf(start); nextMonth(month) <= today; month = nextMonth(month))
          expected[month] = dueOf(month, start, null, rateOn);
        expect(await charged(contract)).toEqual(expected);
        let [before, unpaid] = [0, 0];
        for (const fen of Object.values(expected)) {
          before += fen;
          if (before > paid) unpaid += 1;
        }
        const owed = await arrearsOf(contract, today, ONGNIUD);
        expect([owed?.months ?? 0, owed?.owedFen ?? 0]).toEqual([unpaid, Math.max(before - paid, 0)]);
        const months = (
          await Promise.all([2024, 2025, 2026].map((year) => treasuryOf(office.as({ office: ONGNIUD }), ONGNIUD, year)))
        ).flat();
        for (const { month, receivedFen, remittedFen, toRemitFen } of months) {
          expect(receivedFen).toBe(remittedFen + toRemitFen);
          expect([month, toRemitFen]).toEqual([month, inHand[month] ?? 0]);
        }
        const accounts = await office.rows<{ account: string; fen: number }>(
          `select account, sum(fen)::int as fen from (select p.debit as account, e.amount_fen as fen from rent_entry e join rent_posting p using (kind)
             union all select p.credit, -e.amount_fen from rent_entry e join rent_posting p using (kind)) as line group by account`,
        );
        expect(accounts.reduce((sum, { fen }) => sum + fen, 0)).toBe(0);
      }),
      { numRuns: 10 },
    );
    process.stderr.write(`acts of the ledger: ${JSON.stringify(done)}\n`);
  });

  it('takes the public-rental standard from July on where a conversion takes effect on the first of July, and June keeps the old one [IM-7.4-a]', async () => {
    const home = await inBatch(office, HONGSHAN);
    const { id } = await handedOver(office, home, '2026-05-01');
    const of = { outcome: 'CONVERT_TO_PUBLIC_RENTAL', conversion: 'RENT', effectiveOn: '2026-07-01' } as const;
    await executeReview(desk(office, HONGSHAN).county('2026-07-01'), await reviewDecided(office, home, of));
    await chargedBy(office, '2026-08-01');
    expect(await charged(id)).toEqual({ '2026-05-01': 5000, '2026-06-01': 5000, '2026-07-01': 25_000 });
  });

  it('adjusts what was charged already where a decision is carried out late, and never the entry itself', async () => {
    const home = await inBatch(office, HONGSHAN);
    const { id } = await handedOver(office, home, '2026-05-01');
    await chargedBy(office, '2026-09-01');
    const of = { outcome: 'CONVERT_TO_PUBLIC_RENTAL', conversion: 'RENT', effectiveOn: '2026-07-15' } as const;
    await executeReview(desk(office, HONGSHAN).county('2026-09-02'), await reviewDecided(office, home, of));
    await chargedBy(office, '2026-09-03');
    expect(await charged(id)).toMatchObject({ '2026-07-01': 5000, '2026-08-01': 25_000 });
    const kinds = await office.rows(
      'select kind, amount_fen::int as fen from rent_entry where contract_id = $1 and month = $2 order by at',
      [...[id, '2026-08-01']],
    );
    expect(kinds).toEqual([
      { kind: 'CHARGE', fen: 5000 },
      { kind: 'ADJUSTMENT', fen: 20_000 },
    ]);
  });

  it('lets nobody buy before the difference was decided, recorded and paid whole [IM-7.4-b]', async () => {
    const home = await inBatch(office, HONGSHAN);
    const { id: contractId } = await handedOver(office, home, '2026-05-01');
    const { county } = desk(office, HONGSHAN);
    const buy = (day: string) => completePurchase(county(day), { contractId, version: 3, documentNumber: '购1号' });
    const difference = (amountFen: number) =>
      recordPriceDifference(county('2026-07-02'), {
        ...{ contractId, amountFen, receivedOn: '2026-07-02', documentNumber: receipt() },
      });
    await expect(buy('2026-06-01')).rejects.toMatchObject({ code: 'ILLEGAL_MOVE' });
    await expect(difference(1)).rejects.toMatchObject({ code: 'ILLEGAL_MOVE' });
    const of = {
      outcome: 'CONVERT_TO_PUBLIC_RENTAL',
      conversion: 'PURCHASE',
      amountFen: 1000,
      effectiveOn: '2026-07-01',
    } as const;
    const review = await reviewDecided(office, home, of);
    await executeReview(county('2026-07-01'), review);
    await expect(buy('2026-07-02')).rejects.toMatchObject({ code: 'ILLEGAL_MOVE' });
    await difference(999);
    await expect(buy('2026-07-02')).rejects.toMatchObject({ code: 'ILLEGAL_MOVE' });
    await difference(1);
    await expect(buy('2026-07-02')).resolves.toMatchObject({ state: 'TERMINATED', chargedUntil: '2026-07-02' });
    expect(await one(office, 'select state as value from dwelling where id = $1', [home.dwelling])).toBe('CONVERTED');
  });

  it('tells of arrears when six months are unpaid, not of five, and does nothing', async () => {
    const home = await inBatch(office, HONGSHAN);
    const { id } = await handedOver(office, home, '2025-01-01');
    await chargedBy(office, '2025-06-30');
    expect(await arrearsOf(id, '2025-06-30')).toMatchObject({ months: 5, overLimit: false, owedFen: 25_000 });
    await chargedBy(office, '2025-07-01');
    expect(await arrearsOf(id, '2025-07-01')).toMatchObject({ months: 6, overLimit: true });
    expect(await one(office, 'select state as value from contract where id = $1', [id])).toBe('ACTIVE');
    await pay(home, id, '2025-07-01', 5001);
    expect(await arrearsOf(id, '2025-07-01')).toMatchObject({ months: 5, overLimit: false, owedFen: 24_999 });
  });

  it('does not know whether arrears are over the limit where no number of months is in force: neither over it nor under it, until one is loaded', async () => {
    const home = await inBatch(office, HONGSHAN);
    const { id } = await handedOver(office, home, '2025-01-01');
    await chargedBy(office, '2025-07-01');
    await forgetParameter(office.base.owner, 'arrears.months');
    expect(await arrearsOf(id, '2025-07-01')).toMatchObject({ months: 6, overLimit: null, owedFen: 30_000 });
    await office.rows(
      `insert into parameter (id, code, value, unit, document_number, mark, valid_from, known_from)
       values (gen_random_uuid(), 'arrears.months', 6, 'month', '住建部令第11号', 'NATIONAL', '2014-01-01', '2014-01-01')`,
    );
    expect(await arrearsOf(id, '2025-07-01')).toMatchObject({ months: 6, overLimit: true });
  });

  it('takes a deposit once and as signed, gives it back once and after the dwelling was left; nothing is due for the day after', async () => {
    const home = await inBatch(office, HONGSHAN);
    const { id: contractId } = await handedOver(office, home, '2025-01-01');
    const { county } = desk(office, HONGSHAN);
    const money = (amountFen: number, receivedOn = '2025-01-05') => ({
      ...{ contractId, amountFen, receivedOn, documentNumber: receipt() },
    });
    await expect(takeDeposit(county('2025-01-05'), money(1))).rejects.toMatchObject({ code: 'INVALID_INPUT' });
    await takeDeposit(county('2025-01-05'), money(100_000));
    await expect(takeDeposit(county('2025-01-05'), money(100_000))).rejects.toMatchObject({ code: 'ILLEGAL_MOVE' });
    await expect(returnDeposit(county('2025-01-05'), money(100_000))).rejects.toMatchObject({ code: 'ILLEGAL_MOVE' });
    const end = { contractId, version: 3, clauseId: '3', reason: '搬走', documentNumber: '终1号' };
    await terminateContract(county('2025-02-10'), end);
    const occupancyId = (await one<string>(office, 'select id as value from occupancy where dwelling_id = $1', [
      home.dwelling,
    ]))!;
    await recordVacation(county('2025-02-14'), { occupancyId, version: 1 });
    await expect(returnDeposit(county('2025-02-14'), money(100_001, '2025-02-14'))).rejects.toMatchObject({
      code: 'ILLEGAL_MOVE',
    });
    await returnDeposit(county('2025-02-14'), money(100_000, '2025-02-14'));
    await chargedBy(office, '2025-02-14');
    await chargedBy(office, '2025-05-01');
    expect(await charged(contractId)).toEqual({ '2025-01-01': 5000, '2025-02-01': 2500 }); // fourteen of twenty-eight days
    expect(await one(office, 'select state as value from dwelling where id = $1', [home.dwelling])).toBe('RECOVERED');
    expect(
      await one(office, 'select until::text as value from entitlement where household_id = $1', [home.household]),
    ).toBe('2025-02-14');
  });

  it('is refused a receipt that is known, money of nobody’s contract, and every change of what was written', async () => {
    const home = await inBatch(office, HONGSHAN);
    const { id: contractId } = await handedOver(office, home, '2025-01-01');
    const { county } = desk(office, HONGSHAN);
    const money = { contractId, amountFen: 100, receivedOn: '2025-01-05', documentNumber: '重1号' };
    await recordPayment(county('2025-01-05'), money);
    await expect(recordPayment(county('2025-01-05'), money)).rejects.toMatchObject({ code: 'IDEMPOTENCY_CONFLICT' });
    for (const wrong of [
      { amountFen: 0 },
      { amountFen: -1 },
      { receivedOn: '2025-01-06' },
      { receivedOn: '2025-02-30' },
    ])
      await expect(
        recordPayment(county('2025-01-05'), { ...money, documentNumber: receipt(), ...wrong }),
      ).rejects.toMatchObject({
        code: 'INVALID_INPUT',
      });
    const far = desk(office, '451222').county('2025-01-05');
    await expect(recordPayment(far, { ...money, documentNumber: receipt() })).rejects.toMatchObject({
      code: 'NOT_FOUND',
    });
    await expect(
      remitRent(far, { region: HONGSHAN, month: '2025-01-01', amountFen: 1, documentNumber: receipt() }),
    ).rejects.toMatchObject({
      code: 'NOT_FOUND',
    });
    for (const text of [
      'update rent_entry set amount_fen = 1',
      'delete from rent_entry',
      'update contract_rent set fen = 1',
    ])
      await expect(office.base.db.app.query(text)).rejects.toMatchObject({ code: '42501' });
  });

  it('has every month once after nights that were cut off before each of their statements, and after many at once', async () => {
    const homes = [await inBatch(office, HONGSHAN), await inBatch(office, HONGSHAN)];
    const ids = await Promise.all(homes.map(async (home) => (await handedOver(office, home, '2025-01-15')).id));
    /* As a kill does: the connection is gone before the statement of this number. */
    const night = (fatal: number) => {
      let n = 0;
      const { app } = office.base.db;
      const connect = async () => {
        const client = await app.connect();
        const query = (...args: unknown[]) => {
          const go = () => (client.query as (...all: unknown[]) => unknown).apply(client, args);
          if (n++ !== fatal) return go();
          const { processID } = client as unknown as { processID: number };
          return office.base.owner.query('select pg_terminate_backend($1, 5000)', [processID]).then(go);
        };
        return Object.assign(Object.create(client) as object, {
          query,
          release: (broken?: Error) => client.release(broken),
        });
      };
      const db = { ...office.base.db, app: Object.assign(Object.create(app) as object, { connect }) } as never;
      const run = chargeRents.run(
        {},
        { ...office.hub, db, now: () => noon('2025-12-01') },
        new AbortController().signal,
      );
      return run.then(
        () => true,
        () => false,
      );
    };
    /* 0 opens the transaction; then who acts, the lock, the charges, the commit. */
    for (const fatal of [1, 2, 3, 4]) expect([fatal, await night(fatal)]).toEqual([fatal, false]);
    for (const id of ids) expect(await charged(id)).toEqual({});
    await Promise.all(Array.from({ length: 6 }, () => chargedBy(office, '2025-12-01')));
    for (const id of ids) {
      const months = await charged(id);
      expect(Object.keys(months)).toHaveLength(11);
      expect(months).toMatchObject({ '2025-01-01': 2742, '2025-02-01': 5000, '2025-11-01': 5000 }); // 17 of 31 days
      expect(await one(office, 'select count(*)::int as value from rent_entry where contract_id = $1', [id])).toBe(11);
    }
  });
});
