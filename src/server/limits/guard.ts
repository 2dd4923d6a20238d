import type { IncomingMessage } from 'node:http';
import type { Hub } from '../../context';
import { OFFICERS, PUBLIC, makeAdmission, type Admission } from './admission';
import { makeClientAddress } from './client-address';
import { openRates, type Rates } from './rates';
import { watchSaturation } from './saturation';
import { makeStreams, type Streams } from './streams';

/** What stands in front of every door of a process. */
export interface Guard {
  readonly rates: Rates;
  readonly streams: Streams;
  /** Of officers, partners and gateways. */
  readonly admission: Admission;
  /** Of the public, whose rush must not take the officers' places. */
  readonly publicAdmission: Admission;
  addressOf(request: IncomingMessage): string;
  close(): void;
}

export async function openGuard({ config, log, db }: Pick<Hub, 'config' | 'log' | 'db'>): Promise<Guard> {
  const { isSaturated, stop } = watchSaturation(config);
  const rates = await openRates(config, log);
  return {
    rates,
    streams: makeStreams(config),
    admission: makeAdmission(config, OFFICERS, () => isSaturated(db.app)),
    publicAdmission: makeAdmission(config, PUBLIC, () => isSaturated(db.publicReader)),
    addressOf: makeClientAddress(config.TRUSTED_PROXIES),
    close() {
      stop();
      rates.close();
    },
  };
}
