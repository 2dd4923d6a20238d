import { createHash, createHmac, randomBytes } from 'node:crypto';
import { z } from 'zod';
import { carriedOutBy, clause } from '../../src/clauses';
import { defineConnector, type Agency, type Inquiry, type RawAnswer, type Subject } from '../../src/exchange/connector';
import { jsonOf, openHttp } from '../../src/exchange/http';
import { days, workingDays } from '../../src/exchange/time';
import { readEach, readWire } from '../../src/exchange/trouble';
import { decimalAs, decode } from '../../src/exchange/units';
import { AreaKind } from '../../schema/area-kind';
import { PropertyRecord, RightKind, type PropertyUnit } from './record';

const PATH = '/v1/units/query';

/** 产权产籍: what is registered to a member, each unit with area and right. */
const inquiry = carriedOutBy('CONNECTOR', clause('IM-5.6(b)'));

/** 不动产登记中心: signed REST, described in openapi.json. */
export const property = defineConnector({
  name: 'property',
  agency: '不动产登记中心',
  graphqlField: 'property',
  settings: { url: 'PROPERTY_URL', keyId: 'PROPERTY_KEY_ID', key: 'PROPERTY_KEY' },
  record: PropertyRecord,
  maxAge: days(30),
  answerWithin: workingDays(10),
  sandbox: async () => (await import('./sandbox.js')).propertySandbox,
  open({ url, keyId, key }, clock): Agency {
    const http = openHttp(url);
    return {
      async ask(people, { purpose, fields, signal }) {
        inquiry();
        const body = JSON.stringify({ purpose, items: itemsFor(fields), subjects: people.map(subjectOf) });
        const headers = { 'content-type': 'application/json', ...signature(body, keyId, key, clock()) };
        const reply = await http.send({ method: 'POST', path: PATH, headers, body, signal });
        return { answers: answersIn(jsonOf(reply.body), fields) };
      },
      load: http.load,
      close: http.close,
    };
  },
});

/** As openapi.json's securityScheme says: what is signed cannot be changed, aged or sent twice. */
function signature(body: string, keyId: string, key: string, now: Date): Record<string, string> {
  const timestamp = String(Math.floor(now.getTime() / 1000));
  const nonce = randomBytes(16).toString('base64url');
  const signed = ['POST', PATH, timestamp, nonce, createHash('sha256').update(body).digest('hex')].join('\n');
  const proof = createHmac('sha256', key).update(signed).digest('hex');
  return { 'x-key-id': keyId, 'x-timestamp': timestamp, 'x-nonce': nonce, 'x-signature': proof };
}

const AREA_ITEMS = ['floorArea', 'sharePercent'];
const UNIT_ITEMS = ['realEstateUnitNo', 'divisionCode', 'areaType', 'rightType', 'registerDate', ...AREA_ITEMS];

/** The owned area alone needs neither codes nor dates of units. */
const itemsFor = (fields: Inquiry['fields']): string[] => (fields.includes('units') ? UNIT_ITEMS : AREA_ITEMS);

const subjectOf = ({ ref, idNumber, name, caseId, letterId }: Subject) => ({
  ref,
  certType: '111',
  certNo: idNumber,
  name,
  caseNo: caseId,
  letterNo: letterId,
});

const UnitAnswer = z.object({
  dataTime: z.iso.datetime({ offset: true }),
  coverage: z.object({ divisions: z.array(z.string()), from: z.iso.date(), to: z.iso.date() }),
  results: z.array(z.unknown()),
});

const Result = z.object({
  ref: z.string(),
  certNo: z.unknown(),
  outcome: z.enum(['HIT', 'NO_RECORD', 'NAME_DIFFERS']),
  recordNo: z.string().nullable(),
  units: z.array(z.record(z.string(), z.unknown())).optional(),
});

const OUTCOMES = { HIT: 'FOUND', NO_RECORD: 'NOT_FOUND', NAME_DIFFERS: 'AMBIGUOUS' } as const;

function answersIn(sent: unknown, fields: Inquiry['fields']): RawAnswer[] {
  const { dataTime, coverage, results } = readWire(UnitAnswer, sent);
  const covered = { regions: coverage.divisions, from: coverage.from, to: coverage.to };
  return readEach(results, (entry) => {
    const { ref, certNo, outcome, recordNo, units } = readWire(Result, entry);
    const value = outcome === 'HIT' ? recordOf(units ?? [], fields) : null;
    return {
      ref,
      idNumber: certNo,
      status: OUTCOMES[outcome],
      value,
      sourceRecordId: recordNo,
      asOf: new Date(dataTime),
      coverage: covered,
    };
  });
}

type WireUnit = Readonly<Record<string, unknown>>;

function recordOf(units: readonly WireUnit[], fields: Inquiry['fields']): Partial<PropertyRecord> {
  return {
    ...(fields.includes('units') ? { units: units.map(unitOf) } : {}),
    ...(fields.includes('ownedAreaCm2') ? { ownedAreaCm2: ownedArea(units) } : {}),
  };
}

const areaOf = (unit: WireUnit): number => decimalAs(unit.floorArea, 4);
const shareOf = (unit: WireUnit): number => decimalAs(unit.sharePercent, 2);

const ownedArea = (units: readonly WireUnit[]): number =>
  Math.round(units.reduce((sum, unit) => sum + areaOf(unit) * shareOf(unit), 0) / 10_000);

/** Codes and dates are checked by the record's own facts. */
const unitOf = (unit: WireUnit): PropertyUnit => ({
  unitCode: unit.realEstateUnitNo as string,
  countyCode: unit.divisionCode as string,
  areaCm2: areaOf(unit),
  areaKind: decode({ BUILDING: AreaKind.GROSS, INTERNAL: AreaKind.USABLE }, unit.areaType),
  rightKind: decode({ SOLE: RightKind.OWNERSHIP, SHARED: RightKind.CO_OWNERSHIP }, unit.rightType),
  shareBp: shareOf(unit),
  registeredOn: unit.registerDate as string,
});
