import type { Socket } from 'node:net';
import { createServer } from 'node:tls';
import { BAD_CERTIFICATE } from './bad-certificate';

/** How PostgreSQL's clients ask for TLS before they speak it (protocol 3, SSLRequest). */
const SSL_REQUEST = Buffer.from([0, 0, 0, 8, 0x04, 0xd2, 0x16, 0x2f]);

/** It listens nowhere: connections are handed to it. Whoever trusts the certificate after all is told nothing. */
const front = createServer(BAD_CERTIFICATE, (trusting) => trusting.destroy());
front.on('tlsClientError', (_error, client) => client.destroy());

const quiet = () => undefined; // whoever looks at the certificate hangs up

/** Speaks TLS under a certificate that must not be trusted. Whoever speaks in clear is cut off. */
export function showBadCertificate(client: Socket): void {
  client.on('error', quiet).once('data', (first: Buffer) => {
    client.pause();
    if (first.equals(SSL_REQUEST)) client.write('S');
    else client.unshift(first);
    front.emit('connection', client);
  });
}
