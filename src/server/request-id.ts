import { randomUUID } from 'node:crypto';

/** Names a request in every log and error. A caller's own name is kept where it is plain and holds nothing like a citizen number. */
export function requestIdOf(given: string | string[] | undefined): string {
  const plain = typeof given === 'string' && /^[\w.-]{1,64}$/.test(given) && !/\d{15}/.test(given);
  return plain ? given : randomUUID();
}
