import type { ControlAddress } from './control-file';
import type { Behaviour, BehaviourChange } from './mode';
import type { Counts } from './tally';

export type AgencyState = Behaviour & { readonly counts: Counts };

/** Nobody listens where the control should be. */
export class SandboxAway extends Error {
  constructor() {
    super('沙箱没有在运行：请先 npm start（且 SANDBOX=on）');
    this.name = 'SandboxAway';
  }
}

/** The control of a sandbox in another process. Throws SandboxAway, or what the control answers, in its words. */
export function controlClient({ url, token }: ControlAddress) {
  const call = async (method: string, path: string, body?: object): Promise<unknown> => {
    const headers = { authorization: `Bearer ${token}` };
    const response = await fetch(url + path, { method, headers, body: body && JSON.stringify(body) }).catch(() => {
      throw new SandboxAway();
    });
    const answer: unknown = await response.json();
    if (!response.ok) throw new Error((answer as { error: string }).error);
    return answer;
  };
  return {
    states: async () => (await call('GET', '/agencies')) as Record<string, AgencyState>,
    settings: async () =>
      (await call('GET', '/settings')) as Readonly<Record<string, Readonly<Record<string, string>>>>,
    set: async (agency: string, change: BehaviourChange) =>
      (await call('PUT', `/agencies/${encodeURIComponent(agency)}`, change)) as AgencyState,
    resetCounts: async () => void (await call('DELETE', '/counts')),
  };
}
