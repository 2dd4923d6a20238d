import { randomUUID } from 'node:crypto';
import fc from 'fast-check';
import { closeCase } from '../../src/commands/close-case';
import { draftLetter, type DraftLetter } from '../../src/commands/draft-letter';
import { endLetter } from '../../src/commands/end-letter';
import { mintPurposeToken } from '../../src/commands/mint-purpose-token';
import { openCase } from '../../src/commands/open-case';
import { registerLetter, type RegisterLetter } from '../../src/commands/register-letter';
import { signLetter } from '../../src/commands/sign-letter';
import { inScope } from '../../src/store/database';
import type { SignedMember } from '../../src/store/letters/signatures';
import { CaseEnd, CaseKind } from '../../schema/housing/case';
import { Programme } from '../../schema/programme';
import { LetterEnd } from '../../schema/sharing/letter';
import { Signature } from '../../schema/sharing/letter-member';
import { seedProperties } from '../support/seed';
import { ONGNIUD, openOffice, TODAY, type Home, type Kin, type Office } from './support/office';
import { limits } from '../support/partners';

seedProperties();
const FAMILY: Kin[] = [
  { name: '斯琴高娃', birth: '1979-03-04', relation: 'APPLICANT' },
  { name: '巴特尔', birth: '1977-11-30', relation: 'SPOUSE' },
  { name: '阿依·古丽', birth: '2012-06-01', relation: 'CHILD' },
];

let office: Office;
let home: Home;
let caseId: string;
beforeAll(async () => void (office = await openOffice()));
afterAll(() => office.close());
beforeEach(async () => {
  home = await office.home(undefined, FAMILY);
  const applicantId = home.people[0]!.id;
  const application = { kind: CaseKind.APPLICATION, programme: Programme.LOW_RENT, householdId: home.id, applicantId };
  caseId = (await openCase(office.as(), application)).id;
});

const self = (at: number): SignedMember => ({ personId: home.people[at]!.id, signature: Signature.SELF });
const guarded = (at: number, by: number): SignedMember => ({
  personId: home.people[at]!.id,
  signature: Signature.GUARDIAN,
  signedBy: home.people[by]!.id,
});
const letter = (changes: Partial<RegisterLetter> = {}): RegisterLetter => ({
  ...{ caseId, purpose: 'ADMISSION_REVIEW', sources: ['property', 'vehicle'], noticeVersion: '告知书 2026-1' },
  ...{ signedOn: TODAY, validUntil: '2027-11-21', members: [self(0), self(1), guarded(2, 0)] },
  ...changes,
});
const lettersOf = (id: string) => office.rows('select * from letter where household_id = $1', [id]);

describe('registerLetter', () => {
  it('keeps the letter with every signature, and writes the act down', async () => {
    const ctx = office.as();
    const { id } = await registerLetter(ctx, letter());
    const signed = await office.rows('select person_id, signature, signed_by from letter_member where letter_id = $1', [
      id,
    ]);
    expect(signed).toHaveLength(3);
    expect(signed).toContainEqual({
      ...{ person_id: home.people[2]!.id, signature: 'GUARDIAN', signed_by: home.people[0]!.id },
    });
    const acts = await office.rows<{ entity: string }>('select entity from write_entry where request_id = $1', [
      ctx.requestId,
    ]);
    /* Written once, and once more as the last signature puts it in force. */
    const members = ['LetterMember', 'LetterMember', 'LetterMember'];
    expect(acts.map(({ entity }) => entity).sort()).toEqual(['Letter', 'Letter', ...members]);
  });

  it.each<[string, () => Partial<RegisterLetter>, string, string]>([
    ['no source', () => ({ sources: [] }), 'LETTER_INCOMPLETE', 'sources'],
    [
      'a source that the purpose does not name',
      () => ({ sources: ['property', 'bank'] }),
      'INVALID_INPUT',
      'sources.1',
    ],
    ['a source named twice', () => ({ sources: ['property', 'property'] }), 'INVALID_INPUT', 'sources.1'],
    ['an unknown purpose', () => ({ purpose: 'CURIOSITY' }), 'INVALID_INPUT', 'purpose'],
    ['a notice nobody can name', () => ({ noticeVersion: ' \u0000' }), 'INVALID_INPUT', 'noticeVersion'],
    ['a signature of tomorrow', () => ({ signedOn: '2026-11-23' }), 'INVALID_INPUT', 'signedOn'],
    ['a term already over', () => ({ validUntil: '2026-11-21' }), 'INVALID_INPUT', 'validUntil'],
    ['a case that does not exist', () => ({ caseId: randomUUID() }), 'NOT_FOUND', 'caseId'],
    [
      'a grown-up signed for by another',
      () => ({ members: [self(0), guarded(1, 0), guarded(2, 0)] }),
      'LETTER_INCOMPLETE',
      'members',
    ],
    ['a child that signs itself', () => ({ members: [self(0), self(1), self(2)] }), 'LETTER_INCOMPLETE', 'members'],
    ['a child as guardian', () => ({ members: [self(0), self(1), guarded(2, 2)] }), 'LETTER_INCOMPLETE', 'members'],
    ['a member twice', () => ({ members: [self(0), self(0), self(1), guarded(2, 0)] }), 'LETTER_INCOMPLETE', 'members'],
    ['no members', () => ({ members: [] }), 'LETTER_INCOMPLETE', 'members'],
  ])('refuses %s, naming the field, and writes nothing', async (_what, changes, code, field) => {
    await expect(registerLetter(office.as(), letter(changes()))).rejects.toMatchObject({ code, field });
    expect(await lettersOf(home.id)).toEqual([]);
  });

  it('names everything that is missing at once, by ids and without a name', async () => {
    const refused = registerLetter(office.as(), letter({ members: [self(0)] }));
    await expect(refused).rejects.toThrow(home.people[1]!.id);
    await expect(refused).rejects.toThrow(home.people[2]!.id);
    await expect(refused).rejects.not.toThrow(/斯琴|巴特尔|古丽/);
  });

  it('lands for a set of signatures only when each member signed as the law wants', async () => {
    const someone = () => fc.constantFrom(...home.people.map(({ id }) => id), randomUUID());
    const signature = fc.constantFrom(Signature.SELF, Signature.GUARDIAN);
    const signatures = fc.array(fc.record({ personId: someone(), signature, signedBy: fc.option(someone()) }), {
      maxLength: 4,
    });
    await fc.assert(
      fc.asyncProperty(signatures, async (members) => {
        const [applicant, spouse, child] = home.people.map(({ id }) => id);
        const by = new Map(members.map((one) => [one.personId, one]));
        const own = (id: string) => by.get(id)?.signature === 'SELF' && (by.get(id)?.signedBy ?? id) === id;
        const forChild = by.get(child!);
        const cared = forChild?.signature === 'GUARDIAN' && [applicant, spouse].includes(forChild.signedBy ?? '');
        const lawful = members.length === 3 && by.size === 3 && own(applicant!) && own(spouse!) && cared;
        const landed = await registerLetter(office.as(), letter({ members })).then(
          () => true,
          () => false,
        );
        expect(landed).toBe(lawful);
      }),
      { numRuns: 60 },
    );
  });

  it('refuses a closed case and a case of another county', async () => {
    await expect(registerLetter(office.as({ office: ONGNIUD }), letter())).rejects.toMatchObject({ code: 'NOT_FOUND' });
    await closeCase(office.as(), { caseId });
    await expect(registerLetter(office.as(), letter())).rejects.toMatchObject({ code: 'CASE_CLOSED' });
  });
});

describe('draftLetter and signLetter', () => {
  const draft = (changes: Partial<DraftLetter> = {}) => {
    const terms = { purpose: 'ADMISSION_REVIEW', sources: ['property'], noticeVersion: '告知书 2026-1' };
    return draftLetter(office.as(), { caseId, ...terms, validUntil: '2027-11-21', ...changes });
  };
  const sign = (letterId: string, signed: SignedMember) => signLetter(office.as(), { letterId, ...signed });

  it('name every member first, and bring the letter into force with the last signature', async () => {
    const { id, state } = await draft();
    expect(state).toBe('DRAFTED');
    const named = await office.rows('select signature from letter_member where letter_id = $1', [id]);
    expect(named).toEqual([0, 1, 2].map(() => ({ signature: null })));
    expect(await sign(id, guarded(2, 1))).toMatchObject({ state: 'SIGNING', signedOn: null });
    expect(await sign(id, self(0))).toMatchObject({ state: 'SIGNING' });
    await expect(mintPurposeToken(office.as(), { caseId, letterId: id })).rejects.toMatchObject({
      code: 'PURPOSE_DEAD',
    });
    expect(await sign(id, self(1))).toMatchObject({ state: 'ACTIVE', signedOn: TODAY });
    const token = await mintPurposeToken(office.as(), { caseId, letterId: id });
    expect((await office.under(token)).purpose).toMatchObject({ letterId: id });
  });

  it.each<[string, () => SignedMember, string]>([
    ['a child’s own', () => self(2), 'LETTER_INCOMPLETE'],
    ['that of a grown-up by another', () => guarded(1, 0), 'LETTER_INCOMPLETE'],
    ['that of a child as guardian', () => guarded(2, 2), 'LETTER_INCOMPLETE'],
    ['a stranger’s', () => ({ personId: randomUUID(), signature: Signature.SELF }), 'LETTER_INCOMPLETE'],
    ['one given before', () => self(0), 'INVALID_INPUT'],
  ])('refuse %s signature [PIPL 31]', async (_what, signed, code) => {
    const { id } = await draft();
    await sign(id, self(0));
    await expect(sign(id, signed())).rejects.toMatchObject({ code, field: 'personId' });
    expect(await office.rows('select state from letter where id = $1', [id])).toEqual([{ state: 'SIGNING' }]);
  });

  it('end with a change of the household, whoever writes it, and the act is written down', async () => {
    const { id } = await draft();
    const { id: registered } = await registerLetter(office.as(), letter());
    const token = await mintPurposeToken(office.as(), { caseId, letterId: registered });
    await office.rows(`update household_member set declared_name = '改名' where household_id = $1`, [home.id]);
    await expect(office.under(token)).resolves.toBeDefined();
    await office.rows(`update household_member set to_date = '2027-01-01' where person_id = $1`, [home.people[1]!.id]);
    await expect(office.under(token)).rejects.toMatchObject({ code: 'PURPOSE_DEAD' });
    const ended = await office.rows('select state, end_reason from letter where id = any ($1)', [[id, registered]]);
    expect(ended).toEqual([0, 1].map(() => ({ state: 'ENDED', end_reason: 'MEMBERS_CHANGED' })));
    const acts = await office.rows('select verb, subject from write_entry where entity_id = $1 and verb = $2', [
      ...[id, 'endLetter'],
    ]);
    expect(acts).toEqual([{ verb: 'endLetter', subject: 'hub:letters' }]);
    await expect(sign(id, self(0))).rejects.toMatchObject({ code: 'LETTER_ENDED' });
  });

  it('end as failed or by exit where the case does, in the name of who closes it', async () => {
    const { id } = await draft();
    const ctx = office.as();
    await closeCase(ctx, { caseId, as: CaseEnd.FAILED });
    expect(await office.rows('select end_reason from letter where id = $1', [id])).toEqual([{ end_reason: 'FAILED' }]);
    const acts = await office.rows('select subject from write_entry where entity_id = $1 and verb = $2', [
      id,
      'closeCase',
    ]);
    expect(acts).toEqual([{ subject: 'officer-1' }]);
  });

  it('cannot be gone round by bulk SQL of the app: neither terms, names nor states', async () => {
    const { id } = await registerLetter(office.as(), letter());
    const asApp = (text: string) =>
      inScope(office.hub.db.app, [home.regionCode], (client) => client.query(text.replaceAll(':id', `'${id}'`)));
    for (const change of ["sources = '{vehicle}'", "purpose = 'ANNUAL_REVIEW'", "valid_until = '2099-01-01'"])
      await expect(asApp(`update letter set ${change} where id = :id`)).rejects.toMatchObject({ code: '42501' });
    await expect(asApp(`update letter set state = 'SIGNING' where id = :id`)).rejects.toMatchObject({
      constraint: 'letter_legal_move',
    });
    await expect(
      asApp(`update letter_member set signature = null, signed_by = null where letter_id = :id`),
    ).rejects.toMatchObject({ constraint: 'letter_names_are_kept' });
    const copy = `insert into letter (id, region_code, household_id, case_id, purpose, sources, notice_version, signed_on, valid_until, registered_by, state)
      select gen_random_uuid(), region_code, household_id, case_id, purpose, sources, notice_version, signed_on, valid_until, registered_by, 'ACTIVE' from letter where id = :id`;
    await expect(asApp(copy)).rejects.toMatchObject({ constraint: 'letter_begins_as_draft' });
    await expect(asApp(`update letter set state = 'ENDED' where id = :id`)).rejects.toMatchObject({
      constraint: 'letter_ended_with_day_and_reason',
    });
  });
});

describe('endLetter', () => {
  it('ends once, and not in the name of a case', async () => {
    const { id: letterId } = await registerLetter(office.as(), letter());
    const end = (reason: LetterEnd) => endLetter(office.as(), { letterId, reason });
    await expect(end(LetterEnd.CASE_CLOSED)).rejects.toMatchObject({ code: 'INVALID_INPUT', field: 'reason' });
    await expect(end(LetterEnd.EXPIRED)).rejects.toMatchObject({ code: 'INVALID_INPUT', field: 'reason' });
    await expect(end(LetterEnd.WITHDRAWN)).resolves.toMatchObject({ endedOn: TODAY });
    await expect(end(LetterEnd.WITHDRAWN)).rejects.toMatchObject({ code: 'LETTER_ENDED' });
  });

  it('answers a letter of another county like one that does not exist', async () => {
    const { id: letterId } = await registerLetter(office.as(), letter());
    const elsewhere = endLetter(office.as({ office: ONGNIUD }), { letterId, reason: LetterEnd.EXIT });
    await expect(elsewhere).rejects.toMatchObject({ code: 'NOT_FOUND', field: 'letterId' });
  });
});

describe('mintPurposeToken', () => {
  const mint = async () => {
    const { id: letterId } = await registerLetter(office.as(), letter());
    return { letterId, token: await mintPurposeToken(office.as(), { caseId, letterId }) };
  };

  it('opens what letter and purpose both name, for the members of the letter', async () => {
    const { letterId, token } = await mint();
    const { purpose } = await office.under(token);
    expect(purpose).toMatchObject({ purpose: 'ADMISSION_REVIEW', caseId, letterId, householdId: home.id });
    expect([...purpose!.sources].sort()).toEqual(['property', 'vehicle']);
    expect([...purpose!.persons].sort()).toEqual(home.people.map(({ id }) => id).sort());
    expect(purpose!.fields.has('property.units')).toBe(true);
  });

  it('gives a partner no field and no purpose beyond its grant', async () => {
    const { letterId } = await mint();
    const partner = (purposes: string[]) => ({
      subject: 'fund',
      role: 'PARTNER_SYSTEM' as const,
      partner: limits(purposes, ['vehicle.vehicles']),
    });
    const token = await mintPurposeToken(office.as(partner(['ADMISSION_REVIEW'])), { caseId, letterId });
    expect([...(await office.under(token, partner(['ADMISSION_REVIEW']))).purpose!.fields]).toEqual([
      'vehicle.vehicles',
    ]);
    await expect(office.under(token, partner([]))).rejects.toMatchObject({ code: 'PURPOSE_DEAD' });
  });

  it('dies with the letter, with the case, with the day, and is of no use to another', async () => {
    const { letterId, token } = await mint();
    await expect(office.under(token, { subject: 'officer-2' })).rejects.toMatchObject({ code: 'PURPOSE_DEAD' });
    await expect(office.under(token, { office: ONGNIUD })).rejects.toMatchObject({ code: 'PURPOSE_DEAD' });
    await office.rows(`update letter set valid_until = '2026-11-21', signed_on = '2026-01-01' where id = $1`, [
      letterId,
    ]);
    await expect(office.under(token)).rejects.toMatchObject({ code: 'PURPOSE_DEAD' });
    await office.rows(`update letter set valid_until = '2026-11-22' where id = $1`, [letterId]);
    await expect(office.under(token)).resolves.toMatchObject({ purpose: { letterId } });
    await endLetter(office.as(), { letterId, reason: LetterEnd.WITHDRAWN });
    await expect(office.under(token)).rejects.toMatchObject({ code: 'PURPOSE_DEAD' });
    const second = await mint();
    await closeCase(office.as(), { caseId });
    await expect(office.under(second.token)).rejects.toMatchObject({ code: 'PURPOSE_DEAD' });
    expect(await office.rows('select end_reason from letter where id = $1', [second.letterId])).toEqual([
      { end_reason: 'CASE_CLOSED' },
    ]);
  });

  it('is not given for a letter of another case', async () => {
    const { letterId } = await mint();
    const other = mintPurposeToken(office.as(), { caseId: randomUUID(), letterId });
    await expect(other).rejects.toMatchObject({ code: 'PURPOSE_DEAD' });
  });
});
