import fc from 'fast-check';
import { openStage, UNCOUNTED, type Stage } from '../server/support/stage';
import { runSeed } from '../support/seed';
import { ACTIONS, documentOf, OPERATIONS, type Kind } from './support/operations';
import { recordsIn, type Records } from './support/records';

const REGIONS = ['150402', '450102'] as const;
type Region = (typeof REGIONS)[number];
const [REQUESTS, AT_ONCE, TURNS] = [1000, 32, 60];

let stage: Stage;
const records = new Map<Region, Records>();
beforeAll(async () => {
  stage = await openStage({ connections: 1, settings: UNCOUNTED });
  for (const region of REGIONS) records.set(region, await recordsIn(stage, region));
});
afterAll(() => stage.close());

const QUESTIONS = ['household', 'person', 'letter', 'crossCheck', 'households', 'overdueAnswers'] as const;
/** One that is written to the log, and two that the record they name stops within their transaction. */
const ACTS = ['mintPurposeToken', 'draftLetter', 'requestCrossCheck'] as const;
const documents: readonly (readonly [name: string, text: string])[] = [
  ...QUESTIONS.map((name) => ['query', name, OPERATIONS[name]!] as const),
  ...ACTS.map((name) => ['mutation', name, ACTIONS[name]!] as const),
].map(([kind, name, operation]) => [name, documentOf(kind as Kind, [operation])]);

interface Request {
  readonly of: Region;
  /** Whose records it names. */
  readonly about: Region;
  readonly document: (typeof documents)[number];
  /** After so many turns of the loop its caller goes away. */
  readonly abortAfter: number | null;
}

const aRequest: fc.Arbitrary<Request> = fc.record({
  of: fc.constantFrom(...REGIONS),
  about: fc.constantFrom(...REGIONS),
  document: fc.constantFrom(...documents),
  abortAfter: fc.option(fc.nat(TURNS), { freq: 2 }),
});

const turn = () => new Promise((resolve) => setImmediate(resolve));

/** The answer's text, or null where the caller went away first. */
async function send({ of, about, document: [, query], abortAfter }: Request): Promise<string | null> {
  const leaving = new AbortController();
  const authorization = `Bearer ${await stage.issuer.mint({ region: of, sub: `officer of ${of}` })}`;
  const headers = { 'content-type': 'application/json', authorization };
  const body = JSON.stringify({ query, variables: records.get(about) });
  const answer = fetch(`${stage.url}/graphql`, { method: 'POST', headers, body, signal: leaving.signal })
    .then((response) => response.text())
    .catch(() => null);
  for (let turns = 0; abortAfter !== null && turns < abortAfter; turns++) await turn();
  if (abortAfter !== null) leaving.abort();
  return answer;
}

describe('1,000 requests of two regions over HTTP, on one connection to the database', () => {
  it('interleaved, a part of them left by their callers half-way, show nobody a row of the other region', async () => {
    const left = fc.sample(aRequest, { numRuns: REQUESTS, seed: runSeed() });
    const counts = { own: 0, aborted: 0, refused: 0 };
    const foreign: unknown[] = [];
    const client = async (): Promise<void> => {
      for (let request = left.pop(); request; request = left.pop()) {
        const { of, about, document } = request;
        const text = await send(request);
        if (text === null) counts.aborted += 1;
        else if (of === about && text.includes(records.get(of)!.household)) counts.own += 1;
        else if (/"(NOT_FOUND|PURPOSE_DEAD)"/.test(text)) counts.refused += 1;
        const others = records.get(REGIONS.find((region) => region !== of)!)!;
        /* The region's code is what was asked about; everything else is a row. */
        const ids = Object.values(others).filter((id) => id !== others.region);
        if (ids.some((id) => text?.includes(id))) foreign.push([of, document[0], text]);
      }
    };
    await Promise.all(Array.from({ length: AT_ONCE }, client));
    expect(foreign).toEqual([]);
    expect(counts.own).toBeGreaterThan(100);
    expect(counts.refused).toBeGreaterThan(100);
    expect(counts.aborted).toBeGreaterThan(150);
    expect(stage.hub.db.app.totalCount).toBeLessThanOrEqual(1);
  });

  it('afterwards the connection has no scope of anybody', async () => {
    expect((await stage.hub.db.app.query('select from household')).rowCount).toBe(0);
  });
});
