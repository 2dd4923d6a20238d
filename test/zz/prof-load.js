const { fork } = require('node:child_process'); const http=require('http');
const once=(c,msg)=>new Promise(r=>{c.once('message',r); if(msg)c.send(msg);});
const agent=new http.Agent({keepAlive:true,maxSockets:10});
const hit=(u)=>new Promise((r,j)=>http.get(u,{agent},x=>{x.resume();x.on('end',r)}).on('error',j));
(async()=>{ const s=fork('test/zz/serve.ts',[], {execArgv:['--cpu-prof','--cpu-prof-dir=/tmp/prof','-r','@swc-node/register'], env:{...process.env,NODE_ENV:'production',NOCACHE:process.argv[2]==='nocache'?'1':''}}); const m=await once(s);
 const {cursors}=await once(s,{cursors:Array.from({length:1000},(_,i)=>i*900)});
 const U=cursors.map(c=>m.url+'/public/graphql?documentId=registered-objects&variables='+encodeURIComponent(JSON.stringify({region:'150402',first:50,after:c})));
 let i=0; await Promise.all(Array.from({length:10},async()=>{while(i<(process.argv[3]||12000))await hit(U[i++%1000])})); s.send({stop:1}); s.on('exit',()=>process.exit(0)); })();
