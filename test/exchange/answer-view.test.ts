import { connectors } from '../../connectors';
import { inScope } from '../../src/store/database';
import { createAnswerViews } from '../../src/exchange/answer-view';
import { PURPOSE, REGION, type Family } from './support/family';
import { smallHub, type SmallHub } from './support/hub';
import { ABSENT, KNOWN, smallSandbox, type SmallSandbox } from '../sandbox/support/world';

describe('the typed views of answers', () => {
  let hub: SmallHub;
  let small: SmallSandbox;
  let family: Family;
  beforeAll(async () => {
    [hub, small] = await Promise.all([smallHub(connectors), smallSandbox()]);
    family = await hub.family([KNOWN, ABSENT]);
    const exchange = hub.exchange({ connectors, settings: small.sandbox.agencies });
    await exchange.ask(
      { source: 'property', purpose: PURPOSE, fields: ['ownedAreaCm2'], asks: family.asks },
      hub.session,
    );
  });
  afterAll(() => Promise.all([hub.close(), small.close()]));

  const read = async (regions: string[]) =>
    inScope(
      hub.base.db.app,
      regions,
      async (client) => (await client.query('select * from property_answer order by status')).rows,
    );

  it('shows facts as typed columns, null where nothing was found, and coverage beside them', async () => {
    const rows = await read([REGION]);
    expect(rows.map(({ status, owned_area_cm2, covered }) => [status, owned_area_cm2, covered])).toEqual([
      ['FOUND', 298_304, true],
      ['NOT_FOUND', null, true],
    ]);
  });

  it('keeps the reader\u2019s own row scope, and lets the engine read every region', async () => {
    expect(await read(['450102'])).toEqual([]);
    const { rows } = await hub.base.db.engine.query('select count(*)::int from property_answer');
    expect(rows[0].count).toBe(2);
  });

  it('can be made again over themselves', async () => {
    await createAnswerViews(hub.base.owner, connectors);
    expect(await read([REGION])).toHaveLength(2);
  });

  it('have a column for every single fact of every record, and the spouse as a blind index', async () => {
    const { rows } = await hub.base.owner.query(
      `select attrelid::regclass::text || '.' || attname || ' ' || format_type(atttypid, null) as c from pg_attribute
       where attrelid = any ('{civil_affairs_answer,vehicle_answer,provident_fund_answer}'::regclass[]) and attnum > 17 order by attrelid::regclass::text, attnum`,
    );
    expect(rows.map(({ c }) => c)).toMatchInlineSnapshot(`
      [
        "civil_affairs_answer.marriage_status text",
        "civil_affairs_answer.spouse_index text",
        "civil_affairs_answer.spouse_index_next text",
        "civil_affairs_answer.spouse_name text",
        "civil_affairs_answer.deceased_on date",
        "civil_affairs_answer.allowance_class text",
        "civil_affairs_answer.allowance_valid_until date",
        "civil_affairs_answer.income_class text",
        "civil_affairs_answer.per_head_monthly_fen bigint",
        "civil_affairs_answer.determination_valid_until date",
        "provident_fund_answer.account_status text",
        "provident_fund_answer.months_paid integer",
        "provident_fund_answer.monthly_contribution_fen bigint",
        "provident_fund_answer.ratio_bp integer",
        "provident_fund_answer.base_fen bigint",
        "provident_fund_answer.last_paid_month text",
        "vehicle_answer.dearest_vehicle_fen bigint",
        "vehicle_answer.unpriced_vehicles integer",
      ]
    `);
  });
});
