import type { Client } from 'pg';

type Row = Readonly<Record<string, unknown>>;

/** Parents before children, so that every row finds what it refers to. */
const ORDER = [
  'household',
  'person',
  'household_member',
  'housing_case',
  'entitlement',
  'reapply_bar',
  'inspection',
  'letter',
  'letter_member',
  'answer',
];

/** Rows by table, put in together: a statement per table however many there are. */
export class Sheets {
  private readonly rows = new Map<string, Row[]>();

  add(table: string, row: Row): void {
    this.rows.set(table, [...(this.rows.get(table) ?? []), row]);
  }

  async insert(owner: Client): Promise<void> {
    for (const table of ORDER) {
      const rows = this.rows.get(table);
      if (!rows) continue;
      /* Rows of the past: what was once open is put in as it ended. */
      if (table === 'inspection') await owner.query('alter table inspection disable trigger guard_inspection');
      const columns = Object.keys(rows[0]!).join(', ');
      await owner.query(
        `insert into ${table} (${columns}) select ${columns} from json_populate_recordset(null::${table}, $1)`,
        [JSON.stringify(rows)],
      );
      if (table === 'inspection') await owner.query('alter table inspection enable trigger guard_inspection');
    }
  }
}
