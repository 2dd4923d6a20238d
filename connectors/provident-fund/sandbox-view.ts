import type { ContentMode } from '../../src/exchange/sandbox/mode';

/** Columns of the shared view that a caller may ask for, besides the identity columns. */
export const FUND_FIELDS = [
  'account_status',
  'months_paid',
  'monthly_contribution',
  'contribution_ratio',
  'contribution_base',
  'last_paid_month',
] as const;

export const FUND_ROLE = 'anju_sandbox_fund';

/** Day of the data in Beijing time, `age` days before the centre's clock (which a test may set apart from the server's). */
const dayOfData = (age: number) => `((now() + p.clock_offset) at time zone 'Asia/Shanghai')::date - ${age}`;

const IDENTITY = (holder: string) => `
  a.id_number, ${holder}.id_number as holder_id_number, ${holder}.name as holder_name,
  'GJJ-' || upper(substr(encode(sha256(convert_to(p.record_salt || ${holder}.id_number, 'UTF8')), 'hex'), 1, 16)) as record_no`;

const CONTENT = (holder: string) => `
  case ${holder}.status when 'ACTIVE' then '01' else '02' end as account_status,
  ${holder}.months_paid,
  (${holder}.monthly_contribution_fen / 100.0)::numeric(12,2) as monthly_contribution,
  (${holder}.ratio_bp / 100.0)::numeric(5,2) as contribution_ratio,
  (${holder}.base_fen / 100.0)::numeric(12,2) as contribution_base,
  replace(${holder}.last_paid_month, '-', '') as last_paid_month`;

const DRIFTED_CONTENT = `
  case a.status when 'ACTIVE' then '01' else '02' end as account_status,
  a.months_paid,
  (a.monthly_contribution_fen / 100.0)::numeric(12,2) as monthly_deposit,
  a.ratio_bp / 100 || '%' as contribution_ratio,
  a.base_fen::text as contribution_base,
  a.last_paid_month`;

const TRUE_ACCOUNTS = `select ${IDENTITY('a')}, ${CONTENT('a')} from fund.account a, fund.publication p`;

/** Everyone is shown the account of the next holder in the register; the last one that of the first. */
const OTHERS_ACCOUNTS = `select ${IDENTITY('b')}, ${CONTENT('b')} from fund.publication p, fund.account a, lateral (
  (select * from fund.account n where n.id_number > a.id_number order by n.id_number limit 1)
  union all (select * from fund.account f where f.id_number < a.id_number order by f.id_number limit 1)
  limit 1) b`;

const SHARED = ['id_number', 'holder_id_number', 'holder_name', 'record_no', ...FUND_FIELDS];

/** The true view with some of its columns made otherwise; undefined: left out. */
function changed(columns: Readonly<Record<string, string | undefined>>): string {
  const shown = SHARED.map((name) => (name in columns ? columns[name] : name)).filter((sql) => sql !== undefined);
  return `select ${shown.join(', ')} from (${TRUE_ACCOUNTS}) t`;
}

const NOBODYS = `${TRUE_ACCOUNTS} where false`;

/** How the view can go wrong; any other mode publishes the true one. */
const ACCOUNTS: Partial<Record<ContentMode, string>> = {
  429: `select ${IDENTITY('a')}, ${CONTENT('a')} from fund.publication p, fund.fault('53300', 'too many connections for role') a`,
  500: `select ${IDENTITY('a')}, ${CONTENT('a')} from fund.publication p, fund.fault('58030', 'could not read block') a`,
  drift: `select ${IDENTITY('a')}, ${DRIFTED_CONTENT} from fund.account a, fund.publication p`,
  'error-body': changed(Object.fromEntries(FUND_FIELDS.map((name) => [name, `'系统异常'::text as ${name}`]))),
  'field-gone': changed({ monthly_contribution: undefined }),
  'field-renamed': changed({ monthly_contribution: 'monthly_contribution as monthly_contribution_v2' }),
  'field-retyped': changed({ monthly_contribution: `'CNY ' || monthly_contribution as monthly_contribution` }),
  'new-enum': changed({ account_status: `'03'::text as account_status` }),
  gb18030: changed({ holder_name: `convert_from(convert_to(holder_name, 'GB18030'), 'LATIN1') as holder_name` }),
  bom: changed({ holder_id_number: `U&'\\FEFF' || holder_id_number as holder_id_number` }),
  lying: OTHERS_ACCOUNTS,
  empty: NOBODYS,
  blank: NOBODYS,
};

const coverage = (age: number, rest = '') => `select '15,45'::text as regions, date '2000-01-01' as covered_from,
  ${dayOfData(age)} as covered_to, ${dayOfData(age)} as as_of from fund.publication p ${rest}`;

/** Statements that publish both views as the given fault wants them (none: the true ones). Run them in one transaction. */
export function publishViews(fault?: ContentMode): string {
  const accounts = (fault && ACCOUNTS[fault]) ?? TRUE_ACCOUNTS;
  const declared = coverage(fault === 'stale' ? 400 : 1, fault === 'empty' ? 'where false' : '');
  return `
    drop view if exists fund.shared_account, fund.shared_coverage;
    create view fund.shared_account as ${accounts};
    create view fund.shared_coverage as ${declared};
    grant select on fund.shared_account, fund.shared_coverage to ${FUND_ROLE};`;
}
