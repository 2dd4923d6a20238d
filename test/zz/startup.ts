import 'reflect-metadata';
let t=process.cpuUsage(); const lap=(n:string)=>{const x=process.cpuUsage(t); console.log(n,Math.round((x.user+x.system)/1000)); t=process.cpuUsage();};
const { subgraphs } = require('../../resolvers'); lap('load resolvers');
const { makeSubgraph } = require('../../src/server/subgraph'); lap('load subgraph');
const { openGateway } = require('../../src/server/gateway'); lap('load gateway');
const { buildSchemaSync } = require('type-graphql');
const eyes = {now: () => new Date(), maskOf: () => 'STRICT_6_1' as const};
for (const s of subgraphs) { buildSchemaSync({resolvers:s.resolvers, orphanedTypes:s.orphanedTypes, skipCheck:true, pubSub:{publish(){},subscribe(){throw 1}} as any}); lap('build '+s.name); }
const subs = subgraphs.map((s:any)=>makeSubgraph(s,eyes)); lap('make');
const { readFileSync } = require('node:fs'); const sdl = readFileSync('schema/supergraph.graphql','utf8');
(async()=>{ const g = await openGateway(sdl, subs, console); lap('open'); const ctx={viewer:{role:'COUNTY_HOUSING'},purpose:null,requestId:'r',loaders:new Map(),hub:{regions:{find:()=>null}}} as any; 
 console.log(JSON.stringify(await g.answer({query:'{region(code:"15"){code}}'}, ctx))); lap('first'); console.log(JSON.stringify(await g.answer({query:'{region(code:"15"){code name}}'}, ctx)).slice(0,100)); lap('second'); })();
