import { Pool } from 'pg';
import { normaliseName } from '../../src/access/identity';
import { AgencySocket } from '../../src/exchange/address';
import { defineConnector, type Agency, type Inquiry, type RawAnswer, type Subject } from '../../src/exchange/connector';
import { days, seconds, startOfDay, workingDays } from '../../src/exchange/time';
import { SourceTrouble, isUntrusted, readEach, sourceFault, untrusted } from '../../src/exchange/trouble';
import { decimalAs, decode } from '../../src/exchange/units';
import { AccountStatus, ProvidentFundRecord } from './record';

const CONNECTIONS = 4;
const PATIENCE = seconds(5);

/** 公积金: a read-only view in the centre's own PostgreSQL. */
export const providentFund = defineConnector({
  name: 'provident-fund',
  agency: '住房公积金管理中心',
  graphqlField: 'providentFund',
  settings: { url: 'PROVIDENT_FUND_URL' },
  record: ProvidentFundRecord,
  maxAge: days(45),
  answerWithin: workingDays(10),
  sandbox: async () => (await import('./sandbox.js')).providentFundSandbox,
  patience: { atOnce: CONNECTIONS, timeout: PATIENCE },
  open({ url }): Agency {
    const pool = new Pool({
      connectionString: url,
      stream: () => new AgencySocket(),
      max: CONNECTIONS,
      connectionTimeoutMillis: PATIENCE,
      statement_timeout: PATIENCE,
      query_timeout: PATIENCE, // statement_timeout needs a server that still speaks
      options: '-c default_transaction_read_only=on',
      application_name: 'anju',
    });
    pool.on('error', () => undefined); // an idle connection that dies is replaced at the next use
    return {
      async ask(people, { purpose, fields }) {
        const { rows } = await pool.query<AccountRow>(question(fields, purpose), columnsOf(people)).catch(broken);
        const byRef = new Map(rows.map((row) => [row.ref, row]));
        return { answers: readEach(people, (person) => answerAbout(person, byRef.get(person.ref), fields)) };
      },
      close: () => pool.end(),
    };
  },
});

type Read = (sent: unknown) => unknown;

/** Each fact: its column in the view, and how it reads in our words. Numerics travel as text: nothing is rounded on the way. */
const FACTS: Readonly<Record<string, { readonly column: string; readonly read: Read }>> = {
  accountStatus: {
    column: 'account_status',
    read: (code) => decode({ '01': AccountStatus.ACTIVE, '02': AccountStatus.SEALED }, code),
  },
  monthsPaid: { column: 'months_paid', read: (text) => decimalAs(text, 0) },
  monthlyContributionFen: { column: 'monthly_contribution', read: (yuan) => decimalAs(yuan, 2) },
  ratioBp: { column: 'contribution_ratio', read: (percent) => decimalAs(percent, 2) },
  baseFen: { column: 'contribution_base', read: (yuan) => decimalAs(yuan, 2) },
  lastPaidMonth: { column: 'last_paid_month', read: monthOf },
};

/** 'yyyyMM' as 'YYYY-MM'. */
function monthOf(text: unknown): string {
  const parts = typeof text === 'string' ? /^(\d{4})(\d{2})$/.exec(text) : null;
  if (!parts) throw sourceFault();
  return `${parts[1]}-${parts[2]}`;
}

interface AccountRow extends Readonly<Record<string, unknown>> {
  readonly ref: string;
  readonly regions: string | null;
  readonly covered_from: string;
  readonly covered_to: string;
  readonly as_of: string;
  readonly holder_id_number: string | null;
  readonly holder_name: string | null;
  readonly record_no: string | null;
}

/** The purpose travels as a sqlcommenter tag, URL-encoded, so that it cannot leave the comment. */
const question = (fields: Inquiry['fields'], purpose: string): string => `
  select q.ref, c.regions, c.covered_from::text, c.covered_to::text, c.as_of::text, a.holder_id_number, a.holder_name, a.record_no,
         ${fields.map((field) => `a.${FACTS[field]!.column}::text`).join(', ')}
    from unnest($1::text[], $2::text[], $3::text[], $4::text[]) as q (ref, id_number, case_no, letter_no)
    left join fund.shared_coverage c on true
    left join fund.shared_account a on a.id_number = q.id_number and a.id_number = any ($2::text[])
  /*purpose='${encodeURIComponent(purpose).replace(/['*]/g, '')}'*/`;

const columnsOf = (people: readonly Subject[]): string[][] => [
  people.map(({ ref }) => ref),
  people.map(({ idNumber }) => idNumber),
  people.map(({ caseId }) => caseId),
  people.map(({ letterId }) => letterId),
];

/** Without a row of coverage an absence is worth nothing: the person is not answered. */
function answerAbout(person: Subject, row: AccountRow | undefined, fields: Inquiry['fields']): RawAnswer {
  if (!row || row.regions === null) throw sourceFault();
  const coverage = { regions: row.regions.split(','), from: row.covered_from, to: row.covered_to };
  const told = { ref: person.ref, sourceRecordId: row.record_no, asOf: startOfDay(row.as_of), coverage };
  if (row.holder_id_number === null) return { ...told, idNumber: person.idNumber, status: 'NOT_FOUND', value: null };
  const known = { ...told, idNumber: row.holder_id_number };
  if (normaliseName(row.holder_name ?? '') !== normaliseName(person.name))
    return { ...known, status: 'AMBIGUOUS', value: null };
  return {
    ...known,
    status: 'FOUND',
    value: Object.fromEntries(fields.map((field) => [field, FACTS[field]!.read(row[FACTS[field]!.column])])),
  };
}

/** SQLSTATE classes (PostgreSQL, appendix A): 28 turned away, 42 another view than agreed, 53 and 57 overburdened or stopping. */
function broken(error: Error & { code?: string }): never {
  if (error instanceof SourceTrouble) throw error;
  if (isUntrusted(error)) throw untrusted();
  const state = /^[0-9A-Z]{5}$/.test(error.code ?? '') ? error.code!.slice(0, 2) : '';
  if (state === '28') throw new SourceTrouble('REFUSED', 'SOURCE_REFUSED');
  if (state === '42') throw sourceFault();
  if (state === '53') throw new SourceTrouble('SILENT', 'BUSY');
  throw new SourceTrouble('SILENT', state ? 'SOURCE_ERROR' : 'UNREACHABLE');
}
