import 'reflect-metadata';
import { writeFileSync } from 'node:fs';
import { subgraphs } from '../../resolvers';
import { subgraphSdl } from '../../src/server/subgraph';
import { emitSupergraph } from '../../src/server/supergraph';
const a = emitSupergraph(subgraphs.map(subgraphSdl)); const b = emitSupergraph([...subgraphs].reverse().map(subgraphSdl));
console.log(a === b, a.length); writeFileSync('schema/supergraph.graphql', a);
