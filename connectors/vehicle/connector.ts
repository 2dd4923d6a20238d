import { z } from 'zod';
import { carriedOutBy, clause } from '../../src/clauses';
import { defineConnector, type Agency, type Inquiry, type RawAnswer, type Subject } from '../../src/exchange/connector';
import { days, startOfDay, workingDays } from '../../src/exchange/time';
import { readEach, readWire, sourceFault } from '../../src/exchange/trouble';
import { compactDay, decimalAs, decode } from '../../src/exchange/units';
import { VehicleRecord, VehicleStatus, type Vehicle } from './record';
import { openSoap } from './soap-door';

/** 对申请家庭的车辆情况进行查询: down, it is said to be so, and the check stays open. */
const inquiry = carriedOutBy('CONNECTOR', clause('IM-5.6(c)'));

/** 车辆管理所: SOAP 1.1, described in vehicle.wsdl. */
export const vehicle = defineConnector({
  name: 'vehicle',
  agency: '公安交管车辆管理所',
  graphqlField: 'vehicle',
  settings: { url: 'VEHICLE_URL', username: 'VEHICLE_USERNAME', password: 'VEHICLE_PASSWORD' },
  record: VehicleRecord,
  maxAge: days(30),
  answerWithin: workingDays(10),
  sandbox: async () => (await import('./sandbox.js')).vehicleSandbox,
  open(settings, clock): Agency {
    const soap = openSoap(settings, clock);
    return {
      async ask(people, { purpose, fields, signal }) {
        inquiry();
        const message = {
          Purpose: purpose,
          Items: { Item: itemsFor(fields) },
          Persons: { Person: people.map(personOf) },
        };
        return { answers: answersIn(await soap.call('QueryVehicles', message, signal), fields) };
      },
      load: soap.load,
      close: soap.close,
    };
  },
});

const VEHICLE_ITEMS = ['PlateNo', 'PlateType', 'BrandModel', 'FirstRegDate', 'StatusCode', 'PriceYuan'];

/** What the dearest costs and how many have no price needs prices only, and which are scrapped. */
const itemsFor = (fields: Inquiry['fields']): string[] =>
  fields.includes('vehicles') ? VEHICLE_ITEMS : ['StatusCode', 'PriceYuan'];

const personOf = ({ ref, idNumber, name, caseId, letterId }: Subject) => ({
  Ref: ref,
  IdCardNo: idNumber,
  Name: name,
  CaseNo: caseId,
  LetterNo: letterId,
});

/** A repeated element: the parser gives one alone as itself, none as nothing. */
const many = <Item extends z.ZodType>(item: Item) =>
  z.preprocess(
    (parsed) => (parsed === undefined || parsed === null ? [] : Array.isArray(parsed) ? parsed : [parsed]),
    z.array(item),
  );

/** An element without content is parsed as text or as nothing. */
const parent = <Shape extends z.ZodRawShape>(shape: Shape) =>
  z.preprocess((parsed) => (typeof parsed === 'object' && parsed !== null ? parsed : {}), z.object(shape));

const Answer = z.object({
  AsOf: z.string(),
  Coverage: z.object({ Region: many(z.string()), From: z.string(), To: z.string() }),
  Results: parent({ Result: many(z.unknown()) }),
});

const WireVehicle = z.preprocess((parsed) => parsed || {}, z.record(z.string(), z.unknown()));
type WireVehicle = z.output<typeof WireVehicle>;

const Result = z.object({
  Ref: z.string(),
  IdCardNo: z.unknown(),
  Outcome: z.string(),
  RecordNo: z.string().optional(),
  Vehicles: parent({ Vehicle: many(WireVehicle) }).optional(),
});

const OUTCOMES = { 0: 'FOUND', 1: 'NOT_FOUND', 2: 'AMBIGUOUS' } as const;

function answersIn(sent: unknown, fields: Inquiry['fields']): RawAnswer[] {
  const { AsOf, Coverage, Results } = readWire(Answer, sent);
  const coverage = { regions: Coverage.Region, from: compactDay(Coverage.From), to: compactDay(Coverage.To) };
  const asOf = instantOf(AsOf);
  return readEach(Results.Result, (entry) => {
    const { Ref, IdCardNo, Outcome, RecordNo, Vehicles } = readWire(Result, entry);
    const status = decode(OUTCOMES, Outcome);
    const value = status === 'FOUND' ? recordOf(Vehicles?.Vehicle ?? [], fields) : null;
    return { ref: Ref, idNumber: IdCardNo, status, value, sourceRecordId: RecordNo ?? null, asOf, coverage };
  });
}

/** yyyyMMddHHmmss, Beijing. */
function instantOf(text: string): Date {
  const clock = /^(\d{8})(\d{2})(\d{2})(\d{2})$/.exec(text);
  if (!clock) throw sourceFault();
  const [hours, minutes, seconds] = clock.slice(2).map(Number) as [number, number, number];
  return new Date(startOfDay(compactDay(clock[1])).getTime() + ((hours * 60 + minutes) * 60 + seconds) * 1000);
}

function recordOf(vehicles: readonly WireVehicle[], fields: Inquiry['fields']): Partial<VehicleRecord> {
  const prices = vehicles.filter((vehicle) => statusOf(vehicle) !== VehicleStatus.SCRAPPED).map(priceOf);
  const known = prices.filter((price) => price !== null);
  return {
    ...(fields.includes('vehicles') ? { vehicles: vehicles.map(vehicleOf) } : {}),
    ...(fields.includes('dearestVehicleFen')
      ? { dearestVehicleFen: known.length > 0 ? Math.max(...known) : null }
      : {}),
    ...(fields.includes('unpricedVehicles') ? { unpricedVehicles: prices.length - known.length } : {}),
  };
}

const statusOf = ({ StatusCode }: WireVehicle): VehicleStatus =>
  decode({ A: VehicleStatus.NORMAL, K: VehicleStatus.SEALED, M: VehicleStatus.SCRAPPED }, StatusCode);

const priceOf = ({ PriceYuan }: WireVehicle): number | null =>
  PriceYuan === undefined ? null : decimalAs(PriceYuan, 2);

/** Texts are checked by the record's own facts. */
const vehicleOf = (sent: WireVehicle): Vehicle => ({
  plate: sent.PlateNo as string,
  plateKind: sent.PlateType as string,
  brandModel: sent.BrandModel as string,
  firstRegisteredOn: compactDay(sent.FirstRegDate),
  status: statusOf(sent),
  priceFen: priceOf(sent),
});
