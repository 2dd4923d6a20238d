import { randomUUID } from 'node:crypto';
import { verifyDocument } from '../../src/commands/verify-document';
import { inScope } from '../../src/store/database';
import { DocumentCheck, DocumentKind } from '../../schema/admission/document';
import { HONGSHAN, ONGNIUD, openOffice, TODAY, type Office } from '../commands/support/office';
import { approvedIn } from '../waiting/queue-of';
import { found } from './found';

let office: Office;
let application: string;
let household: string;
beforeAll(async () => {
  office = await openOffice();
  household = (await office.home()).id;
  ({ application } = await approvedIn(office.base, HONGSHAN, household, { flow: 'DISTRICTED_FLOW' }));
  await office.rows('alter table application_document disable trigger guard_application_document');
});
afterAll(() => office.close());

/** The eight that the clause names. */
const EIGHT = [
  'HUKOU',
  'POPULATION',
  'FAMILY_PLANNING',
  'HOUSING',
  'INCOME',
  'EMPLOYMENT',
  'SERIOUS_ILLNESS',
  'DISABILITY',
];

async function handedIn(kind: string): Promise<string> {
  const id = randomUUID();
  await office.rows(
    `insert into application_document (id, region_code, household_id, application_id, kind, name, content_type, bytes, sha256, taken_on, taken_by, sealed_key, key_id)
     values ($1, $2, $3, $4, $5, '证明', 'image/png', 1, encode(sha256('x'), 'hex'), '2026-11-01', 'taker', 'x', 'x')`,
    [id, HONGSHAN, household, application, kind],
  );
  return id;
}
const verify = (documentId: string, result: DocumentCheck, issuedBy = '红山区人民医院', subject = 'officer') =>
  verifyDocument(office.as({ subject }), { documentId, result, issuedBy, checkedAgainst: '市医疗保障局' });
const listed = async (kind: 'EVIDENCE_UNVERIFIED' | 'EVIDENCE_CONTRADICTED') =>
  (await found(office, kind, TODAY)).map(({ recordId }) => recordId).sort();

describe('evidence of an application', () => {
  it('of each of the eight kinds is listed until issuer and result are on record; one that its source contradicts is found with both named [GX-10.2.2]', async () => {
    const all = await Promise.all(
      Object.values(DocumentKind).map(async (kind) => [kind, await handedIn(kind)] as const),
    );
    const eight = all.filter(([kind]) => EIGHT.includes(kind)).map(([, id]) => id);
    expect(eight).toHaveLength(8);
    expect(await listed('EVIDENCE_UNVERIFIED')).toEqual([...eight].sort());
    const [first, second, ...rest] = eight as [string, string, ...string[]];
    await verify(first, DocumentCheck.CONFIRMED);
    await verify(second, DocumentCheck.CONTRADICTED);
    expect(await listed('EVIDENCE_UNVERIFIED')).toEqual([...rest].sort());
    expect(await found(office, 'EVIDENCE_CONTRADICTED', TODAY)).toMatchObject([
      {
        ...{ recordId: second, clause: 'GX-10.2.2', regionCode: HONGSHAN },
        ...{ body: '红山区人民医院', source: '市医疗保障局', since: '2026-11-01' },
      },
    ]);
    await verify(second, DocumentCheck.CONFIRMED); // the source was mended
    expect(await listed('EVIDENCE_CONTRADICTED')).toEqual([]);
    expect(await found(office, 'EVIDENCE_UNVERIFIED', TODAY, ONGNIUD)).toEqual([]);
  });

  it('is checked by another person than took it in, with an issuer, in its own county, and never back to unchecked, by whatever statement', async () => {
    const id = await handedIn('INCOME');
    await expect(verify(id, DocumentCheck.CONFIRMED, '某局', 'taker')).rejects.toMatchObject({
      code: 'SECOND_PERSON_REQUIRED',
    });
    await expect(verify(id, DocumentCheck.CONFIRMED, ' ')).rejects.toMatchObject({ field: 'issuedBy' });
    const far = office.as({ office: ONGNIUD, regions: [ONGNIUD] });
    const input = { documentId: id, result: DocumentCheck.CONFIRMED, issuedBy: '某局', checkedAgainst: '某局' };
    await expect(verifyDocument(far, input)).rejects.toMatchObject({ code: 'NOT_FOUND' });
    const bySql = (set: string) =>
      inScope(office.hub.db.app, [HONGSHAN], (client) =>
        client.query(`update application_document set ${set} where id = $1`, [id]),
      );
    await expect(bySql(`check_result = 'CONFIRMED'`)).rejects.toMatchObject({
      constraint: 'application_document_checked',
    });
    const whole = (by: string, on: string) =>
      `issued_by = 'x', check_result = 'CONFIRMED', checked_against = 'x', checked_on = '${on}', checked_by = '${by}'`;
    await expect(bySql(whole('taker', TODAY))).rejects.toMatchObject({ constraint: 'document_check_second_person' });
    await expect(bySql(whole('other', '2026-10-31'))).rejects.toMatchObject({ constraint: 'document_check_in_time' });
    await bySql(whole('other', TODAY));
    await expect(
      bySql('issued_by = null, check_result = null, checked_against = null, checked_on = null, checked_by = null'),
    ).rejects.toMatchObject({ constraint: 'document_check_stands' });
  });
});
