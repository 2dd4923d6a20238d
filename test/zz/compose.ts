import 'reflect-metadata';
import { subgraphs } from '../../resolvers';
import { makeSubgraph } from '../../src/server/subgraph';
import { emitSupergraph } from '../../src/server/supergraph';
const eyes = {now: () => new Date(), maskOf: () => 'STRICT_6_1' as const};
const subs = subgraphs.map(s=>makeSubgraph(s,eyes)); console.log(emitSupergraph(subs).length);
for (let i=0;i<3;i++) { let t=performance.now(); const ss = subgraphs.map(s=>makeSubgraph(s,eyes)); const t2=performance.now(); const sdl=emitSupergraph(ss); console.log('make',(t2-t).toFixed(0),'compose',(performance.now()-t2).toFixed(0)); if(i) continue; t=performance.now(); require('@graphql-hive/router-runtime'); require('@graphql-mesh/fusion-runtime'); console.log('load hive', (performance.now()-t).toFixed(0)); }
import { openGateway } from '../../src/server/gateway'; import { makeLog } from '../../src/log';
(async()=>{ let t=performance.now(); const sdl=emitSupergraph(subs); const g = await openGateway(sdl, subs, makeLog('warn')); console.log('open', (performance.now()-t).toFixed(0)); })();
