const { fork } = require('node:child_process'); const {Pool}=require('undici');
const once=(c,msg)=>new Promise(r=>{c.once('message',r); if(msg)c.send(msg);});
(async()=>{
 const s=fork('test/zz/serve.ts',[], {execArgv:['-r','@swc-node/register'], env:{...process.env,NODE_ENV:'production'}}); const m=await once(s);
 const {cursors}=await once(s,{cursors:Array.from({length:200},(_,i)=>i*900)});
 const P=cursors.map(c=>'/public/graphql?documentId=registered-objects&variables='+encodeURIComponent(JSON.stringify({region:'150402',first:50,after:c})));
 const b1=fork('test/zz/bare.js',['min']), b2=fork('test/zz/bare.js',['full']); const m1=await once(b1), m2=await once(b2);
 const pools=new Map([[s,new Pool(m.url,{connections:10,pipelining:1})],[b1,new Pool(m1.url,{connections:10,pipelining:1})],[b2,new Pool(m2.url,{connections:10,pipelining:1})]]);
 const run=async(c)=>{ const pool=pools.get(c); const go=async n=>{let i=0;await Promise.all(Array.from({length:10},async()=>{while(i<n){const r=await pool.request({path:P[i++%200],method:'GET'});await r.body.text();}}))}; await go(500); const a=(await once(c,{cpu:1})).cpu; const N=5000; await go(N); const b=(await once(c,{cpu:1})).cpu; return +((b.user+b.system-a.user-a.system)/N).toFixed(1); };
 const R={product:[],min:[],full:[]}; for(let i=0;i<8;i++){R.product.push(await run(s));R.min.push(await run(b1));R.full.push(await run(b2));} console.log(R); process.exit(0);
})();
