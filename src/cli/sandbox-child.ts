import 'reflect-metadata';
import './code-cache/on';
import { SANDBOX_AGENCIES } from '../../connectors/sandboxes';
import { startSandbox } from '../exchange/sandbox/start';
import { makeLog } from '../log';
import type { ChildOrder } from './sandbox-fork';

/** The process of the sandbox, apart from the hub's: started by sandbox-fork, it ends when its parent does, however that ended. */
async function serve({ secret, logLevel, control, ...order }: ChildOrder): Promise<void> {
  const controlled = control ? await import('../population/control-person.js') : undefined;
  const onRecord = controlled?.putControlOnRecord(order.worldUrl).catch((error: Error) => error); // meanwhile they open
  const sandbox = await startSandbox({
    ...order,
    agencies: SANDBOX_AGENCIES,
    secret: Buffer.from(secret, 'base64'),
    clock: () => new Date(),
    log: makeLog(logLevel),
    control: controlled?.CONTROL_SETTING,
  });
  const failed = await onRecord;
  if (failed) return sandbox.close().then(() => Promise.reject(failed));
  process.once('disconnect', () => void sandbox.close().finally(() => process.exit(0)));
  process.send?.({ agencies: sandbox.agencies, control: { url: sandbox.control.url, token: sandbox.control.token } });
}

// A Ctrl-C reaches the whole group: the parent decides when this process ends.
process.on('SIGINT', () => undefined);
process.on('SIGTERM', () => undefined);
process.once('message', (order: ChildOrder) => {
  serve(order).catch((err: Error) => {
    process.send?.({ failed: err.message });
    process.exitCode = 1;
    process.disconnect();
  });
});
