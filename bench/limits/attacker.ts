import { connect, type Socket } from 'node:net';
import { Pool } from 'undici';
import { arrive } from '../support/arrivals';
import { quantile, round } from '../support/figures';
import { hostile } from './requests';

/** One attacker. Arguments: the hub's address, its headers as JSON, seconds. Tells its parent what it met, when it is done. */
const [url = '', headers = '{}', seconds = '0'] = process.argv.slice(2);

export interface Met {
  readonly requests: number;
  /** Refusals by kind of request: how many, and their latencies, ms. */
  readonly kinds: Readonly<Record<string, { statuses: string; count: number; p50: number; p99: number }>>;
  /** Answers that were no 4xx. */
  readonly otherwise: readonly string[];
}

/** Sockets that say nothing, and such that say a byte now and then. */
function loiter(count: number): Socket[] {
  const { hostname, port } = new URL(url);
  const slow = `POST /graphql HTTP/1.1\r\nhost: hub\r\ncontent-type: application/json\r\ncontent-length: 5000\r\nauthorization: ${JSON.parse(headers).authorization}\r\n\r\n`;
  return Array.from({ length: count }, (_, at) => {
    const socket = connect({ host: hostname, port: Number(port) }, () => {
      if (at % 2 === 0) return;
      socket.write(slow);
      const dripping = setInterval(() => socket.write(' '), 100);
      socket.once('close', () => clearInterval(dripping));
    });
    return socket.on('error', () => undefined);
  });
}

async function attack(): Promise<Met> {
  const shots = Object.entries(hostile(JSON.parse(headers)));
  const sockets = loiter(200);
  const met = new Map(shots.map(([kind]) => [kind, { statuses: new Set<number>(), ms: [] as number[] }]));
  const otherwise: string[] = [];
  const until = performance.now() + 1000 * Number(seconds);
  let requests = 0;
  const runner = async (): Promise<void> => {
    const pool = new Pool(url, { connections: 1 });
    while (performance.now() < until) {
      const [kind, shot] = shots[requests++ % shots.length]!;
      const answer = await arrive(pool, shot).catch(() => undefined); // refused before its body was sent
      if (!answer) continue;
      met.get(kind)!.statuses.add(answer.status);
      met.get(kind)!.ms.push(answer.ms);
      if (answer.status < 400 || answer.status > 499) otherwise.push(`${kind}: ${answer.status}`);
    }
    await pool.close();
  };
  await Promise.all(Array.from({ length: 8 }, runner));
  for (const socket of sockets) socket.destroy();
  const kinds = [...met].map(([kind, { statuses, ms }]) => [
    kind,
    {
      ...{ statuses: [...statuses].sort().join(' '), count: ms.length },
      ...{ p50: round(quantile(ms, 0.5), 1), p99: round(quantile(ms, 0.99), 1) },
    },
  ]);
  return { requests, kinds: Object.fromEntries(kinds), otherwise };
}

process.once('disconnect', () => process.exit(0));
process.once('SIGTERM', () => process.exit(0));
attack().then(
  (met) => process.send?.(met),
  (error: Error) => {
    process.stderr.write(`${error.stack}\n`);
    process.exit(1);
  },
);
