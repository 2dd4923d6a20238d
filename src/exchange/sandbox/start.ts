import { randomBytes } from 'node:crypto';
import type { PlayedAgency } from './agency';
import { serveControl, stateOf } from './control';
import { removeControlAddress, writeControlAddress, type ControlAddress } from './control-file';
import type { HttpServer } from './http';
import type { Behaviour, BehaviourChange } from './mode';
import { Station, type StationOptions } from './station';
import type { Counts } from './tally';

export interface SandboxOptions extends StationOptions {
  readonly agencies: readonly PlayedAgency[];
  /** Port by agency; any free one where none is given. */
  readonly ports?: Readonly<Record<string, number>>;
}

export interface Sandbox {
  /** What each agency's connector is told: address and credentials. */
  readonly agencies: Readonly<Record<string, Readonly<Record<string, string>>>>;
  readonly control: ControlAddress & {
    set(agency: string, change: BehaviourChange): Promise<void>;
    state(agency: string): Behaviour & { readonly counts: Counts };
    resetCounts(): void;
  };
  close(): Promise<void>;
}

/** Starts the agencies, each on its own loopback port behind its own fault proxy, and the control over them. */
export async function startSandbox(options: SandboxOptions): Promise<Sandbox> {
  const stations = new Map(options.agencies.map((agency) => [agency.name, new Station(agency, options)]));
  const token = randomBytes(24).toString('base64url');
  let control: HttpServer | undefined;
  const close = async () => {
    if (options.dataDir && control) removeControlAddress(options.dataDir);
    await Promise.all([control?.close(), ...[...stations.values()].map((station) => station.close())]);
  };
  try {
    await Promise.all([...stations].map(([name, station]) => station.open(options.ports?.[name] ?? 0)));
    control = await serveControl(stations, token, options.log);
  } catch (err) {
    await close();
    throw err;
  }
  const address = { url: `http://127.0.0.1:${control.port}`, token };
  if (options.dataDir) writeControlAddress(options.dataDir, address);
  const agencies = Object.fromEntries([...stations].map(([name, station]) => [name, station.settings]));
  return { agencies, control: { ...address, ...switches(stations) }, close };
}

function switches(stations: ReadonlyMap<string, Station>) {
  const the = (agency: string) => {
    const station = stations.get(agency);
    if (!station) throw new Error(`The sandbox has no agency ${agency}.`);
    return station;
  };
  return {
    set: (agency: string, change: BehaviourChange) => the(agency).change(change),
    state: (agency: string) => stateOf(the(agency)),
    resetCounts: () => stations.forEach((station) => station.tally.reset()),
  };
}
