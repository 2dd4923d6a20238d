import { once } from 'node:events';
import { connect, createServer, type AddressInfo, type Socket } from 'node:net';

/** A TCP door before a server: open, or stalled, where it takes connections and passes nothing on until it is opened again. */
export interface StallingProxy {
  readonly port: number;
  stall(): void;
  open(): void;
  close(): Promise<void>;
}

export async function stallingProxy(to: number): Promise<StallingProxy> {
  const sockets = new Set<Socket>();
  let stalled = false;
  const carry = (from: Socket, into: Socket): void => {
    sockets.add(from);
    from.on('error', () => undefined).on('data', (bytes: Buffer) => void into.write(bytes));
    from.on('close', () => (sockets.delete(from), into.destroy()));
    if (stalled) from.pause();
  };
  const server = createServer((near) => {
    const far = connect(to, '127.0.0.1');
    carry(near, far);
    carry(far, near);
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  return {
    port: (server.address() as AddressInfo).port,
    stall() {
      stalled = true;
      sockets.forEach((socket) => socket.pause());
    },
    open() {
      stalled = false;
      sockets.forEach((socket) => socket.resume());
    },
    async close() {
      sockets.forEach((socket) => socket.destroy());
      server.close();
      await once(server, 'close');
    },
  };
}
