import { decidePetition } from '../../src/commands/decide-petition';
import { implementPetition } from '../../src/commands/implement-petition';
import { receivePetition } from '../../src/commands/receive-petition';
import { inScope } from '../../src/store/database';
import { PetitionDecision, PetitionKind } from '../../schema/supervision/petition';
import { HONGSHAN, ONGNIUD, openOffice, TODAY, type Office } from '../commands/support/office';
import { found } from './found';

let office: Office;
beforeAll(async () => void (office = await openOffice()));
afterAll(() => office.close());

let numbers = 0;
const receive = (registerNumber = `信访〔2026〕${(numbers += 1)}号`, region: string = HONGSHAN) =>
  receivePetition(office.as(), { region, kind: PetitionKind.REPORT, registerNumber, receivedOn: '2026-11-02' });
const decide = (petitionId: string, decision = PetitionDecision.TO_BE_CARRIED_OUT, decidedOn = '2026-11-10') =>
  decidePetition(office.as(), { petitionId, decision, decidedOn, documentNumber: '赤住保〔2026〕5号' });
const implement = (petitionId: string, implementedOn = '2026-11-20') =>
  implementPetition(office.as(), { petitionId, implementedOn, documentNumber: '赤住保〔2026〕6号' });
const listed = async (region?: string) =>
  (await found(office, 'PETITION_NOT_IMPLEMENTED', TODAY, region)).map(({ recordId }) => recordId);

describe('a petition or report', () => {
  it('that was decided and not carried out is listed until it is; one without a decision, or found without ground, is not [GX-10.2.4]', async () => {
    const [, groundless, decided] = [await receive(), await receive(), await receive()];
    expect(await listed()).toEqual([]);
    await decide(groundless.id, PetitionDecision.NOT_ESTABLISHED);
    await decide(decided.id);
    expect(await found(office, 'PETITION_NOT_IMPLEMENTED', TODAY)).toMatchObject([
      { recordId: decided.id, clause: 'GX-10.2.4', regionCode: HONGSHAN, since: '2026-11-10' },
    ]);
    expect(await listed(ONGNIUD)).toEqual([]);
    await implement(decided.id);
    expect(await listed()).toEqual([]);
  });

  it('is carried out once, and only where that was decided: the refusal names the petition and what to do first, and no statement gets past it [GX-10.2.4]', async () => {
    const [open, groundless, done] = [await receive(), await receive(), await receive()];
    await decide(groundless.id, PetitionDecision.NOT_ESTABLISHED);
    await decide(done.id);
    await implement(done.id);
    for (const [{ id }, says] of [
      [open, /尚未作出处理决定，请先登记处理决定$/],
      [groundless, /处理决定为不成立/],
      [done, /已经落实/],
    ] as const)
      await expect(implement(id)).rejects.toMatchObject({
        ...{ code: 'ILLEGAL_MOVE', message: expect.stringMatching(says) },
        extensions: { field: 'petitionId', remedy: '请刷新后核对状态' },
      });
    for (const { id } of [open, groundless]) {
      const bySql = inScope(office.hub.db.app, [HONGSHAN], (client) =>
        client.query(
          `update petition set implementation_document = 'x', implemented_on = '2026-11-20', implemented_by = 'x' where id = $1`,
          [id],
        ),
      );
      await expect(bySql).rejects.toMatchObject({ constraint: 'petition_implemented_as_decided' });
    }
  });

  it('is received once by its number in a county of the officer’s, decided once, and carried out no earlier than it was decided', async () => {
    const { id, registerNumber } = await receive();
    await expect(receive(registerNumber)).rejects.toMatchObject({ code: 'INVALID_INPUT', field: 'registerNumber' });
    const near = receivePetition(office.as({ regions: [HONGSHAN] }), {
      ...{ region: ONGNIUD, kind: PetitionKind.PETITION, registerNumber: 'x', receivedOn: '2026-11-02' },
    });
    await expect(near).rejects.toMatchObject({ code: 'NOT_FOUND', field: 'region' });
    await expect(decide(id, PetitionDecision.TO_BE_CARRIED_OUT, '2026-11-01')).rejects.toMatchObject({
      field: 'decidedOn',
    });
    await decide(id);
    await expect(decide(id)).rejects.toMatchObject({ code: 'ILLEGAL_MOVE' });
    await expect(implement(id, '2026-11-09')).rejects.toMatchObject({ field: 'implementedOn' });
    const bySql = inScope(office.hub.db.app, [HONGSHAN], (client) =>
      client.query(`update petition set decision = 'NOT_ESTABLISHED' where id = $1`, [id]),
    );
    await expect(bySql).rejects.toMatchObject({ constraint: 'petition_stands' });
  });
});
