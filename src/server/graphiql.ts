import { promisify } from 'node:util';
import { gzip } from 'node:zlib';

const pack = promisify(gzip);
let page: Promise<Buffer> | undefined;

/** GraphiQL as one page of 9 MB, scripts and workers inside, packed once at its first use. */
export function graphiqlPage(): Promise<Buffer> {
  page ??= render();
  return page;
}

async function render(): Promise<Buffer> {
  const { renderGraphiQL } = await import('@graphql-yoga/render-graphiql');
  const html = renderGraphiQL({
    title: 'Anju 安居 · GraphiQL',
    endpoint: '/graphql',
    subscriptionsProtocol: 'SSE',
    defaultQuery: WELCOME,
    headers: '{\n  "authorization": "Bearer paste-a-token-here",\n  "x-purpose": ""\n}',
  });
  return pack(html);
}

const WELCOME = `# 安居 Anju
# 在 Headers 中填写令牌：npm run token -- --role COUNTY_HOUSING --region 150402
query Households {
  households(region: "150402", first: 5) {
    nodes { id fileNumber members { relation person { name idNumber } } }
  }
}
`;

/** Nothing of the page may come from, or go to, anywhere but here. */
export const GRAPHIQL_POLICY =
  "default-src 'self' 'unsafe-inline' 'unsafe-eval' data: blob:; connect-src 'self'; frame-ancestors 'none'; base-uri 'none'; form-action 'none'";
