import { randomUUID } from 'node:crypto';
import type { Socket } from 'node:net';
import type { ClientBase } from 'pg';
import { asRefusal } from '../../src/store/refusals';
import { inUnit } from '../../src/store/unit';
import { Entitlement } from '../../schema/housing/entitlement';
import { Household } from '../../schema/housing/household';
import { Programme } from '../../schema/programme';
import { HONGSHAN, ONGNIUD, openOffice, type Office } from '../commands/support/office';

let office: Office;
beforeAll(async () => void (office = await openOffice()));
afterAll(() => office.close());

const household = (regionCode: string) => ({
  id: randomUUID(),
  regionCode,
  fileNumber: randomUUID(),
  registeredOn: '2024-01-01',
  closedOn: null,
});
const acts = (requestId: string) =>
  office.rows<{ fields: string[] }>(
    'select verb, entity, entity_id, region_code, fields from write_entry where request_id = $1 order by at',
    [requestId],
  );

describe('inUnit', () => {
  it('logs every record it writes, new and changed, by the names of its fields', async () => {
    const ctx = office.as();
    const given = household(HONGSHAN);
    await inUnit(ctx, 'tryOut', async (em) => {
      const made = em.create(Household, given, { persist: true });
      await em.flush();
      made.closedOn = '2024-02-01';
      em.create(
        Entitlement,
        {
          id: randomUUID(),
          regionCode: HONGSHAN,
          householdId: made.id,
          programme: Programme.LOW_RENT,
          since: '2024-01-01',
          until: null,
        },
        { persist: true },
      );
    });
    const written = await acts(ctx.requestId);
    const about = { verb: 'tryOut', entity: 'Household', entity_id: given.id, region_code: HONGSHAN };
    expect(written).toHaveLength(3);
    expect(written).toContainEqual({
      ...about,
      fields: ['id', 'regionCode', 'fileNumber', 'registeredOn', 'closedOn'],
    });
    expect(written).toContainEqual({ ...about, fields: ['closedOn'] });
  });

  it('writes neither act nor log when the work fails, and the connection forgets the scope', async () => {
    const ctx = office.as();
    const given = household(HONGSHAN);
    const failing = inUnit(ctx, 'tryOut', async (em) => {
      em.create(Household, given, { persist: true });
      await em.flush();
      throw new Error('no');
    });
    await expect(failing).rejects.toThrow('no');
    expect(await office.rows('select from household where id = $1', [given.id])).toEqual([]);
    expect(await acts(ctx.requestId)).toEqual([]);
    const nothing = await inUnit(office.as({ regions: [] }), 'look', (em) => em.count(Household));
    expect(nothing).toBe(0);
  });

  it('fails the act when the log cannot be written', async () => {
    const given = household(HONGSHAN);
    await office.rows(`alter table write_entry add constraint broken check (verb <> 'unloggable')`);
    const failing = inUnit(
      office.as(),
      'unloggable',
      async (em) => void em.create(Household, given, { persist: true }),
    );
    await expect(failing).rejects.toMatchObject({ name: 'StatementFailed', code: '23514' });
    expect(await office.rows('select from household where id = $1', [given.id])).toEqual([]);
  });

  it('neither reads nor writes outside the caller’s regions', async () => {
    const far = await office.home(ONGNIUD);
    await inUnit(office.as(), 'look', async (em) => expect(await em.findOne(Household, { id: far.id })).toBeNull());
    const writing = inUnit(
      office.as(),
      'tryOut',
      async (em) => void em.create(Household, household(ONGNIUD), { persist: true }),
    );
    await expect(writing).rejects.toMatchObject({ name: 'StatementFailed', code: '42501' });
  });

  it('lets no value of a statement out in an error', async () => {
    const given = { ...household(HONGSHAN), fileNumber: 'SECRET-7' };
    const make = () =>
      inUnit(
        office.as(),
        'tryOut',
        async (em) => void em.create(Household, { ...given, id: randomUUID() }, { persist: true }),
      );
    await make();
    const error = await make().catch((failure: Error) => failure);
    expect(error).toMatchObject({ name: 'StatementFailed', code: '23505' });
    expect(JSON.stringify(error) + (error as Error).stack + String((error as Error).cause)).not.toContain('SECRET-7');
  });

  it('refuses a scope that is no list of region codes', async () => {
    const forged = inUnit(office.as({ regions: [`15', true); select set_config('app.regions', '45`] }), 'look', (em) =>
      em.count(Household),
    );
    await expect(forged).rejects.toThrow('no region code');
  });

  it('says NOT_READY when its connection is cut, whether the mapper or the driver finds out, and quotes no value then', async () => {
    const given = { ...household(HONGSHAN), fileNumber: 'SECRET-8' };
    const cut = (client: ClientBase) =>
      (client as unknown as { connection: { stream: Socket } }).connection.stream.destroy();
    const mapped = inUnit(office.as(), 'tryOut', async (em, client) => {
      cut(client);
      em.create(Household, given, { persist: true });
    });
    await expect(mapped).rejects.toMatchObject({ code: 'NOT_READY', message: expect.not.stringContaining('SECRET-8') });
    const driven = inUnit(office.as(), 'look', async (_em, client) => {
      cut(client);
      await client.query('select 1');
    });
    await expect(driven.catch((error) => Promise.reject(asRefusal(error)))).rejects.toMatchObject({
      code: 'NOT_READY',
    });
  });
});
