import type { QueryConfig } from 'pg';
import { KNOWN, ABSENT } from '../sandbox/support/world';
import type { Exchange } from '../../src/exchange';
import type { Session } from '../../src/access/session';
import { FAKE_FIELDS, fakeAgency } from './support/agency';
import { PURPOSE, type Family } from './support/family';
import { smallHub, type SmallHub } from './support/hub';

describe('what a session looks at in one moment', () => {
  let hub: SmallHub;
  let family: Family;
  let exchange: Exchange;
  const sent: QueryConfig[][] = [];
  beforeAll(async () => {
    hub = await smallHub();
    await hub.base.owner.query(`update purpose set fields = fields || $1`, [
      FAKE_FIELDS.map((each) => `vehicle.${each}`),
    ]);
    const agencies = ['property', 'vehicle'].map((name) => fakeAgency(() => hub.time.now, name).connector);
    exchange = hub.exchange({
      connectors: agencies,
      send: (regions, queries) => {
        sent.push([...queries]);
        return hub.send(regions, queries);
      },
    });
    family = await hub.family([KNOWN, ABSENT]);
  });
  beforeEach(() => void sent.splice(0));
  afterAll(() => hub.close());

  const both = (session: Session, other = session) =>
    Promise.all([
      exchange.ask({ source: 'property', purpose: PURPOSE, fields: ['tally'], asks: family.asks }, session),
      exchange.ask({ source: 'vehicle', purpose: PURPOSE, fields: ['word', 'tally'], asks: family.asks }, other),
    ]);
  const looks = () => sent.flat().filter(({ name }) => name?.startsWith('exchange-recall'));
  const entries = async (subject: string) =>
    (
      await hub.base.owner.query<{ source: string; fields: string[]; persons: number; n: number }>(
        `select source, fields, persons, count(distinct person_id)::int as n from read_entry where subject = $1
         group by source, fields, persons order by source`,
        [subject],
      )
    ).rows;
  const as = (subject: string): Session => ({ ...hub.session, viewer: { ...hub.session.viewer, subject } });

  it('is looked up by one statement, and logged once for each person, each field with its source', async () => {
    await both(as('first')); // the agencies answer
    sent.splice(0);
    const [property, vehicle] = await both(as('second'));
    expect(looks()).toHaveLength(1);
    const values = (answers: typeof property) => [...answers.values()].map(({ value }) => value);
    expect([values(property), values(vehicle)]).toEqual([
      [{ tally: 3 }, { tally: 3 }],
      [
        { word: 'ABC', tally: 3 },
        { word: 'ABC', tally: 3 },
      ],
    ]);
    expect(await entries('second')).toEqual([
      {
        source: 'property,vehicle',
        fields: ['property.tally', 'vehicle.word', 'vehicle.tally'],
        persons: 2,
        n: 2,
      },
    ]);
  });

  it('is never another session’s', async () => {
    await both(as('third'), as('fourth'));
    expect(looks()).toHaveLength(2);
    expect([await entries('third'), await entries('fourth')].map((all) => all.map(({ source }) => source))).toEqual([
      ['property'],
      ['vehicle'],
    ]);
  });

  it('stands or falls with each look alone where the common statement fails', async () => {
    let failures = 1;
    const agencies = ['property', 'vehicle'].map((name) => fakeAgency(() => hub.time.now, name).connector);
    exchange = hub.exchange({
      connectors: agencies,
      send: (regions, queries) => (failures-- > 0 ? Promise.reject(new Error('lost')) : hub.send(regions, queries)),
    });
    const answers = await both(as('fifth'));
    expect(answers.flatMap((each) => [...each.values()].map(({ status }) => status))).toEqual(
      new Array(4).fill('FOUND'),
    );
    expect((await entries('fifth')).map(({ n }) => n)).toEqual([2, 2]);
  });
});
