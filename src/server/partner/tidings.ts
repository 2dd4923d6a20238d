import { GraphQLError, type ExecutionResult } from 'graphql';
import { reach } from '../../access/allowance';
import type { Session } from '../../access/session';
import { HubError } from '../../errors';

/** What a subgraph in another process tells its gateway of a partner's request: random ids, between processes of the hub only. */
interface Tidings {
  readonly evidence: readonly string[];
  readonly reached: readonly string[];
}

export function tidingsOf({ viewer, evidence }: Session): Pick<ExecutionResult, 'extensions'> {
  if (!viewer.partner) return {};
  const tidings: Tidings = { evidence: [...(evidence ?? [])], reached: [...viewer.partner.allowance.reached] };
  return { extensions: { partner: tidings } };
}

/** Takes them to the request as a whole, which is ROW_CAP_EXCEEDED where all subgraphs together have reached too many. */
export function takeTidings(result: ExecutionResult, { viewer, evidence }: Session): ExecutionResult {
  if (!viewer.partner) return result;
  const { extensions, ...answer } = result;
  const { evidence: versions, reached } = extensions!.partner as Tidings;
  versions.forEach((version) => evidence?.add(version));
  try {
    reach(viewer, reached);
    return answer;
  } catch (error) {
    if (!(error instanceof HubError)) throw error;
    return { data: null, errors: [new GraphQLError(error.message, { extensions: error.extensions })] };
  }
}
