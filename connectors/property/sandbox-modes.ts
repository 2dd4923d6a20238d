import { NO_FILES, type Meanings } from '../../src/exchange/sandbox/mode';

export const MEANINGS: Meanings = {
  ...NO_FILES,
  truncated: 'head and half of the body, then the end',
  garbage: '200 and a body of nonsense of the right length',
  'bad-tls':
    'to https:// a certificate nobody vouches for, of another host, ended in 2019; a request in clear is cut off',
  429: '429 `BUSY`, Retry-After: 2',
  500: '500 `INTERNAL`',
  'error-body': '200 with the body of `INTERNAL`',
  drift: '`certNo` and `floorArea` are JSON numbers, areas in 亩',
  'field-gone': 'the first item asked for is missing from every unit',
  'field-renamed': 'the first item asked for has V2 after its name',
  'field-retyped': 'the first item asked for is an object {value}',
  'new-enum': '`outcome` RESTRICTED_HIT in place of HIT',
  gb18030: 'the bytes are GB 18030, declared as UTF-8',
  bom: 'a byte order mark before the JSON: tolerated, the answer is good',
  stale: '`dataTime` 400 days ago',
  lying: 'each `ref` answered about another person, number and all',
  replay: 'the answer to an earlier question again: its `ref`s, and `dataTime` of the day before',
  empty: '200, `results` empty',
  blank: 'NO_RECORD for everybody, in good form and with coverage',
};
