import fc from 'fast-check';
import {
  buildSchema,
  parse,
  type GraphQLError,
  validate,
  type DocumentNode,
  type OperationDefinitionNode,
} from 'graphql';
import { getVariableValues } from 'graphql/execution/values';
import { committedSupergraph } from '../../src/cli/committed-supergraph';
import { addHousehold } from '../server/support/people';
import { openStage, UNCOUNTED, type Stage } from '../server/support/stage';
import { runSeed, seedProperties } from '../support/seed';
import { Generator, type Generated, type Known } from './generate-document';

/** `npm run long:documents` asks 100,000. */
const DOCUMENTS = Number(process.env.DOCUMENTS ?? 3000);
const AT_ONCE = 50;
const PATIENCE_MS = 20_000;

seedProperties();
let stage: Stage;
let known: Known;
const tokens: string[] = [];
beforeAll(async () => {
  stage = await openStage({ settings: UNCOUNTED });
  const { id, caseId, members } = await addHousehold(stage.base, stage.hub.seal, '150402');
  known = { ids: [id, caseId, ...members.map((member) => member.id)] };
  for (const claims of [{ region: '15' }, { region: '150402' }, { role: 'DASHBOARD', region: '45' }])
    tokens.push(await stage.issuer.mint({ ...claims, exp: Math.floor(Date.now() / 1000) + 36_000 }));
});
afterAll(() => stage.close());

/** graphql-js on the SDL as it is committed: nothing of the gateway judges itself. */
const schema = buildSchema(committedSupergraph(), { assumeValid: true, assumeValidSDL: true });

/** Why a question is unsound by the specification, or undefined. */
function unsound({ query, variables }: Generated): string | undefined {
  let document: DocumentNode;
  try {
    document = parse(query);
    const [fault] = validate(schema, document);
    if (fault) return fault.message;
  } catch (error) {
    return (error as GraphQLError).message; // of the parser, and of rules that throw
  }
  const operations = document.definitions.filter(
    (node): node is OperationDefinitionNode => node.kind === 'OperationDefinition',
  );
  if (operations.length !== 1) return 'not one operation';
  try {
    return getVariableValues(schema, operations[0]!.variableDefinitions ?? [], variables).errors?.[0]?.message;
  } catch (error) {
    return String(error);
  }
}

interface Outcome {
  readonly status: number;
  readonly data?: unknown;
  readonly errors?: { extensions?: { code?: string } }[];
}

/** A connection that the server closed while it was idle is opened again, once: that is no answer, and is counted. */
const reopened: unknown[] = [];
const ask = (question: Generated, token: string): Promise<Outcome> =>
  askOnce(question, token).catch((error: unknown) => {
    const { code } = ((error as Error).cause ?? {}) as { code?: string };
    if (code !== 'ECONNRESET' && code !== 'UND_ERR_SOCKET') throw error;
    reopened.push(code);
    return askOnce(question, token);
  });

async function askOnce({ query, variables }: Generated, token: string): Promise<Outcome> {
  const response = await fetch(`${stage.url}/graphql`, {
    method: 'POST',
    headers: { 'content-type': 'application/json', authorization: `Bearer ${token}` },
    body: JSON.stringify({ query, variables }),
    signal: AbortSignal.timeout(PATIENCE_MS),
  });
  return { status: response.status, ...((await response.json()) as object) };
}

/** What is wrong with an outcome, or undefined. */
function wrongWith({ status, data, errors = [] }: Outcome, fault: string | undefined): string | undefined {
  const codes = errors.map(({ extensions }) => extensions?.code);
  if (status >= 500 || codes.includes('INTERNAL')) return 'an internal fault';
  if (errors.some((error) => error.extensions?.code === undefined)) return 'a fault without a code';
  if (fault === undefined) return status === 200 || errors.length > 0 ? undefined : 'refused without a word';
  if (status < 400 || errors.length === 0) return 'a wrong accept';
  return data === undefined || data === null ? undefined : 'data for what is unsound';
}

describe(`${DOCUMENTS} generated documents`, () => {
  const wrongs: string[] = [];
  /** Of what graphql-js has against them. */
  const kinds = new Set<string>();
  const counts = { sound: 0, unsound: 0, answered: 0 };

  it(
    'meet no internal fault and no hang, and none is accepted that graphql-js refuses',
    async () => {
      await fc.assert(
        fc.asyncProperty(fc.gen(), async (gen) => {
          const batch = Array.from({ length: AT_ONCE }, () =>
            new Generator(schema, known, (n) => gen(fc.nat, n - 1)).document(),
          );
          const token = tokens[gen(fc.nat, tokens.length - 1)]!;
          const outcomes = await Promise.all(batch.map((question) => ask(question, token)));
          for (const [at, outcome] of outcomes.entries()) {
            const fault = unsound(batch[at]!);
            counts[fault === undefined ? 'sound' : 'unsound'] += 1;
            if (fault) kinds.add(fault.replace(/"[^"]*"|\d+/g, '_').slice(0, 60));
            if (outcome.status === 200 && outcome.data) counts.answered += 1;
            const wrong = wrongWith(outcome, fault);
            if (wrong) wrongs.push(JSON.stringify({ wrong, fault, question: batch[at], outcome }).slice(0, 2000));
          }
        }),
        { numRuns: Math.ceil(DOCUMENTS / AT_ONCE), endOnFailure: true },
      );
      expect(wrongs.slice(0, 10)).toEqual([]);
    },
    60_000 + DOCUMENTS * 20,
  );

  it('are of every kind: sound and answered, and unsound', () => {
    process.stderr.write(
      `documents, seed ${runSeed()}: ${JSON.stringify({ ...counts, kindsOfFaults: kinds.size, reopened })}\n`,
    );
    expect(kinds.size).toBeGreaterThan(30);
    for (const count of Object.values(counts)) expect(count).toBeGreaterThan(DOCUMENTS / 20);
  });
});
