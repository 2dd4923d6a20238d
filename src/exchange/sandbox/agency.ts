import type { NetConnectOpts } from 'node:net';
import type { Pool } from 'pg';
import type { Logger } from '../../log';
import type { Behaviour, Meanings, Mode } from './mode';
import type { Tally } from './tally';

/** What a sandbox agency is given to live on. */
export interface AgencyContext {
  /** The agency's own records, as their owner. */
  readonly world: Pool;
  readonly clock: () => Date;
  readonly log: Logger;
  readonly tally: Tally;
  readonly behaviour: () => Behaviour;
  /** A setting of the operator's for this agency: SANDBOX_<name>. */
  readonly setting: (name: string) => string | undefined;
  /** A folder of its own, kept over restarts where the sandbox has a data folder. */
  readonly folder: () => string;
  /** A credential or key of this agency; the same label gives the same text after a restart. */
  readonly secret: (label: string) => string;
}

/** A running agency, before the fault proxy is put in front of it. */
export interface AgencyServer {
  /** Where a new connection goes, in the mode of now. */
  readonly upstream: NetConnectOpts;
  /** What a connector is told: the address (at the proxy's port) and credentials. */
  settings(proxyPort: number): Readonly<Record<string, string>>;
  /** A listener to the bytes of one connection, for protocols whose server we did not write. */
  overhear?(): (bytes: Buffer) => void;
  /** It has no TLS to spoil: what mode bad-tls means happens at its own server. */
  readonly withoutTls?: true;
  /** Does what a mode needs done beforehand. */
  prepare?(mode: Mode): Promise<void>;
  close(): Promise<void>;
}

/** One agency of the sandbox: its protocol, over its own records. */
export interface SandboxAgency {
  /** What the modes mean for it; docs/sandbox-modes.md is written from it. */
  readonly meanings: Meanings;
  open(context: AgencyContext): Promise<AgencyServer>;
}

/** An agency of the registry as the sandbox may play it; loaded when it is asked for. */
export interface PlayedAgency {
  /** Source name, as in answers and letters. */
  readonly name: string;
  load(): Promise<SandboxAgency>;
}
