import { auditServer, type AuditResult } from 'graphql-http';
import { openStage, type Stage } from '../server/support/stage';

let stage: Stage;
let results: AuditResult[];
beforeAll(async () => {
  stage = await openStage();
  const authorization = `Bearer ${await stage.issuer.mint()}`;
  const fetchFn = (url: string, init: RequestInit = {}) =>
    fetch(url, { ...init, headers: { ...Object.fromEntries(new Headers(init.headers)), authorization } });
  results = await auditServer({ url: `${stage.url}/graphql`, fetchFn });
});
afterAll(() => stage.close());

const named = (status: AuditResult['status']) =>
  results.filter((result) => result.status === status).map(({ name }) => name);

describe('the door of officers, by the audits of graphql-http (GraphQL over HTTP)', () => {
  it('is asked all of them', () => expect(results.length).toBeGreaterThan(50));

  it('breaks nothing that is a MUST', () => expect(named('error')).toEqual([]));

  /* A document that is refused is a 4xx here whatever a client accepts: monitors and proxies see it (docs/errors.md). */
  it('answers bad documents with 4xx where the draft, for old clients, would rather see 200; and lacks nothing else', () => {
    expect(named('warn').sort()).toEqual([
      'SHOULD use 200 status code on document parsing failure when accepting application/json',
      'SHOULD use 200 status code on document validation failure when accepting application/json',
      'SHOULD use a status code of 200 on variable coercion failure when accepting application/json',
    ]);
    /* GET is for the browser's page only, so that no document stands in a URL; `extensions` is not read. */
    expect(named('notice').filter((name) => !/ GETs? | \{extensions\} parameter$/.test(name))).toEqual([]);
  });
});
