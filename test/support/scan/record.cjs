/**
 * Keeps what a hub gives away while tests run, one JSON line each, for the search at the end of the run (search.ts). Loaded by
 * jest for every test file and, through NODE_OPTIONS, by programs that tests start: what the hub answers is taken where a
 * process writes it, whoever asks and however.
 */
const { appendFileSync } = require('node:fs');
const { ServerResponse } = require('node:http');
const { brotliDecompressSync, gunzipSync } = require('node:zlib');

const VARIABLE = 'ANJU_SCAN';
const KEPT_BY = Symbol.for('anju.scan');

/** Who is sought is kept apart from where. */
const PEOPLE = ['known', 'covered'];

/** @param {{kind: string, place: string, text: string, open?: boolean, port?: number}} entry */
function record(entry) {
  const folder = process.env[VARIABLE];
  if (folder && entry.text !== '')
    appendFileSync(
      `${folder}/${process.pid}.${PEOPLE.includes(entry.kind) ? 'people' : 'kept'}.jsonl`,
      `${JSON.stringify(entry)}\n`,
    );
}

const UNPACK = { gzip: gunzipSync, br: brotliDecompressSync };

function bodyOf(chunks, head) {
  const bytes = Buffer.concat(chunks);
  const unpack = UNPACK[/^content-encoding: (\w+)/im.exec(head)?.[1]];
  return (unpack && bytes.length > 0 ? unpack(bytes) : bytes).toString('utf8');
}

/** Only a hub names its requests; agencies of the sandbox, which speak of people in clear, do not. */
function keep(response, chunks) {
  const head = String(response._header ?? '');
  if (!/^x-request-id: /im.test(head)) return;
  const { method, url, headers } = response.req;
  const place = `${method} ${url.split('?')[0].slice(0, 80)}`;
  const port = response.req.socket?.localPort;
  const { [KEPT_BY]: record } = ServerResponse.prototype;
  record({ kind: 'header', place, text: head, port });
  /* Under a purpose an officer may be shown numbers; the gateway's own token carries the purpose to a subgraph. */
  const open = headers['x-purpose'] !== undefined || url.startsWith('/subgraphs/');
  record({ kind: 'response', place, text: bodyOf(chunks, head), open, port });
}

function patch() {
  const { prototype } = ServerResponse;
  const patched = KEPT_BY in prototype;
  prototype[KEPT_BY] = record; // of the test file that runs now: jest gives each a process.env of its own
  if (patched) return;
  const { write, end } = prototype;
  const said = new WeakMap();
  const hear = (response, chunk, encoding) => {
    if (!said.has(response)) {
      said.set(response, []);
      response.once('close', () => {
        keep(response, said.get(response));
      });
    }
    if (typeof chunk === 'string' || ArrayBuffer.isView(chunk))
      said.get(response).push(Buffer.from(chunk, typeof encoding === 'string' ? encoding : 'utf8'));
  };
  prototype.write = function (chunk, encoding, done) {
    hear(this, chunk, encoding);
    return write.call(this, chunk, encoding, done);
  };
  prototype.end = function (chunk, encoding, done) {
    hear(this, chunk, encoding);
    return end.call(this, chunk, encoding, done);
  };
}

if (process.env[VARIABLE]) patch();

module.exports = { record, VARIABLE };
