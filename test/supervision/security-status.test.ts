import { randomUUID } from 'node:crypto';
import { honestFiles, officerOf, type File } from '../support/files';
import { addPartner, registerText } from '../support/partners';
import { openRunningHub, type RunningHub, type Who } from '../support/running-hub';

const PURPOSE = 'SECURITY_STATUS';
const TEXT = 'query ($person: ID!) { securityStatus(person: $person) { secured programme regionCode } }';

let running: RunningHub;
let file: File;
let far: File;
beforeAll(async () => {
  running = await openRunningHub(60);
  const files = await honestFiles(running);
  file = files[0]!;
  far = files.find(({ region }) => region.slice(0, 2) !== file.region.slice(0, 2))!;
  await running.base.owner.query('truncate entitlement cascade');
  const regions = [file.region];
  await addPartner(running.base, 'tax-office', { purpose: PURPOSE, regions });
  await addPartner(running.base, 'courts', { regions });
  await registerText(running.base, 'tax-office', TEXT, { purpose: PURPOSE });
  await registerText(running.base, 'courts', TEXT);
});
afterAll(() => running.close());

const partner = (client: string): Who => ({
  role: 'PARTNER_SYSTEM',
  region: file.region,
  sub: client,
  client_id: client,
});
const asked = async (person: string, who: Who = partner('tax-office')) => {
  const { data, errors } = await running.ask<{ securityStatus: object | null }>(who, TEXT, { variables: { person } });
  return errors[0]?.extensions.code ?? data.securityStatus;
};
const secure = (since: string, until: string | null) =>
  running.base.owner.query(`insert into entitlement values ($1, $2, $3, 'PUBLIC_RENTAL', $4, $5)`, [
    ...[randomUUID(), file.region, file.householdId, since, until],
  ]);

describe('a partner allowed for housing security', () => {
  it('is told of a person whether it is secured today, by which programme and where, and nothing more; it is logged, and nobody else is told [IM-5.6(a)]', async () => {
    const [person] = file.members.map(({ id }) => id);
    const no = { secured: false, programme: null, regionCode: null };
    expect(await asked(person!)).toEqual(no);
    await secure('2020-01-01', '2021-01-01'); // is over
    await secure('2999-01-01', null); // is to come
    expect(await asked(person!)).toEqual(no);
    await secure('2022-01-01', null);
    const yes = { secured: true, programme: 'PUBLIC_RENTAL', regionCode: file.region };
    for (const { id } of file.members) expect(await asked(id)).toEqual(yes);
    const { rows } = await running.base.owner.query(
      `select distinct role, source, fields, purpose from read_entry where subject = 'tax-office' and person_id = $1`,
      [person],
    );
    expect(rows).toMatchObject([{ role: 'PARTNER_SYSTEM', source: 'housing', fields: ['security'] }]);
    for (const elsewhere of [far.members[0]!.id, randomUUID()]) expect(await asked(elsewhere)).toBe('NOT_FOUND');
    expect(await asked(person!, partner('courts'))).toBe('GRANT_NOT_IN_FORCE');
    expect(await asked(person!, officerOf(file))).toBe('FORBIDDEN');
  });

  it('may judge, watch or ask sources of nobody by that purpose', async () => {
    const input = { clientKey: 'x', purpose: PURPOSE, households: [file.householdId] };
    const text = 'mutation ($input: RequestCrossCheckInput!) { requestCrossCheck(input: $input) { id } }';
    await registerText(running.base, 'tax-office', text, { purpose: PURPOSE });
    const { errors } = await running.ask(partner('tax-office'), text, { variables: { input } });
    expect(errors.map(({ extensions }) => extensions.field)).toEqual(['purpose']);
  });
});
