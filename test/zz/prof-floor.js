const { fork } = require('node:child_process'); const http=require('http');
const once=(c,msg)=>new Promise(r=>{c.once('message',r); if(msg)c.send(msg);});
const agent=new http.Agent({keepAlive:true,maxSockets:10});
const hit=(u)=>new Promise((r,j)=>http.get(u,{agent},x=>{x.resume();x.on('end',r)}).on('error',j));
(async()=>{ const {Client}=require('pg'); const c=new Client('postgres://postgres:pw@127.0.0.1:54400/zz_serve'); await c.connect(); const pub=(await c.query('select id from publication')).rows[0].id; await c.end();
 const s=fork('test/zz/floor.js',['postgres://postgres:pw@127.0.0.1:54400/zz_serve'], {execArgv:['--cpu-prof','--cpu-prof-dir=/tmp/prof']}); const m=await once(s);
 const U=Array.from({length:1000},(_,i)=>m.url+`/?publication=${pub}&after=${i*900}`);
 let i=0; await Promise.all(Array.from({length:10},async()=>{while(i<12000)await hit(U[i++%1000])})); s.on('exit',()=>process.exit(0)); s.send({stop:1}); })();
