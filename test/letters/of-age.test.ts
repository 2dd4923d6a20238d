import { rmSync } from 'node:fs';
import fc from 'fast-check';
import { draftLetter } from '../../src/commands/draft-letter';
import { openCase } from '../../src/commands/open-case';
import { registerLetter } from '../../src/commands/register-letter';
import { signLetter } from '../../src/commands/sign-letter';
import { importFile } from '../../src/jobs/bulk/import-file';
import { inScope } from '../../src/store/database';
import { CaseKind } from '../../schema/housing/case';
import { Programme } from '../../schema/programme';
import { Signature } from '../../schema/sharing/letter-member';
import { csv, fileOf } from '../bulk/support/sheets';
import { ONGNIUD, openOffice, TODAY, type Home, type Kin, type Office } from '../commands/support/office';
import { testFolder } from '../support/folder';
import { seedProperties } from '../support/seed';

seedProperties();
const folder = testFolder();
const CODE = 'adult-age.years';
let office: Office;
beforeAll(async () => void (office = await openOffice()));
afterAll(() => office.close());

const family = (birth: string): Kin[] => [
  { name: '斯琴高娃', birth: '1979-03-04', relation: 'APPLICANT' },
  { name: '巴特尔', birth, relation: 'CHILD' },
];
const at = (region: string) => office.as({ office: region });
const terms = { purpose: 'ADMISSION_REVIEW', sources: ['property'], noticeVersion: '告知书 2026-1' };

async function drafted(region: string, birth: string, signedOn = TODAY) {
  const home = await office.home(region, family(birth));
  await office.rows(`update household_member set from_date = '2010-01-01' where household_id = $1`, [home.id]);
  const application = { kind: CaseKind.APPLICATION, programme: Programme.LOW_RENT, householdId: home.id };
  const { id: caseId } = await openCase(at(region), { ...application, applicantId: home.people[0]!.id });
  const { id } = await draftLetter(at(region), { ...terms, caseId, validUntil: '2027-11-21' });
  const [parent, child] = home.people.map(({ id: person }) => person) as [string, string];
  const by = (personId: string, guardian?: string) =>
    guardian === undefined
      ? { personId, signature: Signature.SELF }
      : { personId, signature: Signature.GUARDIAN, signedBy: guardian };
  const sign = (personId: string, guardian?: string) =>
    signLetter(at(region), { letterId: id, ...by(personId, guardian), signedOn });
  const stateOf = async () =>
    (await office.rows<{ state: string }>('select state from letter where id = $1', [id]))[0]!.state;
  /** As an import or a script of the app would write it, past every verb. */
  const signBySql = (personId: string, how: string, hand: string) =>
    inScope(office.hub.db.app, [region], (client) =>
      client.query(
        'update letter_member set signature = $3, signed_by = $4, signed_on = $5 where letter_id = $1 and person_id = $2',
        [id, personId, how, hand, signedOn],
      ),
    );
  return { home, caseId, parent, child, by, sign, signBySql, stateOf };
}

describe('who signs a letter itself [V2 order 11 art. 8]', () => {
  it('is who is of the age of majority in force in the region on that day, by the verbs and in the database alike', async () => {
    await office.rows(
      `insert into parameter (id, code, region_code, value, unit, document_number, mark, valid_from, known_from)
       values (gen_random_uuid(), $2, $1, 19, 'year', '设定1号', 'UNVERIFIED', '2026-11-01', '2026-11-01')`,
      [ONGNIUD, CODE],
    );
    const birth = '2008-06-01'; // 18 years old, and not yet 19
    const here = await drafted('150402', birth);
    await here.sign(here.parent);
    await expect(here.sign(here.child, here.parent)).rejects.toMatchObject({ code: 'LETTER_INCOMPLETE' });
    await here.sign(here.child);
    expect(await here.stateOf()).toBe('ACTIVE');

    const there = await drafted(ONGNIUD, birth);
    await there.sign(there.parent);
    await expect(there.sign(there.child)).rejects.toMatchObject({ code: 'LETTER_INCOMPLETE' });
    await there.sign(there.child, there.parent);
    expect(await there.stateOf()).toBe('ACTIVE');

    const past = await drafted(ONGNIUD, birth);
    await past.signBySql(past.parent, 'SELF', past.parent);
    await past.signBySql(past.child, 'SELF', past.child);
    expect(await past.stateOf()).toBe('SIGNING');

    const before = await drafted(ONGNIUD, birth, '2026-10-31'); // the day before the number changes
    await before.sign(before.parent);
    await before.sign(before.child);
    expect(await before.stateOf()).toBe('ACTIVE');
  });

  it('is nobody where no number is in force: the number is to be registered first, and no letter comes into force', async () => {
    const none = await drafted('150402', '2015-01-01', '2013-12-31');
    const unset = { code: 'PARAMETER_UNSET', field: CODE };
    await expect(none.sign(none.parent)).rejects.toMatchObject(unset);
    const members = [none.by(none.parent), none.by(none.child, none.parent)];
    await expect(
      registerLetter(at('150402'), {
        ...terms,
        caseId: none.caseId,
        signedOn: '2013-12-31',
        validUntil: '2027-11-21',
        members,
      }),
    ).rejects.toMatchObject(unset);
    await none.signBySql(none.parent, 'SELF', none.parent);
    await none.signBySql(none.child, 'GUARDIAN', none.parent);
    expect(await none.stateOf()).toBe('SIGNING');
  });
});

describe('years', () => {
  it('are completed on the birthday, of those born on 29 February on 1 March, whoever counts them', async () => {
    const day = (min: string) =>
      fc
        .date({ min: new Date(min), max: new Date('2030-12-31'), noInvalidDate: true })
        .map((date) => date.toISOString().slice(0, 10));
    const days = fc.array(
      fc.tuple(fc.oneof(day('1920-01-01'), fc.constantFrom('2008-02-29', '2012-02-29')), day('2012-03-01')),
      {
        minLength: 300,
        maxLength: 300,
      },
    );
    const tuple = (text: string) => text.split('-').map(Number) as [number, number, number];
    const byHand = (birth: string, on: string): number => {
      const [[year, month, date], [then, thatMonth, thatDate]] = [tuple(birth), tuple(on)];
      return then - year - (thatMonth < month || (thatMonth === month && thatDate < date) ? 1 : 0);
    };
    for (const pairs of fc.sample(days, 3)) {
      const born = pairs.filter(([birth, on]) => birth <= on);
      const { rows } = await office.base.owner.query<{ years: number }>(
        'select years_old(birth, on_day) as years from unnest($1::date[], $2::date[]) with ordinality as t (birth, on_day, n) order by n',
        [born.map(([birth]) => birth), born.map(([, on]) => on)],
      );
      expect(rows.map(({ years }) => years)).toEqual(born.map(([birth, on]) => byHand(birth, on)));
    }
  });

  it('are counted alike by a clerk who opens a case and by an import [IM-6(1)]', async () => {
    const LEAP: Kin[] = [{ name: '高娃', birth: '2008-02-29', relation: 'APPLICANT' }];
    const clerk = office.as({ role: 'COMMUNITY_WORKER', office: '150402' });
    const opened = async ({ id: householdId, people }: Home, submittedOn: string) =>
      openCase(office.as(), {
        ...{
          householdId,
          kind: CaseKind.APPLICATION,
          programme: Programme.LOW_RENT,
          applicantId: people[0]!.id,
          submittedOn,
        },
      }).then(
        () => 'LET',
        ({ code }: { code: string }) => code,
      );
    const imported = async ({ id }: Home, submittedOn: string) => {
      const [{ number }] = (await office.rows<{ number: string }>(
        'select file_number as number from household where id = $1',
        [id],
      )) as [{ number: string }];
      const path = fileOf(
        folder,
        csv([
          ['来源编号', '档案编号', '保障方式', '申请日期'],
          [id, number, '廉租住房', submittedOn],
        ]),
      );
      const codes: string[] = [];
      await importFile(
        clerk,
        { path, kind: 'APPLICATIONS', region: '150402', source: 'paper' },
        { row: ({ outcome, flaws }) => void codes.push(flaws[0]?.code ?? (outcome === 'CREATED' ? 'LET' : outcome)) },
      );
      rmSync(path);
      return codes.join();
    };
    for (const door of [opened, imported]) {
      const home = await office.home('150402', LEAP);
      await office.rows(`update household_member set from_date = '2010-01-01' where household_id = $1`, [home.id]);
      expect([await door(home, '2026-02-28'), await door(home, '2026-03-01')]).toEqual(['MINOR_APPLICANT', 'LET']);
    }
  });
});
