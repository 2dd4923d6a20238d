import { HubError, type FaultCode } from '../../errors';
import type { LimitName } from '../../limits';

/** A refusal by a limit; nothing ran. `retryAfter`: seconds after which it may be otherwise. */
export class OverLimit extends HubError {
  constructor(
    readonly limit: LimitName | 'PAGE_MAX',
    code: FaultCode,
    field?: string,
    detail?: string,
    readonly retryAfter?: number,
  ) {
    super(code, field, detail);
  }
}

export const tooCostly = (limit: LimitName, detail: string, field = 'query'): OverLimit =>
  new OverLimit(limit, 'QUERY_TOO_COSTLY', field, detail);
