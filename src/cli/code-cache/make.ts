import { writeArchive } from './archive';
import { record } from './record';

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
  await import('@mikro-orm/postgresql');
  await import('undici');
  await import('soap');
  await import('graphql-jit');
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
