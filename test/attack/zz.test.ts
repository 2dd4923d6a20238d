import { buildSchema } from 'graphql';
import { committedSupergraph } from '../../src/cli/supergraph';
import { pathsOf, nameOf } from '../support/paths';
import { classifiedFields } from '../../src/access/classification';
import '../../resolvers';
it('x', () => {
  const types = new Set(classifiedFields().map((x) => x.type));
  const schema = buildSchema(committedSupergraph(), { assumeValid: true, assumeValidSDL: true });
  for (const n of [6,7,8,9]) process.stdout.write(`${n}: ${pathsOf(schema, n).filter((p) => types.has(p.type.name)).length}\n`);
  process.stdout.write(pathsOf(schema, 6).filter((p) => types.has(p.type.name)).map(nameOf).join('\n'));
});
