import pg from 'pg';

/** The driver's side of the protocol of PostgreSQL: a simple query, or parse and bind of a prepared one. */
interface Wire {
  query(text: string): void;
  parse(statement: { readonly name?: string; readonly text: string }): void;
  bind(statement: { readonly statement?: string }): void;
}

/** Keys are read anew when they are so old, whoever asks just then. */
const OF_THE_CLOCK = /from sealing_key/;
const UUID = /'[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}'/g;

/** Everything that is sent to PostgreSQL from here on, in order: names of prepared statements, texts of others without the ids in them. */
export function listenToStatements(): { taken(): string[]; stop(): void } {
  const wire = (pg as unknown as { Connection: { prototype: Wire } }).Connection.prototype;
  const { query, parse, bind } = wire;
  let [sent, unnamed]: [string[], string] = [[], ''];
  wire.query = function (text) {
    sent.push(text);
    return query.call(this, text);
  };
  wire.parse = function (statement) {
    if (!statement.name) unnamed = statement.text;
    return parse.call(this, statement);
  };
  wire.bind = function (statement) {
    sent.push(statement.statement || unnamed);
    return bind.call(this, statement);
  };
  return {
    taken: () => {
      const taken = sent;
      sent = [];
      return taken.filter((text) => !OF_THE_CLOCK.test(text)).map((text) => text.replace(UUID, '?'));
    },
    stop: () => void Object.assign(wire, { query, parse, bind }),
  };
}
