import { subgraphs } from '../../resolvers';
import { startServer, startSubgraphs, type RunningServer } from '../../src/server/start';
import { committedSupergraph } from '../../src/cli/committed-supergraph';
import { resolvePurpose } from '../../src/store/purposes';
import { openStage, type Stage } from './support/stage';
import { addHousehold, type TestHousehold } from './support/people';

let stage: Stage;
let household: TestHousehold;
beforeAll(async () => {
  stage = await openStage();
  household = await addHousehold(stage.base, stage.hub.seal, '150402');
});
afterAll(() => stage.close());

const QUERY = `query ($id: ID!) { household(id: $id) { fileNumber members { person { name vehicle { status reason retryAt value { vehicles { plate } } } } } } }`;

/** A gateway whose named subgraphs run elsewhere, and the place where they run. */
async function gatewayWith(names: readonly string[]): Promise<{ gateway: RunningServer; elsewhere: RunningServer }> {
  const pendingMigrations = async () => [];
  const elsewhere = await startSubgraphs(stage.hub, {
    subgraphs: subgraphs.filter(({ name }) => names.includes(name)),
    pendingMigrations,
  });
  const SUBGRAPH_URLS = Object.fromEntries(names.map((name) => [name, elsewhere.url]));
  const hub = { ...stage.hub, config: { ...stage.hub.config, SUBGRAPH_URLS } };
  const parts = { subgraphs, supergraph: committedSupergraph(), issuers: [stage.issuer], resolvePurpose };
  return { elsewhere, gateway: await startServer(hub, { ...parts, pendingMigrations }) };
}

const ask = async ({ url }: RunningServer) => {
  const headers = { 'content-type': 'application/json', authorization: `Bearer ${await stage.issuer.mint()}` };
  const body = JSON.stringify({ query: QUERY, variables: { id: household.id } });
  const response = await fetch(`${url}/graphql`, { method: 'POST', headers, body });
  return { status: response.status, ...((await response.json()) as { data: unknown; errors?: unknown[] }) };
};
const readiness = async ({ url }: RunningServer) => (await fetch(`${url}/readyz`)).status;

describe('a gateway over subgraphs in other processes', () => {
  it('refuses with 503, and is not ready, while a subgraph of its own is away', async () => {
    const { gateway, elsewhere } = await gatewayWith(['housing']);
    expect([(await ask(gateway)).status, await readiness(gateway)]).toEqual([200, 200]);
    await elsewhere.close();
    const { status, errors } = await ask(gateway);
    expect({ status, errors }).toMatchObject({ status: 503, errors: [{ extensions: { code: 'SUBGRAPH_SILENT' } }] });
    expect(await readiness(gateway)).toBe(503);
    await gateway.close();
  });
});
