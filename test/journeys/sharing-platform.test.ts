import { forgetAnswers, honestFiles, officerOf, purposeOf, type File } from '../support/files';
import { addPartner, registering } from '../support/partners';
import { openRunningHub, type RunningHub, type Who } from '../support/running-hub';

/* 内蒙古通知 五: the platform as the bodies that share meet it, and what the registers themselves hold. */

let running: RunningHub;
let files: File[];
beforeAll(async () => {
  running = registering(await openRunningHub());
  files = await honestFiles(running);
});
afterAll(() => running.close());
beforeEach(() => forgetAnswers(running));

interface Envelope<Value> {
  readonly status: string;
  readonly source: string;
  readonly asOf: string | null;
  readonly reason: string | null;
  readonly value: Value | null;
}
interface Seen<Fields> {
  readonly household: {
    readonly fileNumber: string;
    readonly members: readonly { readonly person: { readonly id: string } & Fields }[];
  };
}

const asked = (fields: string) =>
  `query ($id: ID!) { household(id: $id) { fileNumber members { person { id ${fields} } } } }`;

async function look<Fields>(who: Who, file: File, fields: string) {
  const purpose = await purposeOf(running, who, file);
  return running.ask<Seen<Fields>>(who, asked(fields), { variables: { id: file.householdId }, purpose });
}

const partnerAt = ({ region }: File, client: string): NonNullable<Who> => ({
  ...{ role: 'PARTNER_SYSTEM', region, sub: client, client_id: client },
});

/** Rows of an agency's own register about the members of a file, by person. */
async function registered<Row extends { id_number: string }>(
  file: File,
  select: string,
): Promise<Map<string, readonly Row[]>> {
  const numbers = file.members.map(({ idNumber }) => idNumber);
  const { rows } = await running.world.owner.query<Row>(`${select} where id_number = any($1)`, [numbers]);
  return new Map(file.members.map(({ id, idNumber }) => [id, rows.filter((row) => row.id_number === idNumber)]));
}

/** The first file of which a register holds something. */
async function fileWith<Row extends { id_number: string }>(select: string) {
  for (const file of files) {
    const rows = await registered<Row>(file, select);
    if ([...rows.values()].some((each) => each.length > 0)) return { file, rows };
  }
  throw new Error(`no file with ${select}`);
}

describe('the sharing platform', () => {
  it('answers a partner with the housing file and the agencies’ facts at once, each fact with source and time [IM-5.5]', async () => {
    const fields = ['property.ownedAreaCm2', 'provident-fund.monthsPaid'];
    await addPartner(running.base, 'one-question', { fields });
    const file = files[0]!;
    const { errors, data } = await look<Record<'property' | 'providentFund', Envelope<object>>>(
      partnerAt(file, 'one-question'),
      file,
      'property { status source asOf value { ownedAreaCm2 } } providentFund { status source asOf value { monthsPaid } }',
    );
    expect(errors).toEqual([]);
    const { rows } = await running.base.owner.query<{ number: string }>(
      'select file_number as number from household where id = $1',
      [file.householdId],
    );
    expect(data.household.fileNumber).toBe(rows[0]!.number);
    expect(data.household.members.map(({ person }) => person.id).sort()).toEqual(
      file.members.map(({ id }) => id).sort(),
    );
    for (const { person } of data.household.members) {
      for (const [envelope, source] of [
        [person.property, 'property'],
        [person.providentFund, 'provident-fund'],
      ] as const) {
        expect(envelope).toMatchObject({ source, asOf: expect.stringMatching(/^\d{4}-\d\d-\d\dT/) });
        expect(['FOUND', 'NOT_FOUND']).toContain(envelope.status);
      }
    }
  });

  it('returns each unit registered to a member with its area, right and source, and none to who has none [IM-5.6(b)]', async () => {
    type Unit = { id_number: string; unit_code: string; cm2: number; right_kind: string };
    // Of few honest applicants none may own anything: one who does is made.
    await running.world.owner.query(
      `insert into property.unit values ($1, $2, '150402001001GB00009F00090001', '150402', 31.25, 'GROSS', 'OWNERSHIP', 10000, '2010-03-02')`,
      (({ idNumber, name }) => [idNumber, name])(files[0]!.members[0]!),
    );
    const { file, rows } = await fileWith<Unit>(
      'select id_number, unit_code, (area_m2 * 10000)::int as cm2, right_kind from property.unit',
    );
    const { data } = await look<{ property: Envelope<{ units: object[] }> }>(
      officerOf(file),
      file,
      'property { status source asOf reason value { units { unitCode areaCm2 rightKind } } }',
    );
    const byCode = (units: readonly object[]) => units.map((unit) => JSON.stringify(unit)).sort();
    for (const { person } of data.household.members) {
      const own = rows.get(person.id)!;
      expect(person.property).toMatchObject({ source: 'property', status: own.length > 0 ? 'FOUND' : 'NOT_FOUND' });
      expect(byCode(person.property.value?.units ?? [])).toEqual(
        byCode(own.map((unit) => ({ unitCode: unit.unit_code, areaCm2: unit.cm2, rightKind: unit.right_kind }))),
      );
    }
  });

  it('returns the civil affairs’ determination of income with its last day of validity [IM-5.6(d)]', async () => {
    type Determined = { id_number: string; income_class: string; fen: string | null; until: string | null };
    const { file, rows } = await fileWith<Determined>(
      `select id_number, income_class, per_head_monthly_fen as fen, determination_valid_until::text as until
       from (select * from civil.person where income_class <> 'NONE') as determined`,
    );
    const { data } = await look<{ civilAffairs: Envelope<object> }>(
      officerOf(file),
      file,
      'civilAffairs { status source asOf reason value { incomeClass perHeadMonthlyFen determinationValidUntil } }',
    );
    for (const { person } of data.household.members) {
      const [own] = rows.get(person.id)!;
      if (!own) continue;
      expect(person.civilAffairs).toMatchObject({
        ...{ source: 'civil-affairs', status: 'FOUND' },
        value: {
          incomeClass: own.income_class,
          perHeadMonthlyFen: own.fen === null ? null : Number(own.fen),
          determinationValidUntil: own.until,
        },
      });
    }
  });

  it('serves every body that shares by its own grant, and none without one [IM-5.7]', async () => {
    const file = files[1]!;
    const fields =
      'property { status reason value { ownedAreaCm2 } } vehicle { status reason value { dearestVehicleFen } } civilAffairs { status reason value { allowanceClass } }';
    type All = Record<'property' | 'vehicle' | 'civilAffairs', Envelope<object>>;
    await addPartner(running.base, 'civil-affairs-bureau', { fields: ['property.ownedAreaCm2'] });
    await addPartner(running.base, 'vehicle-office', { fields: ['civil-affairs.allowanceClass'] });
    await addPartner(running.base, 'without-grant', { fields: ['property.ownedAreaCm2'], until: '2020-12-31' });
    const open = async (who: NonNullable<Who>) => {
      const { data } = await look<All>(who, file, fields);
      return (['property', 'vehicle', 'civilAffairs'] as const).filter((field) =>
        data.household.members.every(({ person }) => person[field].reason !== 'FIELDS_NOT_PERMITTED'),
      );
    };
    expect(await open(officerOf(file))).toEqual(['property', 'vehicle', 'civilAffairs']);
    expect(await open(partnerAt(file, 'civil-affairs-bureau'))).toEqual(['property']);
    expect(await open(partnerAt(file, 'vehicle-office'))).toEqual(['civilAffairs']);
    const denied = await running.ask(partnerAt(file, 'without-grant'), asked('name'), {
      variables: { id: file.householdId },
    });
    expect([denied.status, denied.data, denied.errors[0]!.extensions.code]).toEqual([403, null, 'GRANT_NOT_IN_FORCE']);
  });
});
