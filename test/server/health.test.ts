import { openStage, type Stage } from './support/stage';

let stage: Stage;
let pending = ['20991231-01-later'];
beforeAll(async () => void (stage = await openStage({ pendingMigrations: async () => pending })));
afterAll(() => stage.close());

const get = (path: string) => fetch(`${stage.url}${path}`);

describe('health', () => {
  it('says 503 with Retry-After while migrations are pending, and is ready once they are not', async () => {
    const waiting = await get('/readyz');
    expect([waiting.status, waiting.headers.get('retry-after')]).toEqual([503, '5']);
    expect(await waiting.json()).toMatchObject({ errors: [{ extensions: { code: 'NOT_READY' } }] });
    pending = [];
    expect((await get('/readyz')).status).toBe(200);
  });

  it('lives whatever the database does', async () => {
    expect(await (await get('/healthz')).json()).toEqual({ status: 'ok' });
  });

  it('is not ready when the database is gone', async () => {
    const { query } = stage.hub.db.app;
    stage.hub.db.app.query = (() => Promise.reject(new Error('gone'))) as typeof query;
    const status = (await get('/readyz')).status;
    stage.hub.db.app.query = query;
    expect([status, (await get('/readyz')).status]).toEqual([503, 200]);
  });

  it('shows figures for Prometheus', async () => {
    const metrics = await get('/metrics');
    expect(metrics.headers.get('content-type')).toContain('text/plain');
    expect(await metrics.text()).toMatch(/anju_http_seconds_bucket\{.*door="\/readyz"/);
  });

  it('every answer carries a request id and headers against sniffing and framing', async () => {
    for (const path of ['/healthz', '/nowhere', '/graphql', '/public/documents']) {
      const { headers } = await get(path);
      expect(headers.get('x-request-id')).toBeTruthy();
      expect(headers.get('x-content-type-options')).toBe('nosniff');
      expect(headers.get('x-frame-options')).toBe('DENY');
    }
  });
});

describe('GraphiQL', () => {
  it('is served to a browser as one page that loads nothing from anywhere', async () => {
    const response = await fetch(`${stage.url}/graphql`, { headers: { accept: 'text/html' } });
    expect([response.status, response.headers.get('content-type')]).toEqual([200, 'text/html; charset=utf-8']);
    expect(response.headers.get('content-security-policy')).toContain("connect-src 'self'");
    const html = await response.text();
    expect(html).toContain('renderYogaGraphiQL');
    const tags = html.match(/<(?:script|link|img|iframe|style)\b[^>]*>/g) ?? [];
    expect(tags.filter((tag) => /(?:src|href)\s*=\s*["']?(?:https?:)?\/\//.test(tag))).toEqual([]);
    expect(html).not.toMatch(
      /@import\s+(?:url\()?["']?(?:https?:)?\/\/|url\(\s*["']?https?:|import\(\s*["']https?:|importScripts\(\s*["']https?:/,
    );
  });
});
