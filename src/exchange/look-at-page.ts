import { createHash } from 'node:crypto';
import type { Agent } from 'undici';
import { configuredNetwork, type Network } from './address';
import { seconds } from './time';

/** What a look at a page found: there as it was posted, not there, there with other bytes, or nobody can tell. */
export type Sighting = 'SEEN' | 'GONE' | 'DIFFERENT' | 'UNREACHABLE';

export interface PageWitness {
  /** Never throws: what cannot be told is UNREACHABLE, and neither there nor missing. */
  look(url: string, pageHash: string): Promise<Sighting>;
  close(): Promise<void>;
}

const PATIENCE_MS = seconds(10);
const LARGEST_PAGE = 1024 * 1024;
const MISSING = [404, 410];

/** 外部见证: asks for pages as a reader from outside would, at addresses that may be called; it follows no redirect. */
export function openPageWitness(network: Network = configuredNetwork()): PageWitness {
  let opened: Promise<Agent> | undefined;
  const agent = () => (opened ??= openAgent(network));
  return {
    async look(url, pageHash) {
      try {
        network.require(new URL(url).hostname);
        return await sightingOf(await agent(), url, pageHash);
      } catch (error) {
        return (error as { code?: string }).code === 'UND_ERR_RES_EXCEEDED_MAX_SIZE' ? 'DIFFERENT' : 'UNREACHABLE';
      }
    },
    close: async () => (await opened)?.close(),
  };
}

async function openAgent({ lookup }: Network): Promise<Agent> {
  const { Agent } = await import('undici');
  return new Agent({ connect: { lookup }, maxResponseSize: LARGEST_PAGE });
}

async function sightingOf(dispatcher: Agent, url: string, pageHash: string): Promise<Sighting> {
  const { request } = await import('undici');
  const headers = { accept: 'text/html', 'cache-control': 'no-cache', 'accept-encoding': 'identity' };
  const signal = AbortSignal.timeout(PATIENCE_MS);
  const { statusCode, body } = await request(url, { dispatcher, headers, signal });
  const digest = createHash('sha256');
  for await (const part of body) digest.update(part as Buffer);
  if (MISSING.includes(statusCode)) return 'GONE';
  if (statusCode !== 200) return 'UNREACHABLE';
  return digest.digest('hex') === pageHash ? 'SEEN' : 'DIFFERENT';
}
