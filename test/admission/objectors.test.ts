import { inScope } from '../../src/store/database';
import { SealBroken } from '../../src/access/seal';
import { objectorPlace } from '../../src/access/objector';
import { askToOpenObjector } from '../../src/commands/ask-to-open-objector';
import { fileObjection } from '../../src/commands/file-objection';
import { openObjector } from '../../src/commands/open-objector';
import { tellObjector } from '../../src/commands/tell-objector';
import { HONGSHAN, ONGNIUD, openOffice, type Office } from '../commands/support/office';
import { bySql } from '../waiting/queue-of';
import { posted } from './posted';

const OBJECTOR = { name: '告发人甲乙', contact: '13900001234' };

let office: Office;
beforeAll(async () => void (office = await openOffice()));
afterAll(() => office.close());

const officer = (subject: string, office_ = ONGNIUD as string) =>
  office.as({ subject, office: office_, role: 'COUNTY_HOUSING' });

async function objected(objector: typeof OBJECTOR | null = OBJECTOR) {
  const publicityId = await posted(office, ONGNIUD, '2026-11-20', 15);
  const filed = await fileObjection(officer('clerk'), { publicityId, statement: '该户另有住房', objector });
  return filed.id;
}
const asked = async (objectionId: string) =>
  (await askToOpenObjector(officer('first'), { objectionId, documentNumber: '启封〔2026〕1号' })).id;
const entries = (verb: string) =>
  office.rows<{ subject: string }>(`select subject from write_entry where verb = $1 order by at`, [verb]);

describe('who objected', () => {
  it('lies sealed under a key of its own, which the key of the register does not open, and is in no field, log or table in clear', async () => {
    const id = await objected();
    const [row] = await office.rows<{ sealed: Buffer }>('select sealed from objector where id = $1', [id]);
    expect(JSON.parse(office.hub.objectorSeal.open(row!.sealed, objectorPlace(id)))).toEqual(OBJECTOR);
    expect(() => office.hub.seal.open(row!.sealed, objectorPlace(id))).toThrow(SealBroken);
    const other = await objected();
    expect(() => office.hub.objectorSeal.open(row!.sealed, objectorPlace(other))).toThrow(SealBroken);
    const tables = await office.rows<{ name: string }>(
      `select format('%I', relname) as name from pg_class where relkind = 'r' and relnamespace = 'public'::regnamespace`,
    );
    for (const { name } of tables) {
      const text = `select count(*)::int as n from ${name} t where t::text ~ $1 or t::text like '%' || encode(convert_to($2, 'UTF8'), 'hex') || '%'`;
      expect([name, await office.rows(text, [`${OBJECTOR.name}|${OBJECTOR.contact}`, OBJECTOR.name])]).toEqual([
        name,
        [{ n: 0 }],
      ]);
    }
  });

  it('is opened by another than who asked, once, in their own offices; both are in the log, and the objector is told afterwards', async () => {
    const id = await objected();
    const opening = await asked(id);
    await expect(asked(id)).rejects.toMatchObject({ code: 'ILLEGAL_MOVE', field: 'objectionId' });
    await expect(openObjector(officer('first'), { id: opening })).rejects.toMatchObject({
      code: 'SECOND_PERSON_REQUIRED',
    });
    await expect(openObjector(officer('second', HONGSHAN), { id: opening })).rejects.toMatchObject({
      code: 'NOT_FOUND',
    });
    await expect(tellObjector(officer('second'), { id: opening })).rejects.toMatchObject({ code: 'ILLEGAL_MOVE' });
    const opened = await openObjector(officer('second'), { id: opening });
    /* A Sunday; five working days. */
    expect(opened).toMatchObject({
      ...OBJECTOR,
      opening: { askedBy: 'first', openedBy: 'second', tellBy: '2026-11-27' },
    });
    await expect(openObjector(officer('third'), { id: opening })).rejects.toMatchObject({ code: 'ILLEGAL_MOVE' });
    expect(await tellObjector(officer('second'), { id: opening })).toMatchObject({
      toldOn: '2026-11-22',
      toldBy: 'second',
    });
    await expect(tellObjector(officer('second'), { id: opening })).rejects.toMatchObject({ code: 'ILLEGAL_MOVE' });
    expect((await entries('askToOpenObjector')).map(({ subject }) => subject)).toContain('first');
    expect((await entries('openObjector')).map(({ subject }) => subject)).toEqual(['second']);
    expect(await asked(id)).not.toBe(opening); // to look again is to ask again
  });

  it('is nobody’s to open where nobody said who they are', async () => {
    await expect(asked(await objected(null))).rejects.toMatchObject({ code: 'NOT_FOUND', field: 'objectionId' });
  });

  it.each([
    ['', OBJECTOR.contact, 'objector.name'],
    [OBJECTOR.name, ' ', 'objector.contact'],
    ['名'.repeat(4000), OBJECTOR.contact, 'objector.name'],
  ])('is refused where it is empty or endless, and the objection is not written (%#)', async (name, contact, field) => {
    const before = await office.rows('select count(*) from objection');
    await expect(objected({ name, contact })).rejects.toMatchObject({ code: 'INVALID_INPUT', field });
    expect(await office.rows('select count(*) from objection')).toEqual(before);
  });

  it('is not opened past the two by plain SQL, nor an opening unmade', async () => {
    const id = await objected();
    const opening = await asked(id);
    const forbidden = [
      `update objector_opening set opened_by = 'first', opened_at = now() + interval '1 day', tell_by = '2027-01-01' where id = '${opening}'`,
      `update objector_opening set told_on = '2026-11-22', told_by = 'x' where id = '${opening}'`,
      `update objector_opening set asked_by = 'x' where id = '${opening}'`,
      `delete from objector_opening where id = '${opening}'`,
      `update objector set sealed = 'x'`,
      `insert into objector_opening (id, region_code, household_id, objection_id, document_number, asked_by, asked_at, opened_by, opened_at, tell_by)
       select gen_random_uuid(), region_code, household_id, id, 'x', 'a', now(), 'b', now(), '2027-01-01' from objector where id = '${id}'`,
    ];
    for (const text of forbidden)
      await expect(bySql(office.base, ONGNIUD, text)).rejects.toMatchObject({
        code: expect.stringMatching(/^(23514|23505|42501)$/),
      });
    await openObjector(officer('second'), { id: opening });
    await expect(
      bySql(office.base, ONGNIUD, `update objector_opening set opened_by = 'other' where id = '${opening}'`),
    ).rejects.toMatchObject({ constraint: 'objector_opening_stands' });
    expect(
      await inScope(
        office.base.db.app,
        [HONGSHAN],
        async (client) => (await client.query('select * from objector')).rows,
      ),
    ).toEqual([]);
  });
});
