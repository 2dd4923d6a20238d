import { FAULTS } from '../../src/errors';
import { idNumberOf } from '../server/support/people';
import { canaries, numbersIn, tablesAsText } from '../support/canaries';
import { honestFiles, officerOf, type File } from '../support/files';
import { openRunningHub, type Asked, type RunningHub } from '../support/running-hub';
import { UNCOUNTED } from '../server/support/stage';
import { BAD, REFUSED } from './bad-requests';

let running: RunningHub;
let file: File;
beforeAll(async () => {
  running = await openRunningHub(undefined, UNCOUNTED);
  [file] = (await honestFiles(running)) as [File];
});
afterAll(() => running.close());

describe('bad input', () => {
  const post = async (body: string, type = 'application/json') => {
    const authorization = `Bearer ${await running.issuer.mint({ ...officerOf(file) })}`;
    return running.send('/graphql', { method: 'POST', headers: { 'content-type': type, authorization }, body });
  };
  const faultOf = (text: string) => (JSON.parse(text) as { errors: Asked<unknown>['errors'] }).errors[0]!;

  it.each(BAD.map(([what, body, type = 'application/json']) => [what, body, type]))(
    '%s is refused with 4xx, a code of the catalogue and a remedy',
    async (_what, body, type) => {
      const { status, text, headers } = await post(body, type);
      const { message, extensions } = faultOf(text);
      expect(headers.get('content-type')).toMatch(/json/);
      const { code, remedy } = extensions;
      expect([status >= 400 || status === 200, status < 500, Object.keys(FAULTS).includes(code)]).toEqual([
        true,
        true,
        true,
      ]);
      expect([code === 'INTERNAL', remedy, message]).toEqual([
        false,
        FAULTS[code as keyof typeof FAULTS].remedy,
        expect.stringMatching(/\p{Script=Han}/u),
      ]);
      expect(text).not.toMatch(/15040219860512112|萨仁花|node_modules|at .*\.[jt]s:|select |"stack"/);
    },
  );

  it.each(REFUSED)(
    '%s is refused with a code of the catalogue, and nothing is written',
    async (_what, query, variables) => {
      const written = async () => (await running.base.owner.query('select count(*) from write_entry')).rows;
      const before = await written();
      const { status, errors, text } = await running.ask({ ...officerOf(file), region: '150402' }, query, {
        variables: { ...variables },
      });
      expect(status).toBeLessThan(500);
      const [fault] = errors;
      expect([Object.keys(FAULTS).includes(fault!.extensions.code), fault!.extensions.code === 'INTERNAL']).toEqual([
        true,
        false,
      ]);
      expect(text).not.toContain('150402198605121127');
      expect(await written()).toEqual(before);
    },
  );

  it('nobody’s token, a stale one and another issuer’s are all answered alike', async () => {
    const mint = (claims: object) => running.issuer.mint({ ...officerOf(file), ...claims });
    const tokens = [
      '',
      'x.y.z',
      await mint({ exp: 1 }),
      await mint({ iss: 'http://elsewhere' }),
      await mint({ role: 'GOD' }),
      await mint({ region: '99' }),
      await mint({ aud: ['anju-hub', 'x'] }),
    ];
    const said: string[] = [];
    for (const token of tokens) {
      const { status, text } = await running.send('/graphql', {
        method: 'POST',
        headers: { 'content-type': 'application/json', authorization: `Bearer ${token}`, 'x-request-id': 'same' },
        body: '{"query":"{ __typename }"}',
      });
      said.push(`${status} ${text}`);
    }
    expect(said[0]).toMatch(/^401 .*UNAUTHENTICATED/);
    expect(said).toEqual(tokens.map(() => said[0]));
  });
});

describe('free text of a caller', () => {
  /** The number of somebody in the file, in the sheet's file number, the letter's notice and the key of a cross-check. */
  const acts = (number: string): [field: string, query: string, variables: object][] => [
    [
      'clientKey',
      'mutation ($input: RequestCrossCheckInput!) { requestCrossCheck(input: $input) { id } }',
      {
        input: { clientKey: `家庭 ${number}`, purpose: 'ADMISSION_REVIEW', households: [file.householdId] },
      },
    ],
    [
      'noticeVersion',
      'mutation ($input: RegisterLetterInput!) { registerLetter(input: $input) { id } }',
      {
        input: {
          ...{ caseId: file.caseId, purpose: 'ADMISSION_REVIEW', sources: ['property'], noticeVersion: `v1-${number}` },
          ...{
            signedOn: '2026-11-01',
            validUntil: '2099-01-01',
            members: file.members.map(({ id }) => ({ personId: id, signature: 'SELF' })),
          },
        },
      },
    ],
  ];

  it('that carries a citizen number is refused by the field it stands in', async () => {
    for (const [field, query, variables] of acts(file.members[0]!.idNumber)) {
      const { errors, text } = await running.ask(officerOf(file), query, { variables: { ...variables } });
      expect(errors[0]!.extensions).toMatchObject({ code: 'INVALID_INPUT', field });
      expect(text).not.toContain(file.members[0]!.idNumber);
    }
  });

  it('in a sheet is refused by the row: a file goes by a number of its own', async () => {
    const csv = `档案编号,登记日期,与申请人关系,姓名,公民身份号码\n${file.members[0]!.idNumber},2026-01-05,申请人,王小花,${idNumberOf('150402', '1986-05-12', 711)}`;
    const query = `mutation ($csv: String!, $region: String!) { importHouseholds(region: $region, csv: $csv) { created problems { row field code } } }`;
    const { data } = await running.ask(officerOf(file), query, { variables: { csv, region: file.region } });
    expect(data).toEqual({
      importHouseholds: { created: 0, problems: [{ row: 2, field: 'fileNumber', code: 'INVALID_INPUT' }] },
    });
  });
});

describe('after all these requests', () => {
  it('no citizen number stands in clear in any table, log line or answer', async () => {
    const numbers = await canaries(running);
    for (const [table, text] of await tablesAsText(running))
      expect([table, numbersIn(text, numbers)]).toEqual([table, []]);
    expect(numbersIn(running.logged.join(''), numbers)).toEqual([]);
  });
});
