import { createServer } from 'node:net';
import { Refusal } from '../refusal';

/** Looks at once whether the gateway's port is free, before a minute's work is done for nothing. */
export function requirePort(host: string, port: number): Promise<void> {
  return new Promise((resolve, reject) => {
    const probe = createServer();
    probe.once('error', ({ code }: NodeJS.ErrnoException) => reject(new Refusal(sayWhy(host, port, code))));
    probe.listen({ host, port, exclusive: true }, () => probe.close(() => resolve()));
  });
}

function sayWhy(host: string, port: number, code?: string): string {
  if (code === 'EADDRINUSE')
    return `Port ${port} is in use by another program: choose another, as in PORT=${port + 1} npm start`;
  if (code === 'EACCES')
    return `Port ${port} needs rights this user does not have: choose one above 1023, as in PORT=4000 npm start`;
  return `Cannot listen on ${host}:${port} (${code ?? 'unknown reason'}): set HOST and PORT to an address of this machine.`;
}
