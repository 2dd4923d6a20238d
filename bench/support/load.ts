import { Pool } from 'undici';

export interface Shot {
  readonly method: 'GET' | 'POST';
  readonly path: string;
  readonly headers?: Readonly<Record<string, string>>;
  readonly body?: string;
}

export interface LoadResult {
  readonly requests: number;
  readonly seconds: number;
  /** Of each request, ms. */
  readonly latencies: readonly number[];
}

export interface Reply {
  readonly status: number;
  readonly body: string;
}

/** One request over a pool. Throws where the answer is not a 200 without errors, or a 304. */
export async function shoot(pool: Pool, shot: Shot): Promise<Reply> {
  const { statusCode: status, body: stream } = await pool.request({ ...shot, headers: { ...shot.headers } });
  const body = await stream.text();
  const well = (status === 200 && !body.includes('"errors":')) || status === 304;
  if (!well) throw new Error(`${shot.method} ${shot.path} answered ${status}: ${body.slice(0, 500)}`);
  return { status, body };
}

/** One request over a connection of its own. */
export async function once(url: string, shot: Shot): Promise<Reply> {
  const pool = new Pool(url, { connections: 1 });
  return shoot(pool, shot).finally(() => pool.close());
}

/** So many requests over kept-alive connections, one at a time on each. */
export async function load(
  url: string,
  shots: (index: number) => Shot,
  count: number,
  connections: number,
): Promise<LoadResult> {
  const pool = new Pool(url, { connections, pipelining: 1 });
  const latencies: number[] = [];
  let next = 0;
  const started = performance.now();
  const runner = async (): Promise<void> => {
    while (next < count) {
      const shot = shots(next++);
      const before = performance.now();
      await shoot(pool, shot);
      latencies.push(performance.now() - before);
    }
  };
  await Promise.all(Array.from({ length: connections }, runner));
  await pool.close();
  return { requests: count, seconds: (performance.now() - started) / 1000, latencies };
}
