import { ApolloServer } from '@apollo/server';
import fastifyApollo from '@as-integrations/fastify';
import Fastify from 'fastify';
import { Pool } from 'pg';

/**
 * The baseline of `load`: the same four questions as anyone would answer them first. One Apollo Server on Fastify, one select of
 * `pg` a question; nobody is asked who they are, nothing is masked, scoped or logged. Argument: URL of the database.
 */
const pool = new Pool({ connectionString: process.argv[2], max: 16 });

const typeDefs = `
  type Household { id: ID! fileNumber: String registeredOn: String }
  type Households { nodes: [Household!]! }
  type Row { rowNumber: Int applicantName: String citizenIdMasked: String securityType: String registrationDate: String }
  type Rows { nodes: [Row!]! pageInfo: PageInfo! }
  type PageInfo { hasNextPage: Boolean! endCursor: String }
  type CrossCheck { id: ID! }
  input RequestCrossCheckInput { clientKey: String! purpose: String! households: [ID!]! }
  type Query {
    household(id: ID!): Household
    households(region: String!, first: Int): Households!
    registeredObjects(region: String!, first: Int, after: String): Rows!
  }
  type Mutation { requestCrossCheck(input: RequestCrossCheckInput!): CrossCheck! }`;

const HOUSEHOLD = `select id, file_number as "fileNumber", registered_on as "registeredOn" from household`;
const ONE = { name: 'one', text: `${HOUSEHOLD} where id = $1` };
const PAGE = { name: 'page', text: `${HOUSEHOLD} where region_code = $1 order by id limit $2` };
const ROWS = {
  name: 'rows',
  text: `select r.* from publication p cross join lateral (
      select row_number as "rowNumber", applicant_name as "applicantName", citizen_id_masked as "citizenIdMasked",
        security_type as "securityType", registration_date::text as "registrationDate"
      from published_registered_object
      where publication_id = p.id and published_at = p.published_at and row_number > $2 order by row_number limit $3
    ) r where p.feed = 'registered-objects' and p.superseded_at is null and p.region_code = $1`,
};
const REQUEST = {
  name: 'request',
  text: 'insert into bench_request (client_key, purpose, households) values ($1, $2, $3) returning id',
};

interface Args {
  readonly id: string;
  readonly region: string;
  readonly first: number;
  readonly after: string;
  readonly input: { clientKey: string; purpose: string; households: string[] };
}

const rows = async (statement: object, values: unknown[]) => (await pool.query({ ...ONE, ...statement, values })).rows;

const resolvers = {
  Query: {
    household: async (_: unknown, { id }: Args) => (await rows(ONE, [id]))[0],
    households: async (_: unknown, { region, first }: Args) => ({ nodes: await rows(PAGE, [region, first]) }),
    registeredObjects: async (_: unknown, { region, first, after }: Args) => {
      const nodes = await rows(ROWS, [region, Number(after ?? 0), first + 1]);
      const pageInfo = { hasNextPage: nodes.length > first, endCursor: String(nodes[first - 1]?.rowNumber) };
      return { nodes: nodes.slice(0, first), pageInfo };
    },
  },
  Mutation: {
    requestCrossCheck: async (_: unknown, { input }: Args) =>
      (await rows(REQUEST, [input.clientKey, input.purpose, input.households]))[0],
  },
};

async function serve(): Promise<void> {
  await pool.query(
    'create table if not exists bench_request (id uuid primary key default gen_random_uuid(), client_key text, purpose text, households uuid[])',
  );
  const server = new ApolloServer({ typeDefs, resolvers });
  await server.start();
  const app = Fastify();
  await app.register(fastifyApollo(server));
  process.send?.({ url: await app.listen({ host: '127.0.0.1', port: 0 }) });
}

process.once('disconnect', () => process.exit(0));
process.once('SIGTERM', () => process.exit(0));
serve().catch((error: Error) => {
  process.stderr.write(`${error.stack}\n`);
  process.exit(1);
});
