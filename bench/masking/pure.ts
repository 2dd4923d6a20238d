import { buildSchema, execute, parse, type GraphQLSchema } from 'graphql';
import { classifyField, idNumber, name, withheld } from '../../src/access/classification';
import { enforceClassification } from '../../src/access/enforce';
import { DEFAULT_MASK_PROFILE } from '../../src/access/masks';
import type { Session } from '../../src/access/session';
import type { Role } from '../../src/access/viewer';
import { median, round } from '../support/figures';

const ROWS = 200;
const ROUNDS = 9;
const EXECUTIONS = 150;
/** One that reads the four in clear, one whose identity field is masked, one that reads nothing in clear. */
const ROLES: readonly Role[] = ['COUNTY_HOUSING', 'REGION_HOUSING', 'DASHBOARD'];

/** 200 rows of four fields; in one schema each of the four is classified, in the other none is. */
const SDL = (type: string) =>
  `type ${type} { id: ID! name: String idNumber: String birthDate: String incomeFen: Float } type Query { rows: [${type}!]! }`;
classifyField('HeldRow', 'name', { level: 'personal', mask: name });
classifyField('HeldRow', 'idNumber', { level: 'identity', mask: idNumber });
classifyField('HeldRow', 'birthDate', { level: 'personal', mask: withheld });
classifyField('HeldRow', 'incomeFen', { level: 'assets', mask: withheld });

const rows = Array.from({ length: ROWS }, (_, index) => ({
  id: String(index),
  personId: String(index),
  regionCode: '150402',
  name: `户主${index}`,
  idNumber: `1504021990010${String(index).padStart(5, '0')}`,
  birthDate: '1990-01-01',
  incomeFen: 100_000 + index,
}));

const eyes = { now: () => new Date(), maskOf: () => DEFAULT_MASK_PROFILE };
const classified = enforceClassification(buildSchema(SDL('HeldRow')), eyes);
const open = buildSchema(SDL('OpenRow'));
const document = parse('{ rows { name idNumber birthDate incomeFen } }');

const grant = {
  ...{ purpose: 'BENCH', caseId: '', letterId: '', householdId: '', regionCode: '150402' },
  ...{ persons: new Set(rows.map(({ id }) => id)), sources: new Set<string>(), fields: new Set<string>() },
};
const sessionOf = (role: Role): Session => ({
  viewer: { subject: 'bench', role, office: '150402', regions: ['150402'] },
  purpose: grant,
  requestId: 'bench',
});

async function cpuOf(schema: GraphQLSchema, contextValue: Session): Promise<number> {
  const before = process.cpuUsage();
  for (let index = 0; index < EXECUTIONS; index++) {
    const { errors } = await execute({ schema, document, rootValue: { rows }, contextValue });
    if (errors) throw errors[0];
  }
  const { user, system } = process.cpuUsage(before);
  return (user + system) / EXECUTIONS;
}

/** CPU of executing the list by graphql-js alone, µs, and its ratio to the unclassified list, by what the viewer may see. */
export async function pureExecution(): Promise<Record<string, { cpuMicroseconds: number; ratio: number }>> {
  const samples = new Map<string, number[]>();
  const sample = async (key: string, schema: GraphQLSchema, role: Role) =>
    samples.set(key, [...(samples.get(key) ?? []), await cpuOf(schema, sessionOf(role))]);
  for (let index = 0; index < ROUNDS; index++) {
    await sample('unclassified', open, 'DASHBOARD');
    for (const role of ROLES) await sample(role, classified, role);
  }
  const baseline = median(samples.get('unclassified')!);
  return Object.fromEntries(
    [...samples].map(([key, all]) => [
      key,
      { cpuMicroseconds: Math.round(median(all)), ratio: round(median(all) / baseline) },
    ]),
  );
}
