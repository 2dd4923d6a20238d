import type { RequestContext } from '../src/context';
import { HubError } from '../src/errors';

/** The code of a region that there is, in scope or not: what lies in it is another matter. Error: UNKNOWN_REGION naming the argument. */
export function knownRegion({ hub }: Pick<RequestContext, 'hub'>, code: string, argument = 'region'): string {
  if (!hub.regions.find(code)) throw new HubError('UNKNOWN_REGION', argument);
  return code;
}
