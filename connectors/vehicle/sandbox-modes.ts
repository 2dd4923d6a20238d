import { NO_FILES, type Meanings } from '../../src/exchange/sandbox/mode';

export const MEANINGS: Meanings = {
  ...NO_FILES,
  truncated: 'head and half of the body, then the end',
  garbage: '200 and a body of nonsense of the right length, no XML',
  'bad-tls':
    'to https:// a certificate nobody vouches for, of another host, ended in 2019; a request in clear is cut off',
  429: '429, fault `soap:Server.Busy`, Retry-After: 2',
  500: '500, fault `soap:Server`',
  'error-body': '200 with the fault `soap:Server`',
  drift: '`Outcome` in words, `StatusCode` Z9, prices in 万元',
  'field-gone': 'the first item asked for is missing from every vehicle',
  'field-renamed': 'the first item asked for has V2 after its name',
  'field-retyped': 'the first item asked for is an element `Code` within its own',
  'new-enum': '`Outcome` 5 in place of 0',
  gb18030: 'the bytes are GB 18030, declared as UTF-8 by header and prolog',
  bom: 'a byte order mark before the XML: tolerated, the answer is good',
  stale: '`AsOf` 400 days ago',
  lying: 'each `Ref` answered about another person, number and all',
  replay: 'the answer to an earlier question again: its `Ref`s, and `AsOf` of the day before',
  empty: '200, `Results` empty',
  blank: 'Outcome 1 for everybody, in good form and with coverage',
};
