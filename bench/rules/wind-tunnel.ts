import { makeEngine } from '../../src/engine';
import type { Proposed } from '../../src/engine/trial';
import { tryOut } from '../../src/cli/whatif/try';
import { rules } from '../../src/rules';
import { asked, type Court } from './court';

/** A stricter limit of housing everywhere, in both regions. */
const PROPOSED: readonly Proposed[] = ['15', '45'].map((regionCode) => ({
  ...{ code: 'housing.per-head-area-cm2', regionCode, programme: null, value: 140_000 },
  ...{ validFrom: '2026-11-01', validTo: null },
}));

export interface Tunnel {
  readonly households: number;
  readonly seconds: number;
}

/** 政策试算 of everybody by all rules, as `hub whatif` does it; writes nothing. */
export async function windTunnel({ db }: Court): Promise<Tunnel> {
  const { purpose, asOf, now } = asked;
  const population = { region: null, purpose, asOf };
  const started = performance.now();
  const { judged } = await tryOut(db.engine, {
    change: { rules, proposedRules: [], proposed: PROPOSED },
    sources: makeEngine(rules).sources,
    population,
    now,
  });
  return { households: judged, seconds: (performance.now() - started) / 1000 };
}
