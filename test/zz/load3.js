const { fork } = require('node:child_process'); const {Pool}=require('undici');
const once=(c,msg)=>new Promise(r=>{c.once('message',r); if(msg)c.send(msg);});
(async()=>{ const names=['min','slice']; const cs=[]; for(const n of names){const c=fork('test/zz/bare.js',[n]);const m=await once(c);cs.push([n,c,new Pool(m.url,{connections:10,pipelining:1}),[]]);}
 const run=async([n,c,pool,out])=>{ const go=async n=>{let i=0;await Promise.all(Array.from({length:10},async()=>{while(i++<n){const r=await pool.request({path:'/x',method:'GET'});await r.body.text();}}))}; await go(300); const a=(await once(c,{cpu:1})).cpu; const N=5000; await go(N); const b=(await once(c,{cpu:1})).cpu; out.push(+((b.user+b.system-a.user-a.system)/N).toFixed(1)); };
 for(let i=0;i<8;i++) for(const x of cs) await run(x); for(const x of cs) console.log(x[0],'min',Math.min(...x[3]),x[3].join(' ')); process.exit(0);
})();
