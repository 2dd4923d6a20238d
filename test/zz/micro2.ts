import 'reflect-metadata';
import { openDatabase } from '../../src/store/database';
import { loadRegionTree } from '../../src/store/regions';
import { makeCursors } from '../../src/access/cursor';
import { pageOfRegisteredObjects } from '../../resolvers/disclosure/registered-object-rows';
import { compileDocuments } from '../../src/server/public-schema';
import { makePage } from '../../src/server/public-page';
import { Pool } from 'pg';
(async()=>{
 const url='postgres://postgres:pw@127.0.0.1:54400/zz_serve';
 const db=openDatabase(url, Buffer.alloc(32,7)); const regions=await loadRegionTree(db.app); const cursors=makeCursors(Buffer.alloc(32,3));
 const hub:any={db,regions,cursors,pages:{put(){},get(){}}}; const doc=compileDocuments()[0]!;
 const pub=(await db.app.query('select id,published_at from publication')).rows[0];
 const raw=new Pool({connectionString:url,max:8});
 const FL=`select row_number as "rowNumber", applicant_name as "applicantName", citizen_id_masked as "citizenIdMasked", security_type as "securityType", registration_date::text as "registrationDate" from published_registered_object where publication_id = $1 and row_number > $2 order by row_number limit 50`;
 const J=`select $1::text as county, r.row_number as "rowNumber", r.applicant_name as "applicantName", r.citizen_id_masked as "citizenIdMasked", r.security_type as "securityType", r.registration_date as "registrationDate" from published_registered_object r where (r.publication_id, r.published_at) = (select p.id, p.published_at from publication p where p.feed = 'registered-objects' and p.superseded_at is null and (p.take_down_at is null or p.take_down_at > now()) and p.region_code = $1) and r.row_number > $2 order by r.row_number limit 51`;
 let k=0; const at=()=> (k=(k+1)%1000)*900; const cs=Array.from({length:1000},(_,i)=>cursors.write('registered-objects 150402',['150402',i*900]));
 const cases:Record<string,()=>Promise<any>>={
  'floor query':()=>raw.query({name:'f',text:FL,values:[pub.id,at()]}),
  'floor query hubtypes':()=>db.publicReader.query({name:'f',text:FL,values:[pub.id,at()]}),
  'join query hubtypes':()=>db.publicReader.query({name:'j',text:J,values:['150402',at()]}),
  'page':()=>pageOfRegisteredObjects(hub,'150402',{first:50,after:cs[at()/900]}),
  'jit':()=>doc.compiled.query(undefined,{hub},{region:'150402',first:50,after:cs[at()/900]}) as any,
  'makePage':()=>makePage(hub,{document:doc,variables:{region:'150402',first:50,after:cs[at()/900]},key:'x'}),
 };
 const run=async(f:()=>Promise<any>,n:number)=>{let i=0;const t=process.cpuUsage();await Promise.all(Array.from({length:10},async()=>{while(i++<n)await f()}));const c=process.cpuUsage(t);return Math.round((c.user+c.system)/n)};
 const best:Record<string,number>={}; for(let r=0;r<12;r++) for(const [n,f] of Object.entries(cases).slice(-1)){ const v=await run(f,1500); best[n]=Math.min(best[n]??1e9,v);} console.log(best); process.exit(0);
})();
