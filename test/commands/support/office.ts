import { randomBytes, randomUUID } from 'node:crypto';
import { checkCharacter } from '../../../src/access/identity';
import { makeCursors } from '../../../src/access/cursor';
import { makePurposeTokens } from '../../../src/access/purpose-token';
import { makeSeal, personNumber } from '../../../src/access/seal';
import type { Viewer } from '../../../src/access/viewer';
import type { Hub, RequestContext } from '../../../src/context';
import { makeMapper } from '../../../src/store/orm';
import { resolvePurpose } from '../../../src/store/purposes';
import { loadRegionTree } from '../../../src/store/regions';
import { entities } from '../../../schema';
import { testDatabase, type TestDatabase } from '../../support/database';

/** 红山区, 翁牛特旗 of 赤峰; 天峨县 far away in Guangxi. */
export const [HONGSHAN, ONGNIUD, TIANE] = ['150402', '150426', '451222'] as const;
/** The clock of every test here: noon in Beijing. */
export const NOW = new Date('2026-11-22T04:00:00Z');
export const TODAY = '2026-11-22';

export interface Kin {
  readonly name: string;
  readonly birth: string;
  readonly relation: string;
}

export interface Home {
  readonly id: string;
  readonly regionCode: string;
  readonly people: readonly { readonly id: string; readonly idNumber: string; readonly name: string }[];
}

/** A hub without exchange, engine and server: what verbs and doors need, on a database of its own. */
export interface Office {
  readonly base: TestDatabase;
  readonly hub: Hub;
  /** A caller's request; a county housing officer of 红山区 unless told otherwise. */
  as(viewer?: Partial<Viewer>): RequestContext;
  /** The same under a purpose token, as the door resolves it. */
  under(token: string, viewer?: Partial<Viewer>): Promise<RequestContext>;
  home(regionCode?: string, kin?: readonly Kin[]): Promise<Home>;
  rows<Row>(text: string, values?: unknown[]): Promise<Row[]>;
  close(): Promise<void>;
  /** Closes itself, and leaves so many databases of the same content. */
  split(copies: number): Promise<TestDatabase[]>;
}

export const PARENT_AND_CHILD: readonly Kin[] = [
  { name: '王建国', birth: '1980-05-02', relation: 'APPLICANT' },
  { name: '王小雨', birth: '2015-09-01', relation: 'CHILD' },
];

let sequence = 0;
/** Where the second thousand of a day's births is registered, the third, and so on: a county has a thousand numbers a day. */
const ELSEWHERE = ['150403', '150404', '150421', '150422', '150423', '150424', '150425', '150428', '150429', '150430'];

/** A valid number that no other call gives, of the county where a thousand are enough. */
export function freshNumber(birth: string, county = HONGSHAN as string): string {
  sequence += 1;
  const thousand = Math.floor(sequence / 1000);
  const registered = thousand === 0 ? county : ELSEWHERE[thousand - 1]!;
  const first17 = `${registered}${birth.replaceAll('-', '')}${String(sequence % 1000).padStart(3, '0')}`;
  return first17 + checkCharacter(first17);
}

export async function openOffice(): Promise<Office> {
  const base = await testDatabase();
  const mapper = makeMapper(base.db.url('anju_app'), entities);
  const seal = makeSeal(randomBytes(32), randomBytes(32));
  const services = {
    db: base.db,
    orm: mapper.orm,
    seal,
    objectorSeal: makeSeal(randomBytes(32), randomBytes(32)),
    now: () => NOW,
    clockDrift: async () => 0,
    regions: await loadRegionTree(base.db.app),
    cursors: makeCursors(randomBytes(32)),
    purposeTokens: makePurposeTokens(randomBytes(32)),
  };
  const hub = services as Partial<Hub> as Hub;
  const as = (viewer: Partial<Viewer> = {}): RequestContext => {
    const office = viewer.office ?? HONGSHAN;
    const regions = viewer.regions ?? hub.regions.scopeOf(office);
    return {
      hub,
      viewer: { subject: 'officer-1', role: 'COUNTY_HOUSING', ...viewer, office, regions },
      purpose: null,
      requestId: randomUUID(),
      loaders: new Map(),
    };
  };
  return {
    ...{ base, hub, as },
    under: async (token, viewer) => ({ ...as(viewer), purpose: await resolvePurpose(hub, as(viewer).viewer, token) }),
    home: (regionCode = HONGSHAN, kin = PARENT_AND_CHILD) => writeHome(base, seal, regionCode, kin),
    rows: async <Row>(text: string, values: unknown[] = []) => (await base.owner.query(text, values)).rows as Row[],
    async close() {
      await mapper.close();
      await base.close();
    },
    async split(copies) {
      await mapper.close();
      return base.split(copies);
    },
  };
}

async function writeHome(
  base: TestDatabase,
  seal: Hub['seal'],
  regionCode: string,
  kin: readonly Kin[],
): Promise<Home> {
  const id = randomUUID();
  await base.owner.query(
    'insert into household (id, region_code, file_number, registered_on) values ($1, $2, $3, $4)',
    [...[id, regionCode, `档-${id.slice(0, 8)}`, '2020-01-01']],
  );
  const people = kin.map((one) => ({ ...one, id: randomUUID() as string, idNumber: freshNumber(one.birth) }));
  for (const person of people) {
    const sealed = seal.seal(person.idNumber, personNumber(person.id));
    await base.owner.query('insert into person values ($1, $2, $3, $4, $5, $6, $7)', [
      ...[person.id, regionCode, person.name, person.birth, sealed, seal.keyId, seal.index(person.idNumber)],
    ]);
    await base.owner.query('insert into household_member values ($1, $2, $3, $4, $5, $6, $7)', [
      ...[randomUUID(), regionCode, id, person.id, person.relation, person.name, '2020-01-01'],
    ]);
  }
  return { id, regionCode, people };
}
