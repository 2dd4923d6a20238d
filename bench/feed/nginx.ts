import { spawn, spawnSync } from 'node:child_process';
import { once } from 'node:events';
import { chmodSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { descendants } from '../support/processes';
import { freePort } from '../support/port';

/** A static file server of one worker process, the ceiling of what a cached page can cost. */
export interface Nginx {
  readonly url: string;
  readonly worker: number;
  stop(): Promise<void>;
}

export const hasNginx = (): boolean => spawnSync('nginx', ['-v']).status === 0;

/** Serves one body at its address, with an ETag. */
export async function startNginx(body: Buffer): Promise<Nginx> {
  const home = mkdtempSync(join(tmpdir(), 'anju-bench-nginx-'));
  chmodSync(home, 0o755);
  mkdirSync(join(home, 'www'));
  writeFileSync(join(home, 'www', 'page'), body, { mode: 0o644 });
  const port = await freePort();
  writeFileSync(join(home, 'nginx.conf'), settings(home, port));
  const master = spawn('nginx', ['-c', join(home, 'nginx.conf')], { stdio: 'ignore' });
  const gone = once(master, 'exit');
  const url = `http://127.0.0.1:${port}/page`;
  while (!(await fetch(url).catch(() => undefined))?.ok) {
    if (master.exitCode !== null) throw new Error(`nginx ended with ${master.exitCode}`);
    await new Promise((resolve) => setTimeout(resolve, 20));
  }
  const stop = async () => {
    master.kill('SIGTERM');
    await gone;
    rmSync(home, { recursive: true });
  };
  return { url, worker: descendants(master.pid!)[0]!, stop };
}

const settings = (home: string, port: number): string => `
  worker_processes 1; daemon off; pid ${home}/pid; error_log /dev/null; ${process.getuid?.() === 0 ? 'user root;' : ''}
  events { worker_connections 512; }
  http {
    access_log off; open_file_cache max=2000; keepalive_requests 100000000; default_type application/json;
    client_body_temp_path ${home}/1; proxy_temp_path ${home}/2; fastcgi_temp_path ${home}/3; uwsgi_temp_path ${home}/4; scgi_temp_path ${home}/5;
    server { listen 127.0.0.1:${port}; root ${home}/www; }
  }`;
