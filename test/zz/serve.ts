import 'reflect-metadata';
import { generateKeyPairSync, randomUUID } from 'node:crypto';
import { mkdtempSync, readFileSync } from 'node:fs';
import { Client } from 'pg';
import { prepareDatabase } from '../../src/cli/prepare';
import { makeHub } from '../../src/cli/make-hub';
import { loadConfig } from '../../src/config';
import { startServer } from '../../src/server/start';
import { subgraphs } from '../../resolvers';
import { resolvePurpose } from '../../src/store/purposes';
(async()=>{
  const url='postgres://postgres:pw@127.0.0.1:54400/zz_serve';
  const admin=new Client('postgres://postgres:pw@127.0.0.1:54400/postgres'); await admin.connect();
  const have=(await admin.query("select 1 from pg_database where datname='zz_serve'")).rowCount;
  if(!have) await admin.query('create database zz_serve'); await admin.end();
  const config = loadConfig({ DATA_DIR: '/tmp/zz-serve', PORT: '0', LOG_LEVEL:'warn', HUB_ROLE_KEY: Buffer.alloc(32,7).toString('base64') });
  await prepareDatabase(url, config.secrets.ROLE_KEY);
  const o=new Client(url); await o.connect();
  if(!(await o.query('select 1 from publication')).rowCount){ const id=randomUUID(); await o.query("insert into publication values ($1,'registered-objects','150402','2026-11-22T00:00:00Z',null,null,'x',1000000,'STRICT_6_1','x')",[id]);
   await o.query(`insert into published_registered_object select $1,'2026-11-22T00:00:00Z',g,'张'||g,'150402***********'||(g%10),'公共租赁住房','2026-10-01'::date + (g/20000)::int from generate_series(1,1000000) g`,[id]); await o.query('vacuum analyze'); }
  const pub=(await o.query('select id from publication')).rows[0].id; await o.end();
  const { privateKey } = generateKeyPairSync('ec', { namedCurve: 'P-256' });
  const hub = await makeHub({ config, ownerUrl: url, signingKeyPem: privateKey.export({ type: 'pkcs8', format: 'pem' }).toString() });
  const s = await startServer(hub, { subgraphs, supergraph: readFileSync('schema/supergraph.graphql','utf8'), issuers: [], resolvePurpose, pendingMigrations: async()=>[] });
  if (process.env.NOCACHE) (hub.pages as any).put = () => {};
  process.send?.({ url: s.url, pub, dbUrl: hub.db.url('anju_public_reader'), cursorOf: undefined });
  process.on('message',(m:any)=>{ if(m.cursors) process.send!({cursors:m.cursors.map((n:number)=>hub.cursors.write('registered-objects 150402',['150402',n]))}); if(m.stop) process.exit(0); if(m.cpu) process.send!({cpu:process.cpuUsage(), rss: process.memoryUsage().rss}); });
})();
