import { subgraphs } from '../../resolvers';
import { subgraphSdl } from '../../src/server/subgraph';
import { emitSupergraph } from '../../src/server/supergraph';
import { CLASSIFIED } from './support/by-hand';

const known = subgraphs.map(subgraphSdl);
const LINK = `extend schema @link(url: "https://specs.apollo.dev/federation/v2.6", import: ["@key", "@external", "@requires", "@provides", "@shareable"])`;
/** A subgraph somebody adds: it reckons something from what another one holds. */
const composeWith = (sdl: string): string => emitSupergraph([...known, { name: 'scores', sdl: `${LINK}\n${sdl}` }]);

const SCALARS = 'scalar Date scalar Fen';
const requiring = (field: string, type = 'String') => `${SCALARS}
  type Person @key(fields: "id") { id: ID! ${field}: ${type} @external score: Int @requires(fields: "${field}") }`;

describe('the build', () => {
  it('takes a subgraph that requires what is open', () => {
    const sdl = `type Household @key(fields: "id") { id: ID! fileNumber: String! @external shelf: String @requires(fields: "fileNumber") }`;
    expect(composeWith(sdl)).toContain('shelf');
  });

  it.each([
    ['idNumber', 'String'],
    ['name', 'String'],
    ['birthDate', 'Date'],
  ])('fails where @requires names Person.%s, and says where and what', (field, type) => {
    expect(CLASSIFIED.has(`Person.${field}`)).toBe(true);
    expect(() => composeWith(requiring(field, type))).toThrow(
      new RegExp(`scores: @requires on Person\\.score names Person\\.${field}, which is classified`),
    );
  });

  it.each([
    [
      'below another field',
      `type Household @key(fields: "id") { id: ID! members: [HouseholdMember!]! @external heads: Int @requires(fields: "members { declaredName }") }
       type HouseholdMember { declaredName: String @external }`,
      '@requires on Household.heads names HouseholdMember.declaredName',
    ],
    [
      'behind a fragment',
      `type Household @key(fields: "id") { id: ID! members: [HouseholdMember!]! @external heads: Int @requires(fields: "members { ... on HouseholdMember { declaredName } }") }
       type HouseholdMember { declaredName: String @external }`,
      'HouseholdMember.declaredName',
    ],
    ['as a key', `type Person @key(fields: "idNumber") { idNumber: String }`, '@key on Person names Person.idNumber'],
    [
      'as a key of an extension',
      `extend type Person @key(fields: "id idNumber") { id: ID! idNumber: String @external }`,
      '@key on Person names Person.idNumber',
    ],
    [
      'handed along',
      `type Query { someone: Person @provides(fields: "name") } type Person @key(fields: "id") { id: ID! name: String @external }`,
      '@provides on Query.someone names Person.name',
    ],
  ])('fails where one stands %s', (_how, sdl, said) => {
    expect(() => composeWith(sdl)).toThrow(said);
  });
});
