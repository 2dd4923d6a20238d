import type { ReportBody } from '../../schema/sharing/report-body';
import { registryOn } from '../../src/cli/partner/registry';
import { addPartner, limits } from '../support/partners';
import { openStage, type Stage } from './stage';

/** More than one page of the job. */
const HOUSEHOLDS = 155;
let stage: Stage;
let households: string[];
beforeAll(async () => {
  stage = await openStage(370);
  const { rows } = await stage.base.owner.query<{ id: string }>(
    `select distinct h.id from household h join housing_case c on c.household_id = h.id and c.closed_on is null
     where h.region_code like '15%' and h.closed_on is null order by h.id limit $1`,
    [HOUSEHOLDS],
  );
  households = rows.map(({ id }) => id);
});
afterAll(() => stage.close());

async function requested(client: string): Promise<string> {
  const grant = await addPartner(stage.base, client);
  const partner = limits(['ADMISSION_REVIEW'], [], grant);
  const { rows } = await stage.base.owner.query<{ fields: string[] }>(
    'select fields from sharing_grant where id = $1',
    [grant],
  );
  const viewer = { role: 'PARTNER_SYSTEM', subject: client, partner: { ...partner, fields: rows[0]!.fields } } as const;
  return stage.request(stage.as('15', viewer), { households });
}

async function statuses(id: string): Promise<string[][]> {
  const { rows } = await stage.base.owner.query<{ body: string }>(
    `select body from report r join cross_check_household k using (cross_check_id, household_id)
     where cross_check_id = $1 order by k.ordinal`,
    [id],
  );
  return rows.map(({ body }) =>
    (JSON.parse(body) as ReportBody).sources.flatMap(({ members }) => members.map(({ status }) => status)),
  );
}

const NOT_ASKED = ['NOT_ASKED', 'NO_LETTER', 'LETTER_NOT_COVERING'];
const asked = (all: string[][]) => all.filter((each) => each.some((status) => !NOT_ASKED.includes(status)));

describe('a cross-check of a partner system whose grant is revoked', () => {
  it('before it began asks nothing and says so in every report', async () => {
    expect(households).toHaveLength(HOUSEHOLDS);
    const id = await requested('revoked-before');
    await registryOn(stage.base.owner).revoke('revoked-before');
    let calls = 0;
    const ask: typeof stage.hub.exchange.ask = (...question) => ((calls += 1), stage.hub.exchange.ask(...question));
    const worker = await stage.work({ exchange: { ...stage.hub.exchange, ask } });
    await stage.completed(id);
    await worker.stop();
    const all = await statuses(id);
    expect([calls, all.length, asked(all)]).toEqual([0, HOUSEHOLDS, []]);
    expect(all.flat()).toContain('NOT_ASKED');
  });

  it('while it runs asks about nobody further', async () => {
    const id = await requested('revoked-between');
    const sources = stage.hub.exchange.connectors.length;
    let [calls, answered, revoked] = [0, 0, 0];
    const ask: typeof stage.hub.exchange.ask = async (...question) => {
      calls += 1;
      const answers = await stage.hub.exchange.ask(...question);
      answered += 1;
      if (answered === sources) revoked = await registryOn(stage.base.owner).revoke('revoked-between');
      return answers;
    };
    const worker = await stage.work({ exchange: { ...stage.hub.exchange, ask } });
    await stage.completed(id);
    await worker.stop();
    expect([calls, revoked]).toEqual([sources, 1]);
    const all = await statuses(id);
    expect(asked(all).length).toBeGreaterThan(0);
    expect(asked(all.slice(150))).toEqual([]);
  });

  it('counts its people once, on the day it was asked for, whatever the job looks at', async () => {
    const id = await requested('counted');
    const persons = async () =>
      (await stage.base.owner.query<{ persons: number }>(`select persons from partner_day where client_id = 'counted'`))
        .rows;
    const before = await persons();
    const worker = await stage.work();
    await stage.completed(id);
    await worker.stop();
    expect(await persons()).toEqual(before);
    expect(before[0]!.persons).toBeGreaterThan(HOUSEHOLDS / 2);
  });
});
