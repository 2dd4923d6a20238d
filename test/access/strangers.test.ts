import type { Role } from '../../src/access/viewer';
import { openStage, type Stage } from '../server/support/stage';
import { addPartner, registerText } from '../support/partners';
import { ACTIONS, documentOf, OPERATIONS } from './support/operations';
import { nowhere, recordsIn, type Records } from './support/records';
import { listenToStatements } from './support/statements';

let stage: Stage;
let own: Records;
let foreign: Records;
let statements: ReturnType<typeof listenToStatements>;
beforeAll(async () => {
  statements = listenToStatements();
  stage = await openStage();
  [own, foreign] = [await recordsIn(stage, '150402'), await recordsIn(stage, '450102')];
  await addPartner(stage.base, 'partner', { regions: ['150402'] });
}, 60_000);
afterAll(async () => {
  await stage.close();
  statements.stop();
});

/** Everything by which one answer could be told from another, the instant aside. */
interface Told {
  readonly status: number;
  readonly headers: string[];
  readonly text: string;
  readonly statements: string[];
}

async function tell(role: Role, query: string, on: Records): Promise<Told> {
  const isPartner = role === 'PARTNER_SYSTEM';
  if (isPartner) await registerText(stage.base, 'partner', query);
  const claims = isPartner ? { role, client_id: 'partner', region: undefined } : { role, person: own.person };
  statements.taken();
  const { status, headers, text } = await stage.ask(query, {
    claims,
    variables: { ...on },
    headers: { 'x-request-id': 'the-same' },
  });
  const told = [...headers].filter(([name]) => name !== 'date').map((header) => header.join(': '));
  return { status, headers: told, text: withoutProof(text), statements: statements.taken() };
}

/** A partner's receipt names its own request and document, which differ with the id that stands in them. */
const withoutProof = (text: string): string => text.replace(/"receipt":\{.*?\}(?=[,}])/, '"receipt":{}');

/** Every operation that names a record by its id, and one that names a region nobody knows is none of these. */
const BY_ID = [
  ...Object.entries(OPERATIONS).map(([name, operation]) => ({ kind: 'query' as const, name, ...operation })),
  ...Object.entries(ACTIONS).map(([name, operation]) => ({ kind: 'mutation' as const, name, ...operation })),
].filter(({ text }) => /\$(?!region)/.test(text));
const CASES = BY_ID.flatMap(({ roles, ...operation }) =>
  roles.map((role) => ({ ...operation, role, document: documentOf(operation.kind, [operation]) })),
);

describe('what is not yours and what is not there', () => {
  it.each(CASES)(
    'are answered alike by $name to a $role: status, headers, body, statements',
    async ({ role, document }) => {
      await tell(role, document, nowhere('150402')); // whatever is prepared at the first use
      const [absent, theirs] = [await tell(role, document, nowhere('150402')), await tell(role, document, foreign)];
      expect(theirs).toEqual(absent);
      expect(absent.text).toMatch(/"(NOT_FOUND|PURPOSE_DEAD)"/);
      for (const id of Object.values(foreign)) expect(theirs.text).not.toContain(id);
    },
  );

  it('differ from what is yours, so that the comparison can fail', async () => {
    const { document } = CASES.find(({ name }) => name === 'household')!;
    const [mine, theirs] = [
      await tell('COUNTY_HOUSING', document, own),
      await tell('COUNTY_HOUSING', document, foreign),
    ];
    expect(mine.statements).not.toEqual(theirs.statements);
  });
});
