import { createHmac } from 'node:crypto';
import { mkdirSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Pool } from 'pg';
import { connectorSetting } from '../../config';
import type { Logger } from '../../log';
import type { AgencyServer, PlayedAgency } from './agency';
import { meaningOf, USUAL_BEHAVIOUR, type Behaviour, type BehaviourChange, type Meanings, type Mode } from './mode';
import { FaultProxy } from './proxy';
import { Tally } from './tally';

export interface StationOptions {
  /** The sandbox world's database, as its owner. */
  readonly worldUrl: string;
  /** 32 bytes; every credential of every agency is derived from it. */
  readonly secret: Buffer;
  readonly clock: () => Date;
  readonly log: Logger;
  /** Where agencies keep files, and sandbox.json is left for the command line; files are of this run only if absent. */
  readonly dataDir?: string;
  /** Whom every agency has on record, as a hub is told it: 'number name'. */
  readonly control?: string;
}

/** Modes of the first word of a connection: those there are do not outlive the change. */
const CUTTING: ReadonlySet<Mode> = new Set(['down', 'bad-tls']);

/** One agency at work: its server, the proxy in front of it, how it behaves and what it was asked. */
export class Station {
  readonly tally = new Tally();
  private current: Behaviour = USUAL_BEHAVIOUR;
  private turn: Promise<unknown> = Promise.resolve();
  private server!: AgencyServer;
  private meanings!: Meanings;
  private proxy!: FaultProxy;
  private readonly world: Pool;
  private passing: string | undefined;

  constructor(
    readonly agency: PlayedAgency,
    private readonly options: StationOptions,
  ) {
    this.world = new Pool({
      connectionString: options.worldUrl,
      max: 4,
      application_name: `anju-sandbox-${agency.name}`,
    });
    this.world.on('error', (err) => options.log.warn({ err, agency: agency.name }, 'sandbox world connection lost'));
  }

  get behaviour(): Behaviour {
    return this.current;
  }

  get settings(): Readonly<Record<string, string>> {
    const { control } = this.options;
    return { ...this.server.settings(this.proxy.port), ...(control ? { control } : {}) };
  }

  async open(port: number): Promise<void> {
    const { secret, clock, log } = this.options;
    const { name } = this.agency;
    const played = await this.agency.load();
    this.meanings = played.meanings;
    this.server = await played.open({
      world: this.world,
      clock,
      log: log.child({ agency: name }),
      tally: this.tally,
      behaviour: () => this.current,
      setting: (label) => connectorSetting(`SANDBOX_${label}`),
      folder: () => this.folder(),
      secret: (label) => createHmac('sha256', secret).update(`sandbox:${name}:${label}`).digest('base64url'),
    });
    await this.server.prepare?.(this.current.mode);
    this.proxy = new FaultProxy(
      () => this.server.upstream,
      () => this.current,
      !this.server.withoutTls,
      this.server.overhear?.bind(this.server),
    );
    await this.proxy.open(port);
  }

  /** May it be put into this mode? */
  knows(mode: Mode | undefined): boolean {
    return !mode || typeof meaningOf(mode, this.meanings) === 'string';
  }

  private folder(): string {
    const { dataDir } = this.options;
    if (!dataDir) return (this.passing ??= mkdtempSync(join(tmpdir(), `anju-sandbox-${this.agency.name}-`)));
    const kept = join(dataDir, 'sandbox', this.agency.name);
    mkdirSync(kept, { recursive: true, mode: 0o700 });
    return kept;
  }

  /** Changes the behaviour; when it returns, the next request meets it. Changes happen one after the other. */
  async change(change: BehaviourChange): Promise<void> {
    const made = this.turn.then(() => this.become({ ...this.current, ...change }));
    this.turn = made.catch(() => undefined);
    await made;
  }

  private async become(next: Behaviour): Promise<void> {
    if (next.mode !== this.current.mode) await this.server.prepare?.(next.mode);
    const turned = next.mode !== this.current.mode;
    this.current = next;
    if (turned && CUTTING.has(next.mode)) this.proxy.drop();
    await (next.mode === 'refused' ? this.proxy.shut() : this.proxy.open());
  }

  async close(): Promise<void> {
    await this.proxy?.shut();
    await this.server?.close();
    await this.world.end();
    if (this.passing) rmSync(this.passing, { recursive: true, force: true });
  }
}
