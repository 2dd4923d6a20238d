import type { Asked } from '../../src/exchange/sandbox/tally';
import { FUND_FIELDS } from './sandbox-view';

const PROTOCOL_3 = 196_608;
const LONGEST_MESSAGE = 16 * 1024 * 1024;

/** Elements of a PostgreSQL array in text form, without opening them. */
function elementsOf(array: string): number {
  if (array === '{}') return 0;
  return array.replace(/"(?:[^"\\]|\\.)*"/gs, '').split(',').length;
}

/** What a statement over the shared view asks for; null for any other statement. */
function askedBy(sql: string, parameters: readonly string[]): Asked | null {
  if (!sql.includes('shared_account')) return null;
  const purpose = /\/\*.*?purpose='([^']*)'.*?\*\//s.exec(sql)?.[1] ?? '';
  const people = Math.max(0, ...parameters.filter((text) => text.startsWith('{')).map(elementsOf));
  return { people, fields: FUND_FIELDS.filter((field) => new RegExp(`\\b${field}\\b`).test(sql)), purpose };
}

/** Text parameters of a Bind message, and the name of the statement it binds. */
function bindOf(payload: Buffer): { statement: string; parameters: string[] } {
  const portalEnd = payload.indexOf(0);
  const nameEnd = payload.indexOf(0, portalEnd + 1);
  let at = nameEnd + 1;
  at += 2 + 2 * payload.readUInt16BE(at);
  let count = payload.readUInt16BE(at);
  at += 2;
  const parameters: string[] = [];
  for (; count > 0; count--) {
    const length = Math.max(0, payload.readInt32BE(at)); // -1 is NULL
    parameters.push(payload.toString('utf8', at + 4, at + 4 + length));
    at += 4 + length;
  }
  return { statement: payload.toString('utf8', portalEnd + 1, nameEnd), parameters };
}

/** The question in one frontend message, if it is one; remembers the statements that are parsed. */
function questionIn(type: string, payload: Buffer, statements: Map<string, string>): Asked | null {
  if (type === 'Q') return askedBy(payload.toString('utf8'), []);
  if (type === 'P') {
    const nameEnd = payload.indexOf(0);
    statements.set(
      payload.toString('utf8', 0, nameEnd),
      payload.toString('utf8', nameEnd + 1, payload.indexOf(0, nameEnd + 1)),
    );
  }
  if (type !== 'B') return null;
  const { statement, parameters } = bindOf(payload);
  return askedBy(statements.get(statement) ?? '', parameters);
}

/**
 * Reads along with what one client sends to PostgreSQL (frontend messages, protocol 3) and reports every question put to
 * the shared view: the server is not ours, so this is how its questions are counted. Falls deaf at what it cannot read
 * (TLS, say); whether to serve such a client is for PostgreSQL to decide.
 */
export function fundWire(report: (asked: Asked) => void): (bytes: Buffer) => void {
  const statements = new Map<string, string>();
  let pending: Buffer = Buffer.alloc(0);
  let started = false;
  let deaf = false;
  return (bytes) => {
    if (deaf) return;
    pending = Buffer.concat([pending, bytes]);
    for (;;) {
      const head = started ? 1 : 0; // the first message has no type
      if (pending.length < head + 4) return;
      const length = pending.readInt32BE(head);
      deaf = length < 4 || length > LONGEST_MESSAGE;
      if (deaf || pending.length < head + length) return;
      const asked = started
        ? questionIn(String.fromCharCode(pending[0]!), pending.subarray(5, head + length), statements)
        : null;
      if (asked) report(asked);
      started ||= pending.readInt32BE(4) === PROTOCOL_3;
      pending = pending.subarray(head + length);
    }
  };
}
