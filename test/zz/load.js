const { fork } = require('node:child_process'); const http=require('http');
const once=(c,msg)=>new Promise(r=>{c.once('message',r); if(msg)c.send(msg);});
const agent=new http.Agent({keepAlive:true,maxSockets:10});
const hit=(u,h)=>new Promise((r,j)=>http.get(u,{agent,headers:h||{}},x=>{let n=0;x.on('data',d=>n+=d.length);x.on('end',()=>r([x.statusCode,n,x.headers.etag]))}).on('error',j));
const run=async(c,urls,h)=>{ const go=async n=>{let i=0;await Promise.all(Array.from({length:10},async()=>{while(i<n)await hit(urls[i++%urls.length],h)}))}; await go(300); const a=(await once(c,{cpu:1})).cpu; const N=1200; await go(N); const b=(await once(c,{cpu:1})).cpu; return Math.round((b.user+b.system-a.user-a.system)/N); };
(async()=>{
 const s=fork('test/zz/serve.ts',[], {execArgv:['-r','@swc-node/register'], env:{...process.env,NODE_ENV:'production',NOCACHE:process.argv[2]==='nocache'?'1':''}}); const m=await once(s); console.log(m.url);
 const pos=Array.from({length:1000},(_,i)=>i*900); const {cursors}=await once(s,{cursors:pos});
 const U=cursors.map(c=>m.url+'/public/graphql?documentId=registered-objects&variables='+encodeURIComponent(JSON.stringify({region:'150402',first:50,after:c})));
 console.log(await hit(U[3]));
 const f=fork('test/zz/floor.js',[m.dbUrl]); const fm=await once(f); const F=pos.map(p=>fm.url+`/?publication=${m.pub}&after=${p}`); console.log(await hit(F[3]));
 const A=[],B=[]; for(let i=0;i<14;i++){ A.push(await run(f,F)); B.push(await run(s,U)); } const med=x=>[...x].sort((p,q)=>p-q)[6]; console.log("floor",A.join(),"product",B.join(),"min ratio",(Math.min(...B)/Math.min(...A)).toFixed(2),"med",(med(B)/med(A)).toFixed(2));
 s.kill(); f.kill(); process.exit(0);
})();
