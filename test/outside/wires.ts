import { readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { join } from 'node:path';
import type { Client } from 'pg';
import { FUND_FIELDS, FUND_ROLE } from '../../connectors/provident-fund/sandbox-view';
import { contentOf, manifestOf } from '../../src/exchange/parcel/manifest';
import { readTable } from '../../src/exchange/parcel/table';
import type { SmallSandbox } from '../sandbox/support/world';

/** What an agency says about a person in one of its own fields, by citizen number. */
export type Said = ReadonlyMap<string, string>;

/** An agency's wire with a text of ours in the place of one field of each of its answers. */
export interface Wire {
  readonly settings: Readonly<Record<string, string>>;
  /** From now on this field says this of these people. */
  say(field: string, said: Said): Promise<void>;
  /** Where an answer lies in wait: lays it down. */
  answer?(): Promise<void>;
  close(): Promise<void>;
}

type Change = (body: string) => string;

/** Between a hub and an agency that speaks HTTP: hands on every request as it is, and changes what comes back. */
async function between(target: string, changed: () => Change): Promise<{ url: string; close(): Promise<void> }> {
  const server = createServer(async (request, reply) => {
    const chunks: Buffer[] = [];
    for await (const chunk of request) chunks.push(chunk as Buffer);
    const headers = Object.entries(request.headers).flatMap(([name, value]) =>
      ['host', 'connection', 'content-length', 'transfer-encoding', 'expect'].includes(name)
        ? []
        : [[name, String(value)]],
    );
    const body = chunks.length > 0 ? Buffer.concat(chunks) : undefined;
    const address = new URL(request.url!, target);
    const response = await fetch(address, { method: request.method, headers: Object.fromEntries(headers), body });
    const text = await response.text();
    const type = response.headers.get('content-type') ?? 'application/octet-stream';
    reply.writeHead(response.status, { 'content-type': type }).end(response.status === 200 ? changed()(text) : text);
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as AddressInfo;
  const url = new URL(target);
  url.port = String(port);
  return {
    url: url.href.replace(/\/$/, ''),
    close: async () => {
      server.closeAllConnections();
      await new Promise((resolve) => server.close(resolve));
    },
  };
}

async function overHttp(small: SmallSandbox, name: string, make: (field: string, said: Said) => Change): Promise<Wire> {
  let change: Change = (body) => body;
  const settings = small.sandbox.agencies[name]!;
  const { url, close } = await between(settings.url!, () => change);
  return { settings: { ...settings, url }, say: async (field, said) => void (change = make(field, said)), close };
}

interface Told {
  readonly certNo?: string;
  readonly cert?: string;
  readonly units?: Record<string, unknown>[];
  readonly person?: Record<string, unknown>;
}

/** Signed REST: JSON. */
const property = (small: SmallSandbox) =>
  overHttp(small, 'property', (field, said) => (body) => {
    const sent = JSON.parse(body) as { results?: Told[] };
    for (const result of sent.results ?? [])
      Object.assign(field === 'recordNo' ? result : result.units![0]!, { [field]: said.get(result.certNo!) });
    return JSON.stringify(sent);
  });

/** OAuth 2 and batches: JSON. */
const civilAffairs = (small: SmallSandbox) =>
  overHttp(small, 'civil-affairs', (field, said) => (body) => {
    const sent = JSON.parse(body) as { answers?: Told[] };
    for (const answer of sent.answers ?? [])
      Object.assign(field === 'serial' ? answer : answer.person!, { [field]: said.get(answer.cert!) });
    return JSON.stringify(sent);
  });

const escaped = (text: string): string =>
  text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;').replaceAll('\r', '&#13;');

/** SOAP: XML, the first element of this name in each result. */
const vehicle = (small: SmallSandbox) =>
  overHttp(
    small,
    'vehicle',
    (field, said) => (body) =>
      body
        .split(/(?=<(?:\w+:)?Result>)/)
        .map((part) => {
          const number = /IdCardNo>(\w+)</.exec(part)?.[1];
          const text = said.get(number ?? '');
          return text === undefined
            ? part
            : part.replace(
                new RegExp(`(<(?:\\w+:)?${field}>)[^<]*(</)`),
                (_all, open: string, close: string) => open + escaped(text) + close,
              );
        })
        .join(''),
  );

/** A view in the agency's PostgreSQL, a column of which says what a table of ours does. */
async function providentFund(small: SmallSandbox, world: Client): Promise<Wire> {
  await world.query('alter view fund.shared_account rename to true_account');
  await world.query('create table fund.said (id_number text primary key, text text)');
  return {
    settings: small.sandbox.agencies['provident-fund']!,
    async say(field, said) {
      const columns = ['record_no', ...FUND_FIELDS].map((name) => (name === field ? `s.text as ${name}` : `t.${name}`));
      await world.query('drop view if exists fund.shared_account; truncate fund.said');
      await world.query('insert into fund.said select * from unnest($1::text[], $2::text[])', [
        [...said.keys()],
        [...said.values()],
      ]);
      await world.query(`create view fund.shared_account as select t.id_number, t.holder_id_number, t.holder_name, ${columns.join(', ')}
        from fund.true_account t join fund.said s using (id_number); grant select on fund.shared_account to ${FUND_ROLE}`);
    },
    close: async () => undefined,
  };
}

const COLUMNS = ['姓名比对', '户籍地', '户口类别', '落户日期', '死亡日期', '注销日期', '未成年子女数'];
const SOUND = ['1', '150402', '10', '20120501', '', '', '0'];

/** Parcels of CSV over SFTP: the police themselves are slow, and their answer is laid down in their own folder. */
async function police(small: SmallSandbox): Promise<Wire> {
  await small.sandbox.control.set('police', { readyAfterMs: 600_000 });
  const root = small.folderOf('police');
  let [field, said]: [string, Said] = ['', new Map()];
  return {
    settings: small.sandbox.agencies['police']!,
    say: async (which, what) => void ([field, said] = [which, what]),
    async answer() {
      const day = small.time.now.toISOString().slice(0, 10);
      for (const name of readdirSync(join(root, 'taken')).filter((each) => each.endsWith('.csv'))) {
        const id = name.slice(0, -'.csv'.length);
        if (readdirSync(join(root, 'answers')).includes(name)) continue;
        const asked = readTable(readFileSync(join(root, 'taken', name), 'utf8'));
        const rows = asked.map((row) => {
          const number = row['公民身份号码']!;
          const text = said.get(number) ?? '';
          const cells = SOUND.map((cell, at) => (COLUMNS[at] === field ? text : cell));
          return [row['查询编号']!, number, '1', field === '档案编号' ? text : 'HJ-1', ...cells];
        });
        const coverage = { regions: ['15', '45'], from: '2000-01-01', to: day };
        const cover = {
          id,
          kind: 'ANSWER',
          createdAt: small.time.now.toISOString(),
          asOf: '2026-11-21',
          coverage,
          charset: 'UTF-8',
        } as const;
        const lines = [['查询编号', '公民身份号码', '结果', '档案编号', ...COLUMNS], ...rows];
        /* Written as the police write: nothing of ours is made harmless on the way. */
        const csv = lines.map((cells) => cells.map((cell) => `"${cell.replaceAll('"', '""')}"`).join(',')).join('\r\n');
        const body = Buffer.from(csv);
        writeFileSync(join(root, 'answers', name), body);
        const manifest = manifestOf(cover, [contentOf(name, body, rows.length)]);
        writeFileSync(join(root, 'answers', `${id}.json`), JSON.stringify(manifest));
      }
    },
    close: async () => undefined,
  };
}

export const WIRES: Readonly<Record<string, (small: SmallSandbox, world: Client) => Promise<Wire>>> = {
  ...{ property, vehicle, 'civil-affairs': civilAffairs, 'provident-fund': providentFund, police },
};
