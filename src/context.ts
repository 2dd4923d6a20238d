import type { MikroORM } from '@mikro-orm/postgresql';
import type { Config } from './config';
import type { Logger } from './log';
import type { Cursors } from './access/cursor';
import type { ObjectorSeal } from './access/objector';
import type { Pseudonyms } from './access/pseudonym';
import type { Seal } from './access/seal';
import type { Session } from './access/session';
import type { Viewer } from './access/viewer';
import type { Database } from './store/database';
import type { Regions } from './store/regions';
import type { PurposeTokens } from './access/purpose-token';
import type { Signer } from './audit/signer';
import type { Exchange } from './exchange';
import type { Engine } from './engine';
import type { Channel } from './notices/channel';
import type { Metrics } from './metrics';
import type { FileStore } from './store/files/file-store';
import type { Scanner } from './store/files/scanner';
import type { PageCache } from './store/page-cache';
import type { Listener } from './store/listener';
import type { HubKeys } from './store/keys/open';

/** What the process holds: made once by main, handed to every door. Nothing here belongs to one caller. */
export interface Hub {
  readonly config: Config;
  readonly log: Logger;
  readonly now: () => Date;
  /** By how many ms our clock is ahead of the database's. */
  readonly clockDrift: () => Promise<number>;
  readonly db: Database;
  /** Nouns and units of work, on the app role; made at the first write. Row scope is set by `inUnit` (src/store/unit). */
  readonly orm: () => Promise<MikroORM>;
  readonly regions: Regions;
  readonly keys: HubKeys;
  readonly seal: Seal;
  readonly objectorSeal: ObjectorSeal;
  readonly pseudonyms: Pseudonyms;
  readonly cursors: Cursors;
  readonly purposeTokens: PurposeTokens;
  readonly exchange: Exchange;
  readonly engine: Engine;
  readonly signer: Signer;
  readonly files: FileStore;
  /** What looks through files before they are taken. */
  readonly scanner: Scanner;
  /** By which notices go out to people. */
  readonly channel: Channel;
  readonly pages: PageCache;
  readonly listener: Listener;
  readonly metrics: Metrics;
}

/** What one request holds. `loaders` keeps its batch loaders by name, so that a source is asked once a request. */
export interface RequestContext extends Session {
  readonly hub: Hub;
  readonly loaders: Map<string, unknown>;
  /** Its purpose is being looked up while the question is planned: no subgraph is asked before. Rejects with PURPOSE_DEAD. */
  readonly ready?: Promise<void>;
}

/** The hub acting for itself (jobs): the row scope of those it works for, and a subject of its own in every log. */
export function systemViewer(office: string, regions: readonly string[], subject: string): Viewer {
  return { subject, role: 'REGION_HOUSING', office, regions };
}
