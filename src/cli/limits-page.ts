import { PAGE_MAX } from '../../schema/page';
import { LIMITS } from '../limits';

/** docs/limits.md, from the declarations: `hub docs` writes it, a test compares it. */
export function limitsPage(): string {
  const rows = Object.entries(LIMITS).map(
    ([name, { usual, unit, of, refusal }]) =>
      `| \`${name}\` | ${usual} ${unit} | ${of} | ${refusal === '–' ? refusal : `\`${refusal}\``} |`,
  );
  return `# Limits

Emitted from \`src/limits.ts\` by \`npm run docs\`; do not edit.

Each is a setting of the process (\`.env.example\`). A request over a limit is refused with the code of the table before any
resolver runs and before anything is written; \`/metrics\` counts refusals by limit (\`anju_refused_total\`). 429 and 503 carry
\`Retry-After\`, seconds. \`/healthz\`, \`/readyz\` and \`/metrics\` are never refused. Requests are counted in Redis where there is
one, so that all processes of a hub count together, and in memory while it is away. A client is the partner or the subject of
a verified token; without one its address, of IPv6 the /64 (\`TRUSTED_PROXIES\` names those whose X-Forwarded-For is believed).

A page has at most ${PAGE_MAX} rows (\`PAGE_TOO_LARGE\`); that is part of the schema. A body is one request: a JSON list of
requests (batching over HTTP) is refused (\`MALFORMED_REQUEST\`), whatever its length.

| setting | default | bounds | refused with |
|---|---|---|---|
${rows.join('\n')}
`;
}
