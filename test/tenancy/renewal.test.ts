import { randomUUID } from 'node:crypto';
import { askRenewal } from '../../src/commands/ask-renewal';
import { fileContract } from '../../src/commands/file-contract';
import { renewContract } from '../../src/commands/renew-contract';
import { signContract } from '../../src/commands/sign-contract';
import { runTenancies } from '../../src/jobs/run-tenancies';
import { pageOfContracts } from '../../resolvers/housing/tenancy/tenancy-rows';
import { ContractParty, RenewalWindow } from '../../schema/tenancy/contract';
import { HONGSHAN, ONGNIUD, openOffice, type Office } from '../commands/support/office';
import { forgetParameter } from '../support/parameters';
import {
  accepted,
  chargedBy,
  desk,
  handedOver,
  inBatch,
  MANAGER,
  noon,
  one,
  publishTemplates,
  terms,
} from './tenancy-of';
import { drawContract } from '../../src/commands/draw-contract';

let office: Office;
beforeAll(async () => {
  office = await openOffice();
  await publishTemplates(office, ONGNIUD);
});
afterAll(() => office.close());

const listed = async (day: string, renewal: RenewalWindow, region: string = ONGNIUD): Promise<string[]> => {
  const filter = { region, state: null, renewal };
  const page = await pageOfContracts(desk(office, region).county(day), filter, day, { first: 200 });
  return page.nodes.map(({ id }) => id);
};
/** What a night says of a region, beside what it does. */
async function night(day: string, region: string): Promise<object[]> {
  const said: { readonly region: string }[] = [];
  const log = { warn: (row: { readonly region: string }) => void said.push(row) };
  const hub = { ...office.hub, log, now: () => noon(day) } as never;
  await runTenancies.run({}, hub, new AbortController().signal);
  return said.filter((row) => row.region === region);
}
const { county } = { county: (day: string) => desk(office, ONGNIUD).county(day) };

/** A report on a case of the household, as a re-check leaves it. */
async function reported(household: string, day: string, conclusion: string): Promise<void> {
  const caseId = randomUUID();
  await office.base.owner.query(
    `insert into housing_case (id, region_code, household_id, kind, programme, applicant_id, submitted_on, closed_on, closed_as)
     select $1, region_code, household_id, 'RE_CHECK', 'LOW_RENT', person_id, '2024-01-01', '2024-01-02', 'SETTLED' from household_member where household_id = $2 and relation = 'APPLICANT'`,
    [caseId, household],
  );
  await office.base.owner.query(`insert into case_report values ($1, $2, $3, gen_random_uuid(), 'h', $4, $5)`, [
    ...[caseId, ONGNIUD, household, conclusion, noon(day)],
  ]);
}

describe('a renewal', () => {
  it('is asked for three months before the end at the latest, and lists tell who may, has and has missed it', async () => {
    const [early, late] = [await inBatch(office, ONGNIUD), await inBatch(office, ONGNIUD)];
    const ids: string[] = [];
    for (const home of [early, late]) ids.push((await handedOver(office, home, '2024-03-01', 2)).id); // until 1 March 2026
    const ask = (contractId: string, day: string) => askRenewal(county(day), { contractId, version: 3 });
    await expect(ask(ids[0]!, '2025-08-31')).rejects.toMatchObject({ code: 'ILLEGAL_MOVE' });
    expect(await listed('2025-08-31', RenewalWindow.OPEN)).toEqual([]);
    expect((await listed('2025-09-01', RenewalWindow.OPEN)).sort()).toEqual([...ids].sort());
    await expect(ask(ids[0]!, '2025-12-01')).resolves.toMatchObject({ state: 'ACTIVE', renewalAskedOn: '2025-12-01' });
    await expect(ask(ids[1]!, '2025-12-02')).rejects.toMatchObject({ code: 'RENEWAL_LATE' });
    expect(await listed('2025-12-02', RenewalWindow.MISSED)).toEqual([ids[1]]);
    expect(await listed('2025-12-02', RenewalWindow.ASKED)).toEqual([ids[0]]);
  });

  it('needs a report since, that says eligible; the new contract takes the place of the old one, and no day is charged twice', async () => {
    const home = await inBatch(office, ONGNIUD);
    const { id: contractId } = await handedOver(office, home, '2024-03-01', 2);
    const renew = (version: number, endsOn = '2028-03-01') =>
      renewContract(county('2026-01-10'), {
        contractId,
        version,
        partyKind: ContractParty.MANAGER,
        party: MANAGER,
        endsOn,
      });
    await expect(renew(3)).rejects.toMatchObject({ code: 'ILLEGAL_MOVE' }); // nobody asked
    await askRenewal(county('2025-11-01'), { contractId, version: 3 });
    await expect(renew(3)).rejects.toMatchObject({ code: 'STALE_VERSION' });
    await reported(home.household, '2025-10-31', 'ELIGIBLE');
    await expect(renew(4)).rejects.toMatchObject({ code: 'REPORT_STALE' });
    await reported(home.household, '2025-12-01', 'PENDING_EVIDENCE');
    await expect(renew(4)).rejects.toMatchObject({ code: 'REPORT_STALE' });
    await reported(home.household, '2025-12-02', 'ELIGIBLE');
    await expect(renew(4, '2031-03-02')).rejects.toMatchObject({ extensions: { field: 'endsOn' } });
    const next = await renew(4);
    expect(next).toMatchObject({ predecessorId: contractId, startsOn: '2026-03-02', depositFen: 0, state: 'DRAFT' });
    const on = { contractId: next.id, documentNumber: '合2号' };
    await signContract(county('2026-02-01'), { ...on, version: 0 });
    await expect(fileContract(county('2026-02-02'), { ...on, version: 1 })).resolves.toMatchObject({ state: 'ACTIVE' });
    expect(await one(office, 'select state as value from contract where id = $1', [contractId])).toBe('RENEWED');
    await chargedBy(office, '2026-05-01');
    const march = await office.rows<{ fen: number }>(
      `select amount_fen::int as fen from rent_entry where contract_id = any ($1::uuid[]) and month = '2026-03-01' order by 1`,
      [[contractId, next.id]],
    );
    expect(march.map(({ fen }) => fen)).toEqual([161, 4839]); // one day of thirty-one, and thirty
  });

  it('that nobody asked for ends nothing but the contract, the day after its last', async () => {
    const home = await inBatch(office, ONGNIUD);
    const { id } = await handedOver(office, home, '2024-03-01', 1);
    const state = () => one(office, 'select state as value from contract where id = $1', [id]);
    await night('2025-03-01', ONGNIUD);
    expect(await state()).toBe('ACTIVE');
    await night('2025-03-02', ONGNIUD);
    await night('2025-03-02', ONGNIUD);
    expect(await state()).toBe('EXPIRED');
    expect(await one(office, 'select state as value from dwelling where id = $1', [home.dwelling])).toBe('OCCUPIED');
  });
});

describe('a renewal where no number of months is in force', () => {
  it('is told of each night as not known, and listed as such: neither missed nor open, until the number is loaded', async () => {
    const home = await inBatch(office, HONGSHAN);
    const { id } = await handedOver(office, home, '2024-03-01', 2); // until 1 March 2026
    const lists = async (day: string) =>
      Object.fromEntries(
        await Promise.all(Object.values(RenewalWindow).map(async (each) => [each, await listed(day, each, HONGSHAN)])),
      ) as Record<RenewalWindow, string[]>;
    const nowhere = { OPEN: [], ASKED: [], MISSED: [], UNKNOWN: [] };

    await forgetParameter(office.base.owner, 'renewal.ask-months');
    for (const day of ['2025-11-01', '2025-12-02']) {
      expect(await night(day, HONGSHAN)).toEqual([{ region: HONGSHAN, unknown: 1 }]);
      expect(await lists(day)).toEqual({ ...nowhere, UNKNOWN: [id] });
    }
    await office.rows(
      `insert into parameter (id, code, value, unit, document_number, mark, valid_from, known_from)
       values (gen_random_uuid(), 'renewal.ask-months', 3, 'month', '设定2号', 'UNVERIFIED', '2014-01-01', '2014-01-01')`,
    );
    expect(await night('2025-12-01', HONGSHAN)).toEqual([]);
    expect(await lists('2025-12-01')).toEqual({ ...nowhere, OPEN: [id] });
    expect(await night('2025-12-02', HONGSHAN)).toEqual([{ region: HONGSHAN, missed: 1 }]);
    expect(await lists('2025-12-02')).toEqual({ ...nowhere, MISSED: [id] });
    await forgetParameter(office.base.owner, 'renewal.opens-months');
    expect(await lists('2025-12-01')).toEqual({ ...nowhere, UNKNOWN: [id] });
    expect(await lists('2025-12-02')).toEqual({ ...nowhere, MISSED: [id] }); // whenever it opened
  });
});

describe('many at once', () => {
  it('draw one contract and sign it once', async () => {
    const home = await inBatch(office, ONGNIUD);
    const { id: allotmentId } = await accepted(office, home);
    const day = '2024-03-01';
    const all = async <T>(work: () => Promise<T>): Promise<T[]> => {
      const tries = await Promise.allSettled(Array.from({ length: 12 }, work));
      for (const each of tries)
        if (each.status === 'rejected') expect(['ILLEGAL_MOVE', 'STALE_VERSION']).toContain(each.reason.code);
      return tries.flatMap((each) => (each.status === 'fulfilled' ? [each.value] : []));
    };
    const drawn = await all(() => drawContract(county(day), { allotmentId, ...terms(home, day) }));
    expect(drawn).toHaveLength(1);
    const sign = { contractId: drawn[0]!.id, version: 0, documentNumber: '合1号' };
    expect(await all(() => signContract(county(day), sign))).toHaveLength(1);
    expect(
      await one(office, 'select count(*)::int as value from tenancy_step where subject_id = $1', [drawn[0]!.id]),
    ).toBe(1);
  });
});
