import { remade, sealedFactsOf, type RecordValue } from '../../exchange/record';
import type { RotationHub, Walk } from './walk';

const BATCH = 500;

interface Stored {
  readonly id: string;
  readonly at: string;
  readonly source: string;
  readonly value: RecordValue;
}

const NEXT = `
  select id, at::text, source, value from answer
  where id > $1 and source = any ($2) and status = 'FOUND' and value is not null order by id limit ${BATCH}`;

/** Answers' citizen numbers of others (a spouse's): sealed under the key in use, with every index that is in force. */
export const renewAnswers: Walk<Stored> = {
  step: 'renew answers',
  async next(hub, after) {
    const sources = sealing(hub).map(({ name }) => name);
    return (await hub.db.engine.query<Stored>(NEXT, [after, sources])).rows;
  },
  async change(hub, rows) {
    const records = new Map(sealing(hub).map(({ name, record }) => [name, record]));
    const changed = rows.flatMap(({ id, at, source, value }) => {
      const becomes = remade(records.get(source)!, value, hub.seal, id);
      return becomes ? [{ id, at, was: JSON.stringify(value), becomes: JSON.stringify(becomes) }] : [];
    });
    if (changed.length === 0) return 0;
    const columns = (['id', 'at', 'was', 'becomes'] as const).map((name) => changed.map((row) => row[name]));
    const text = `select reseal_answers($1, $2::timestamptz[], $3::jsonb[], $4::jsonb[])::int as changed`;
    return (await hub.db.engine.query<{ changed: number }>(text, columns)).rows[0]!.changed;
  },
};

const sealing = ({ exchange }: RotationHub) =>
  exchange.connectors.filter(({ record }) => sealedFactsOf(record).length > 0);
