import { buildHTTPExecutor } from '@graphql-tools/executor-http';
import { print, type DocumentNode, type ExecutionResult } from 'graphql';
import { Pool } from 'undici';
import type { ServiceTokens } from '../access/service-token';
import { HubError } from '../errors';
import type { Logger } from '../log';
import { takeTidings } from './partner/tidings';
import { subgraphPath } from './subgraph-door';
import type { SubgraphExecutor, SubgraphRequest } from './subgraph-executor';

export interface RemoteOptions {
  readonly name: string;
  /** Origin of its process, without a slash at the end. */
  readonly url: string;
  readonly tokens: ServiceTokens;
  readonly log: Logger;
}

export interface RemoteSubgraph {
  readonly execute: SubgraphExecutor;
  /** Does its process say that it can answer? */
  ready(): Promise<boolean>;
  close(): Promise<void>;
}

const PATIENCE_MS = 30_000;
const CONNECTIONS = 64;

/** A subgraph in another process, asked over HTTP in the name of the request. Throws SUBGRAPH_SILENT where it does not answer. */
export function remoteSubgraph({ name, url, tokens, log }: RemoteOptions): RemoteSubgraph {
  const pool = new Pool(url, { connections: CONNECTIONS, headersTimeout: PATIENCE_MS, bodyTimeout: PATIENCE_MS });
  const path = subgraphPath(name);
  const headersFor = async (body: string, context: SubgraphRequest['context']) => ({
    'content-type': 'application/json',
    authorization: `Bearer ${await tokens.issue(name, body, context)}`,
    'x-request-id': context.requestId,
  });
  const ask = async ({ document, variables, context }: SubgraphRequest): Promise<ExecutionResult> => {
    const body = JSON.stringify({ query: textOf(document), variables });
    const answer = await pool.request({ path, method: 'POST', headers: await headersFor(body, context), body });
    if (answer.statusCode !== 200) throw new Error(`${name} answered ${answer.statusCode}`);
    return (await answer.body.json()) as ExecutionResult;
  };
  /* Equal questions of two viewers in one moment are not one question. */
  const subscribe = buildHTTPExecutor({
    endpoint: url + path,
    deduplicateInflightRequests: false,
    method: 'POST', // for a subscription its own choice is GET
    fetch: async (to: string, init?: RequestInit, context?: SubgraphRequest['context']) => {
      const given = Object.fromEntries(new Headers(init?.headers));
      return fetch(to, { ...init, headers: { ...given, ...(await headersFor(String(init?.body), context!)) } });
    },
  });
  return {
    async execute(request) {
      if (request.operationType === 'subscription') return subscribe(request as never) as ReturnType<SubgraphExecutor>;
      const result = await ask(request).catch((err: Error) => {
        log.warn({ err, subgraph: name, requestId: request.context.requestId }, 'a subgraph does not answer');
        throw new HubError('SUBGRAPH_SILENT');
      });
      return takeTidings(result, request.context);
    },
    ready: async () => {
      const answer = await pool.request({ path: '/readyz', method: 'GET' }).catch(() => undefined);
      await answer?.body.dump();
      return answer?.statusCode === 200;
    },
    close: () => pool.destroy(),
  };
}

const texts = new WeakMap<DocumentNode, string>();

/** The planner hands the same document for the same plan. */
function textOf(document: DocumentNode): string {
  const text = texts.get(document) ?? print(document);
  texts.set(document, text);
  return text;
}
