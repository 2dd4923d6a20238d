import Module from 'node:module';
import pg, { Client, type QueryConfig } from 'pg';
import type { GraphQLSchema } from 'graphql';
import type { Part } from './hub';

/** Takes a part out of the product in this process, and in this process only, so that its price can be seen. */
export function leaveOut(parts: readonly Part[]): void {
  if (parts.includes('masks')) leaveOutMasks();
  if (parts.includes('read log')) leaveOutReadLog();
}

/** Schemas come back as they are: no field is wrapped. */
function leaveOutMasks(): void {
  const path = require.resolve('../../src/access/enforce');
  const stub = new Module(path);
  stub.exports = { enforceClassification: (schema: GraphQLSchema) => schema };
  stub.loaded = true;
  require.cache[path] = stub;
}

const LOGGED = /^\s*with seen as materialized \(([\s\S]*)\),\s*log as \(/;
/** A logged statement sent as its select alone, with the parameters that stand before those of the log. */
export function unlogged(read: QueryConfig): QueryConfig {
  const { name, text, values = [] } = read;
  const select = LOGGED.exec(text)?.[1];
  if (!name || !select) throw new Error(`${name} is no logged read: has its shape changed?`);
  const takes = Math.max(...[...select.matchAll(/\$(\d+)/g)].map(([, place]) => Number(place)));
  return { ...read, name: name.replace('+log', '+bare'), text: select, values: values.slice(0, takes) };
}

function leaveOutReadLog(): void {
  onLoggedReads(unlogged);
}

/** Lets every logged read of this process pass through a hand, alone or in a batch; returns what ends it. */
export function onLoggedReads(hand: (read: QueryConfig) => QueryConfig): () => void {
  const [own, OwnQuery] = [Client.prototype.query, pg.Query];
  const send = own as (...given: unknown[]) => unknown;
  const through = (query: unknown) => (isLogged(query) ? hand(query) : query);
  Client.prototype.query = function (this: Client, query: unknown, ...rest: unknown[]) {
    return send.call(this, through(query), ...rest);
  } as typeof own;
  pg.Query = new Proxy(OwnQuery, {
    construct: (target, [query, ...rest]) => Reflect.construct(target, [through(query), ...rest]) as object,
  });
  return () => {
    Client.prototype.query = own;
    pg.Query = OwnQuery;
  };
}

const isLogged = (query: unknown): query is QueryConfig =>
  typeof query === 'object' && query !== null && String((query as QueryConfig).name).endsWith('+log');
