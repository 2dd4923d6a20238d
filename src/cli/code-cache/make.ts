import { writeArchive } from './archive';
import { record } from './record';

/** Loaded at their first use, which a rehearsal does not come to. */
const PACKAGES = [
  ...['commander', 'fastify', 'prom-client', 'cockatiel', 'rate-limiter-flexible', 'canonicalize'],
  ...['graphile-worker', '@mikro-orm/postgresql', 'undici', 'soap', 'graphql-jit'],
];

/** Run by the build: loads what a start and its sandbox load, and keeps it compiled. */
async function make(): Promise<void> {
  const recorded = record();
  await import('reflect-metadata');
  await import('../program.js');
  await import('../start/index.js');
  await import('../prepare.js');
  await import('../start/sandbox.js');
  await import('../start/doors.js');
  await import('../start/roster.js');
  await import('../../queue/worker.js');
  await import('../../jobs/index.js');
  for (const each of PACKAGES) await import(each);
  await import('../../exchange/sandbox/start.js');
  await import('../../../connectors/sandboxes.js');
  const { rehearse } = await import('./rehearsal.js');
  await rehearse();
  const { contents, parts } = recorded();
  writeArchive(contents, parts);
}

make().catch((error: Error) => {
  process.stderr.write(`${error.stack}\n`);
  process.exitCode = 1;
});
