import { Agent, request } from 'node:http';

export interface Shot {
  readonly method: 'GET' | 'POST';
  readonly path: string;
  readonly headers?: Readonly<Record<string, string>>;
  readonly body?: string;
}

export interface LoadResult {
  readonly requests: number;
  readonly seconds: number;
  readonly latencies: readonly number[];
}

export function shoot(origin: URL, agent: Agent, shot: Shot): Promise<{ status: number; body: string }> {
  return new Promise((resolve, reject) => {
    const headers = shot.body === undefined ? shot.headers : { ...shot.headers, 'content-length': Buffer.byteLength(shot.body) };
    const sent = request({ host: origin.hostname, port: origin.port, agent, method: shot.method, path: shot.path, headers }, (answer) => {
      const parts: Buffer[] = [];
      answer.on('data', (part: Buffer) => parts.push(part));
      answer.on('end', () => resolve({ status: answer.statusCode ?? 0, body: Buffer.concat(parts).toString('utf8') }));
    });
    sent.on('error', reject);
    sent.end(shot.body);
  });
}

/** `count` requests over `connections` kept-alive connections; every answer must be a 200 (or 304 where asked for). */
export async function load(url: string, shots: (index: number) => Shot, count: number, connections: number): Promise<LoadResult> {
  const origin = new URL(url);
  const agent = new Agent({ keepAlive: true, maxSockets: connections });
  const latencies: number[] = [];
  let next = 0;
  const started = performance.now();
  const runner = async (): Promise<void> => {
    while (next < count) {
      const shot = shots(next++);
      const before = performance.now();
      const { status, body } = await shoot(origin, agent, shot);
      if (status !== 200 && status !== 304) throw new Error(`${shot.method} ${shot.path} answered ${status}: ${body.slice(0, 300)}`);
      if (body.startsWith('{"errors"')) throw new Error(`${shot.path} answered errors: ${body.slice(0, 300)}`);
      latencies.push(performance.now() - before);
    }
  };
  await Promise.all(Array.from({ length: connections }, runner));
  agent.destroy();
  return { requests: count, seconds: (performance.now() - started) / 1000, latencies };
}
