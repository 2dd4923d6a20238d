import { carriedOutBy, clause } from '../../src/clauses';
import { defineConnector, type Agency, type Subject } from '../../src/exchange/connector';
import { openHttp } from '../../src/exchange/http';
import { days, workingDays } from '../../src/exchange/time';
import { CivilAffairsRecord } from './record';
import { AccessToken } from './token';
import { itemsFor, outcomeOf } from './wire';

/** 民政救助: allowances, and the determination of income with its last day. */
const inquiry = carriedOutBy('CONNECTOR', clause('IM-5.6(d)'));

/** 民政: OAuth 2, and batches that are answered later. */
export const civilAffairs = defineConnector({
  name: 'civil-affairs',
  agency: '民政部门',
  graphqlField: 'civilAffairs',
  settings: {
    url: 'CIVIL_AFFAIRS_URL',
    clientId: 'CIVIL_AFFAIRS_CLIENT_ID',
    clientSecret: 'CIVIL_AFFAIRS_CLIENT_SECRET',
  },
  record: CivilAffairsRecord,
  maxAge: days(90),
  answerWithin: workingDays(10),
  deferred: true,
  sandbox: async () => (await import('./sandbox.js')).civilAffairsSandbox,
  open(settings, clock): Agency {
    const http = openHttp(settings.url);
    const token = new AccessToken(http, settings, clock);
    return {
      ready: (signal) => token.ready(signal),
      async ask(people, { purpose, fields, signal }) {
        inquiry();
        const body = JSON.stringify({ purpose, items: itemsFor(fields), persons: people.map(personOf) });
        const reply = await token.with(signal, (headers) =>
          http.send({
            method: 'POST',
            path: '/batches',
            headers: { ...headers, 'content-type': 'application/json' },
            body,
            signal,
          }),
        );
        return outcomeOf(reply, fields);
      },
      async collect(ticket, _people, { fields, signal }) {
        const path = `/batches/${encodeURIComponent(ticket)}`;
        return outcomeOf(
          await token.with(signal, (headers) => http.send({ method: 'GET', path, headers, signal })),
          fields,
        );
      },
      load: http.load,
      close: http.close,
    };
  },
});

const personOf = ({ ref, idNumber, name, caseId, letterId }: Subject) => ({
  ref,
  cert: idNumber,
  name,
  caseNo: caseId,
  letterNo: letterId,
});
