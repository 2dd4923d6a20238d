import { randomUUID } from 'node:crypto';
import { z } from 'zod';
import type { Mode } from '../../src/exchange/sandbox/mode';
import { pick, recordNumber, released, type Entry } from '../../src/exchange/sandbox/register';

const ITEMS = ['PlateNo', 'PlateType', 'BrandModel', 'FirstRegDate', 'StatusCode', 'PriceYuan'] as const;

const text = z.string().min(1);

/** `QueryVehiclesRequest` of vehicle.wsdl, as npm `soap` hands it over. */
export const VehicleQuery = z.object({
  Purpose: text,
  Items: z.object({ Item: z.array(z.enum(ITEMS)).min(1) }),
  Persons: z.object({
    Person: z
      .array(
        z.object({
          Ref: text.max(64),
          IdCardNo: z.string().regex(/^(\d{15}|\d{17}[\dXx])$/),
          Name: text,
          CaseNo: text,
          LetterNo: text,
        }),
      )
      .min(1)
      .max(1000),
  }),
});

/** A row of vehicle.vehicle; bigint comes as text. */
export interface VehicleRow {
  readonly id_number: string;
  readonly name: string;
  readonly plate: string;
  readonly plate_kind: string;
  readonly brand_model: string;
  readonly first_registered_on: string;
  readonly status: 'NORMAL' | 'SEALED' | 'SCRAPPED';
  readonly price_fen: string | null;
}

export const VEHICLE_REGISTER = {
  select: `select id_number, name, plate, plate_kind, brand_model, to_char(first_registered_on, 'YYYYMMDD') as first_registered_on,
                  status, price_fen from vehicle.vehicle`,
  order: 'id_number, first_registered_on, plate',
};

/** GA 24.17. */
const STATUS_CODES = { NORMAL: 'A', SEALED: 'K', SCRAPPED: 'M' } as const;
const OUTCOMES = { FOUND: '0', NO_RECORD: '1', NAME_DIFFERS: '2' } as const;

const vehicleOf = (row: VehicleRow) => ({
  PlateNo: row.plate,
  PlateType: row.plate_kind,
  BrandModel: row.brand_model,
  FirstRegDate: row.first_registered_on,
  StatusCode: STATUS_CODES[row.status],
  PriceYuan: row.price_fen === null ? undefined : (Number(row.price_fen) / 100).toFixed(2),
});

/** Mode drift: the release with words for outcomes, a status no list knows, and prices in ten thousand yuan (万元). */
const driftedVehicle = (row: VehicleRow) => ({
  ...vehicleOf(row),
  StatusCode: 'Z9',
  PriceYuan: row.price_fen === null ? undefined : `${Number(row.price_fen) / 1_000_000}万元`,
});

/** XML knows no types but text: another one is an element within. */
const nested = (value: unknown) => ({ Code: value });

function outcomeIn(mode: Mode, outcome: keyof typeof OUTCOMES): string {
  if (mode === 'drift') return outcome;
  return mode === 'new-enum' && outcome === 'FOUND' ? '5' : OUTCOMES[outcome];
}

/** `QueryVehiclesResponse` of vehicle.wsdl. */
export function vehicleAnswer(
  entries: readonly Entry<VehicleRow>[],
  items: readonly string[],
  mode: Mode,
  day: string,
  key: string,
) {
  const shown = mode === 'drift' ? driftedVehicle : vehicleOf;
  const compactDay = day.replaceAll('-', '');
  const results = entries.map(({ ref, idNumber, outcome, rows }) => ({
    Ref: ref,
    IdCardNo: idNumber,
    Outcome: outcomeIn(mode, outcome),
    ...(outcome === 'FOUND' && {
      RecordNo: recordNumber('CGS', key, idNumber),
      Vehicles: { Vehicle: rows.map((row) => released(pick(shown(row), items), mode, nested)) },
    }),
  }));
  return {
    QueryNo: randomUUID(),
    Issuer: '车辆管理所',
    AsOf: `${compactDay}000000`,
    Coverage: { Region: ['15', '45'], From: '20000101', To: compactDay },
    Results: { Result: results },
  };
}
