import { FAULTS } from '../errors';

/** docs/errors.md, from the catalogue: `hub docs` writes it, a test compares it. */
export function errorsPage(): string {
  const rows = Object.entries(FAULTS).map(
    ([code, { http, message, remedy }]) => `| \`${code}\` | ${http} | ${message} | ${remedy} |`,
  );
  return `# Errors

Emitted from \`src/errors.ts\` by \`npm run docs\`; do not edit.

A fault of a request is answered as a GraphQL error whose \`extensions\` carry \`code\`, \`field\` (the argument at fault, where
there is one), \`remedy\` and \`requestId\`. The HTTP status is that of the table where the whole request is refused. No error
holds a person's value. What an agency fails to answer is not an error: it is the status of its answer. What the law refuses is
not an error either: it is a finding.

| code | HTTP | 含义 | 处理办法 |
|---|---|---|---|
${rows.join('\n')}
`;
}
