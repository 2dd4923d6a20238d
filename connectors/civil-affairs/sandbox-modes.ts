import { NO_FILES, type Meanings } from '../../src/exchange/sandbox/mode';

export const MEANINGS: Meanings = {
  ...NO_FILES,
  down: 'the front still accepts, nobody is behind it: closed without a byte; open connections dropped, tickets kept',
  refused: 'connection refused; open connections dropped, tickets kept',
  slow: 'first byte after `--slow` (7 s), for token, batch and poll alike',
  truncated: 'head and half of the body, then the end; on the token too',
  garbage: '200 and a body of nonsense of the right length, on the token too',
  'bad-tls':
    'to https:// a certificate nobody vouches for, of another host, ended in 2019; a request in clear is cut off',
  429: '429 `busy`, Retry-After: 2, on batch and poll',
  500: '500 `server_error`, on batch and poll',
  'error-body': '200 with the body of `server_error`, on batch and poll',
  drift: '`code` is text, `marital` in words, classes 9, `perCapitaMonthly` a number of fen',
  'field-gone': 'the first item asked for is missing from every `person`',
  'field-renamed': 'the first item asked for has V2 after its name',
  'field-retyped': 'the first item asked for is an object {value}',
  'new-enum': '`code` 7 in place of 0',
  gb18030: 'the bytes of a finished batch are GB 18030, declared as UTF-8',
  bom: 'a byte order mark before the JSON of a finished batch: tolerated, the answer is good',
  stale: '`dataDate` 400 days ago',
  lying: 'each `ref` answered about another person, number and all',
  replay: 'the answers of an earlier batch again: their `ref`s, and `dataDate` of the day before',
  empty: '200, `answers` empty',
  blank: 'code 1 for everybody, in good form and with coverage',
};
