import { createServer, type RequestListener, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { jsonOf, openHttp, type HttpAgency } from '../../src/exchange/http';
import type { SourceTrouble } from '../../src/exchange/trouble';

describe('an agency over HTTP', () => {
  let server: Server;
  let agency: HttpAgency;
  let answer: RequestListener;
  let origin: string;
  const seen: string[] = [];
  beforeAll(async () => {
    server = createServer((request, response) => {
      seen.push(request.url!);
      answer(request, response);
    });
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    origin = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
    agency = openHttp(origin);
  });
  afterAll(async () => {
    await agency.close();
    server.close();
  });

  const signal = new AbortController().signal;
  const trouble = (): Promise<SourceTrouble> =>
    agency.send({ method: 'GET', path: '/asked', signal }).then(
      () => Promise.reject(new Error('it answered')),
      (error: SourceTrouble) => error,
    );
  const saying =
    (status: number, headers: Record<string, string> = {}): RequestListener =>
    (_request, response) =>
      void response.writeHead(status, headers).end('{}');

  it('is never followed elsewhere: a redirect is a fault', async () => {
    answer = saying(302, { location: '/elsewhere' });
    seen.length = 0;
    expect(await trouble()).toMatchObject({ kind: 'FAULT', reason: 'SOURCE_FAULT' });
    expect(seen).toEqual(['/asked']);
  });

  it.each<[number, Record<string, string>, object]>([
    [429, { 'retry-after': '7' }, { kind: 'SILENT', reason: 'BUSY', retryAfter: 7000 }],
    [503, {}, { kind: 'SILENT', reason: 'BUSY', retryAfter: undefined }],
    [
      500,
      { 'retry-after': 'Wed, 21 Oct 2026 07:28:00 GMT' },
      { kind: 'SILENT', reason: 'SOURCE_ERROR', retryAfter: undefined },
    ],
    [401, {}, { kind: 'REFUSED', reason: 'SOURCE_REFUSED' }],
    [403, {}, { kind: 'REFUSED', reason: 'SOURCE_REFUSED' }],
    [404, {}, { kind: 'FAULT', reason: 'SOURCE_FAULT' }],
  ])('saying %s %j is understood', async (status, headers, expected) => {
    answer = saying(status, headers);
    expect(await trouble()).toMatchObject(expected);
  });

  it('that sends more than anybody asked for is cut off', async () => {
    const megabyte = Buffer.alloc(1024 * 1024, 'x');
    answer = (_request, response) => {
      for (let i = 0; i < 17; i++) response.write(megabyte);
      response.end();
    };
    expect(await trouble()).toMatchObject({ kind: 'FAULT' });
  });

  it('that sends no JSON is at fault', () => {
    for (const body of ['', '<html>', '{"a":1']) expect(() => jsonOf(body)).toThrow('SOURCE_FAULT');
  });
});
