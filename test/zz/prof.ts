import 'reflect-metadata';
import { Ctx, Directive, Field, FieldResolver, ID, Int, ObjectType, Query, Resolver, Root, Arg } from 'type-graphql';
import { makeSubgraph } from '../../src/server/subgraph';
import { emitSupergraph } from '../../src/server/supergraph';
import { openGateway } from '../../src/server/gateway';
import { allowEveryRole } from '../../resolvers/permission';
import { execute, parse } from 'graphql';
import { makeLog } from '../../src/log';
const eyes = {now: () => new Date(), maskOf: () => 'STRICT_6_1' as const};
@ObjectType('Person') @Directive('@key(fields: "id")') class Person { @Field(() => ID) id!: string; @Field() name!: string; }
@ObjectType('Member') class Member { @Field() relation!: string; @Field(() => Person) person!: Person }
@ObjectType('Household') class Household { @Field(() => ID) id!: string; @Field(() => [Member]) members!: Member[] }
const sleep = () => new Promise(r => setImmediate(r));
@Resolver() class H { @Query(() => Household) async household(@Arg('id') id: string): Promise<any> { await sleep(); return {id, members:[1,2,3,4].map(k=>({relation:'CHILD', person:{id:id+k,name:'成员'+k}}))}; } }
const parts: any[] = [{name:'housing', resolvers:[H], orphanedTypes:[], permissions:{Query:{household:allowEveryRole}}, references:{Person: async (ks:any[])=>ks.map(k=>({id:k.id,name:'n'}))}}];
const fields: any[] = [];
for (const k of ['property','vehicle','civilAffairs','providentFund']) {
  const N = k[0]!.toUpperCase()+k.slice(1);
  @ObjectType(N+'Record') class Rec { @Field(()=>Int) a!: number; @Field() b!: string; @Field(()=>Int) c!: number }
  @ObjectType(N+'Answer') class Ans { @Field() status!: string; @Field() asOf!: string; @Field() letterId!: string; @Field(()=>Rec,{nullable:true}) value!: any }
  @ObjectType('Person') @Directive('@key(fields: "id")') class P { @Field(() => ID) id!: string; }
  const cache = (ctx:any, id:string) => { let l = ctx.loaders.get(k); if (!l) ctx.loaders.set(k, l = {ids:[], p: null}); l.p ??= sleep(); return l.p.then(()=>({status:'FOUND',asOf:'2026-11-21T00:00:00Z',letterId:'x',value:{a:1,b:'x',c:3}})); };
  class R { r(p:any, ctx:any): any { return cache(ctx, p.id); } }
  Resolver(() => P)(R); FieldResolver(() => Ans, {name: k})(R.prototype, 'r', Object.getOwnPropertyDescriptor(R.prototype,'r')!); Root()(R.prototype,'r',0); Ctx()(R.prototype,'r',1);
  parts.push({name:k.replace(/[A-Z]/g,c=>'-'+c.toLowerCase()), resolvers:[R], orphanedTypes:[P], permissions:{}, references:{Person: async (ks:any[])=>ks.map(k=>({id:k.id}))}});
}
(async()=>{
  const subs = parts.map(p=>makeSubgraph(p,eyes));
  const sdl = emitSupergraph(subs);
  const gw = await openGateway(sdl, subs, makeLog('warn'));
  const q = `query($id:String!){household(id:$id){id members{relation person{id name ${['property','vehicle','civilAffairs','providentFund'].map(k=>k+'{status asOf letterId value{a b c}}').join(' ')}}}}}`;
  const ctx = () => ({viewer:{subject:'a',role:'COUNTY_HOUSING',office:'15',regions:[]},purpose:null,requestId:'r',loaders:new Map(), hub:{}} as any);
  console.log(JSON.stringify(await gw.answer({query:q,variables:{id:'1'}},ctx())).slice(0,500));
  const bench = async (name:string, f:()=>Promise<any>, n=3000) => { for(let i=0;i<500;i++) await f(); const t=process.cpuUsage(); for(let i=0;i<n;i++) await f(); const c=process.cpuUsage(t); console.log(name, Math.round((c.user+c.system)/n),'us'); };
  for (let i=0;i<2;i++) await bench('gateway', async()=>JSON.stringify(await gw.answer({query:q,variables:{id:'1'}},ctx())));
  if (process.env.PROF) return;
  // plain: one schema merged by hand
  const { makeExecutableSchema } = require('@graphql-tools/schema');
  const A = (N:string)=>`type ${N}Record{a:Int! b:String! c:Int!} type ${N}Answer{status:String! asOf:String! letterId:String! value:${N}Record}`;
  const Ns=['Property','Vehicle','CivilAffairs','ProvidentFund'];
  const h = new H();
  const loaders = Object.fromEntries(Ns.map(N=>{ const k=N[0]!.toLowerCase()+N.slice(1); return [k,(p:any,_a:any,ctx:any)=>{ let l = ctx.loaders.get(k); if (!l) ctx.loaders.set(k, l = {p:null}); l.p ??= sleep(); return l.p.then(()=>({status:'FOUND',asOf:'2026-11-21T00:00:00Z',letterId:'x',value:{a:1,b:'x',c:3}})); }]; }));
  const plain = makeExecutableSchema({typeDefs:`${Ns.map(A).join(' ')} type Person{id:ID! name:String! ${Ns.map(N=>N[0]!.toLowerCase()+N.slice(1)+':'+N+'Answer').join(' ')}} type Member{relation:String! person:Person!} type Household{id:ID! members:[Member!]!} type Query{household(id:String!):Household!}`, resolvers:{Query:{household:(_:any,a:any)=>h.household(a.id)},Person:loaders}});
  const doc=parse(q);
  for (let i=0;i<2;i++) await bench('plain graphql-js', async()=>JSON.stringify(await execute({schema:plain,document:doc,contextValue:ctx(),variableValues:{id:'1'}})));
  const { ApolloServer } = require('@apollo/server'); const srv = new ApolloServer({schema: plain}); await srv.start();
  for (let i=0;i<2;i++) await bench('apollo executeOperation', async()=>JSON.stringify(await srv.executeOperation({query:q,variables:{id:'1'}},{contextValue:ctx()})));
  const { compileQuery } = require('graphql-jit'); const c=compileQuery(plain,doc);
  for (let i=0;i<2;i++) await bench('plain jit', async()=>JSON.stringify(await c.query(undefined,ctx(),{id:'1'})));
})();
