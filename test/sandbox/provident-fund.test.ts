import { askFund, onFund } from './support/provident-fund';
import { ABSENT, KNOWN, smallSandbox, type SmallSandbox } from './support/world';

describe('the sandbox 公积金 centre (provident-fund)', () => {
  let small: SmallSandbox;
  beforeAll(async () => (small = await smallSandbox()));
  afterAll(() => small.close());

  it('answers yuan, percent and codes through its view, with the holder, coverage and day of the data', async () => {
    const columns = [
      'account_status',
      'months_paid',
      'monthly_contribution',
      'contribution_ratio',
      'contribution_base',
      'last_paid_month',
    ];
    expect(await askFund(small, [KNOWN], columns)).toEqual([
      {
        ref: 'q0',
        regions: '15,45',
        as_of: '2026-11-21',
        holder_id_number: KNOWN.idNumber,
        holder_name: KNOWN.name,
        record_no: expect.stringMatching(/^GJJ-[0-9A-F]{16}$/),
        account_status: '01',
        months_paid: 12,
        monthly_contribution: '1200.50',
        contribution_ratio: '12.00',
        contribution_base: '10000.00',
        last_paid_month: '202610',
      },
    ]);
  });

  it('declares its coverage beside a stranger of whom it has no account', async () => {
    expect(await askFund(small, [ABSENT], ['months_paid'])).toMatchObject([
      { regions: '15,45', holder_id_number: null, months_paid: null },
    ]);
  });

  it.each([
    ['the accounts behind the view', 'select * from fund.account'],
    ['another agency', 'select * from property.unit'],
    ['the planted truth', 'select * from world.truth'],
    ['the salt of the record numbers', 'select record_salt from fund.publication'],
    ['writing', 'delete from fund.account'],
    ['making something of its own', 'create table public.mine (a int)'],
    ['making something for a while', 'create temporary table mine (a int)'],
  ])('keeps its reader from %s', async (_what, sql) => {
    await expect(onFund(small, sql, [])).rejects.toMatchObject({ code: '42501' });
  });

  it('lets nobody in by another password', async () => {
    const { url } = small.sandbox.agencies['provident-fund'] as { url: string };
    const stranger = {
      ...small,
      sandbox: { ...small.sandbox, agencies: { 'provident-fund': { url: url.replace(/:[^:@]*@/, ':wrong@') } } },
    };
    await expect(askFund(stranger, [KNOWN], ['months_paid'])).rejects.toMatchObject({ code: '28P01' });
  });

  it('is counted by reading along: calls, people and columns', async () => {
    small.sandbox.control.resetCounts();
    await askFund(small, [KNOWN, ABSENT], ['months_paid', 'account_status']);
    expect(small.sandbox.control.state('provident-fund').counts).toMatchObject({
      calls: 1,
      people: 2,
      fields: { months_paid: 1, account_status: 1 },
      last: { people: 2, purpose: 'HOUSING_SECURITY_REVIEW' },
    });
  });
});
