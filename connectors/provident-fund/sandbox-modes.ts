import { NO_FILES, type Meanings } from '../../src/exchange/sandbox/mode';

export const MEANINGS: Meanings = {
  ...NO_FILES,
  slow: 'first byte after `--slow` (7 s), also at every step of logging in',
  truncated: "half of the server's bytes, then the end",
  garbage: 'nonsense messages; a driver may wait for ever for the rest of one',
  'bad-tls':
    'to sslmode=verify-full a certificate nobody vouches for, of another host, ended in 2019; a login in clear is cut off',
  429: '53300 too many connections, on the query; SQL has no Retry-After',
  500: '58030 could not read block',
  'error-body': 'rows as ever, every shared column says 系统异常',
  drift: '`monthly_contribution` is now `monthly_deposit` (42703), ratio and base are text',
  'field-gone': 'the view has no `monthly_contribution` (42703)',
  'field-renamed': '`monthly_contribution` is now `monthly_contribution_v2` (42703)',
  'field-retyped': '`monthly_contribution` is text, CNY before the number',
  'new-enum': '`account_status` 03',
  gb18030: 'names loaded from GB 18030 as if they were Latin 1: none is the name asked about',
  bom: 'the register was loaded from a file with a byte order mark, which stands before `holder_id_number`: tolerated, the answer is good',
  stale: '`as_of` 400 days ago',
  lying: '`holder_id_number` and content of the next account',
  replay: {
    none: 'the ref is joined on in the same statement: a copy of the register says its day in `as_of`, and is stale or not',
  },
  empty: 'no account rows and no coverage row',
  blank: 'no account rows, and the coverage row as ever',
};
