import { createServer, type AddressInfo, type NetConnectOpts, type Server, type Socket } from 'node:net';
import type { Behaviour } from './mode';
import { relay } from './relay';
import { showBadCertificate } from './tls-front';

/** The TCP proxy in front of one agency, for any protocol. It keeps its port whatever the mode. */
export class FaultProxy {
  private readonly clients = new Set<Socket>();
  private listener: Server | null = null;
  private ownPort = 0;

  constructor(
    private readonly target: () => NetConnectOpts,
    private readonly behaviour: () => Behaviour,
    /** It has TLS, which mode bad-tls spoils; otherwise its server does what that mode means. */
    private readonly hasTls: boolean,
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
    this.drop();
    await closed;
  }

  /** Drops the connections there are. */
  drop(): void {
    for (const client of this.clients) client.destroy();
  }

  private accept(client: Socket): void {
    this.clients.add(client);
    client.once('close', () => this.clients.delete(client));
    const { mode } = this.behaviour();
    if (mode === 'down') return void client.on('error', () => undefined).end();
    if (mode === 'bad-tls' && this.hasTls) return showBadCertificate(client);
    void relay(client, this.target(), this.behaviour, this.overhear?.());
  }
}
