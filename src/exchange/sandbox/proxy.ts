import { createServer, type AddressInfo, type NetConnectOpts, type Server, type Socket } from 'node:net';
import type { Behaviour } from './mode';
import { relay } from './relay';

/** The TCP proxy in front of one agency, for any protocol. It keeps its port while the agency is down. */
export class FaultProxy {
  private readonly clients = new Set<Socket>();
  private listener: Server | null = null;
  private ownPort = 0;

  constructor(
    private readonly target: NetConnectOpts,
    private readonly behaviour: () => Behaviour,
    private readonly overhear?: () => (bytes: Buffer) => void,
  ) {}

  get port(): number {
    return this.ownPort;
  }

  /** Opens the port (0: any free one, the same one on reopening). */
  async open(port = this.ownPort): Promise<void> {
    if (this.listener) return;
    const listener = createServer({ noDelay: true }, (client) => this.accept(client));
    await new Promise<void>((resolve, reject) => listener.once('error', reject).listen(port, '127.0.0.1', resolve));
    this.listener = listener;
    this.ownPort = (listener.address() as AddressInfo).port;
  }

  /** Refuses new connections and drops those there are, as a dead server does. */
  async shut(): Promise<void> {
    const listener = this.listener;
    if (!listener) return;
    this.listener = null;
    const closed = new Promise((resolve) => listener.close(resolve));
    for (const client of this.clients) client.destroy();
    await closed;
  }

  private accept(client: Socket): void {
    this.clients.add(client);
    client.once('close', () => this.clients.delete(client));
    void relay(client, this.target, this.behaviour, this.overhear?.());
  }
}
