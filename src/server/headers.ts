/** On every answer. JSON is never to be sniffed, framed or kept by anyone between. */
export const SAFE_HEADERS = {
  'x-content-type-options': 'nosniff',
  'x-frame-options': 'DENY',
  'referrer-policy': 'no-referrer',
  'content-security-policy': "default-src 'none'; frame-ancestors 'none'",
  'cache-control': 'no-store',
} as const;

export const JSON_TYPE = 'application/json; charset=utf-8';
export const GRAPHQL_TYPE = 'application/graphql-response+json; charset=utf-8';

/** Statuses with which a client is told when to ask again, and after how many seconds. */
export const RETRY_LATER: readonly number[] = [429, 503];
export const RETRY_AFTER_S = '5';
