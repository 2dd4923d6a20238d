import { randomUUID } from 'node:crypto';
import type { ReportBody } from '../../schema/sharing/report-body';
import type { Asked, RunningHub, Who } from './running-hub';

/** A report as the graph shows it. */
export interface ReportShown {
  readonly at: string;
  readonly version: number;
  readonly final: boolean;
  readonly canonical: string;
  readonly hash: string;
  readonly signature: string;
  readonly conclusion: string;
  readonly findings: readonly {
    readonly rule: string;
    readonly outcome: string;
    readonly citation: string;
    readonly sentence: string;
    readonly observed: number | null;
    readonly evidence: readonly {
      readonly id: string;
      readonly source: string;
      readonly status: string;
      readonly asOf: string | null;
    }[];
    readonly missing: readonly {
      readonly source: string;
      readonly status: string;
      readonly askAgainAt: string | null;
    }[];
  }[];
  readonly sources: readonly {
    readonly source: string;
    readonly asked: boolean;
    readonly answered: number;
    readonly states: readonly string[];
  }[];
}

export interface CheckShown {
  readonly id: string;
  readonly state: string;
  readonly total: number;
  readonly done: number;
  readonly finishedAt: string | null;
  readonly households: {
    readonly nodes: readonly {
      readonly state: string;
      readonly household: { readonly id: string };
      readonly report: ReportShown | null;
    }[];
  };
}

const REQUEST = 'mutation ($input: RequestCrossCheckInput!) { requestCrossCheck(input: $input) { id state total } }';
const CHECK = `query ($id: ID!) { crossCheck(id: $id) { id state total done finishedAt households { nodes { state household { id } report {
  at version final canonical hash signature conclusion sources { source asked answered states }
  findings { rule outcome citation sentence observed evidence { id source status asOf } missing { source status askAgainAt } } } } } } }`;
export const PROGRESS = 'subscription ($id: ID!) { crossCheckProgress(id: $id) { id state total done finishedAt } }';

interface Requested {
  readonly requestCrossCheck: { readonly id: string; readonly state: string; readonly total: number };
}

export const requestCheck = (
  running: RunningHub,
  who: Who,
  households: readonly string[],
  more: object = {},
): Promise<Asked<Requested>> =>
  running.ask<Requested>(who, REQUEST, {
    variables: { input: { clientKey: randomUUID(), purpose: 'ADMISSION_REVIEW', households, ...more } },
  });

export const readCheck = (running: RunningHub, who: Who, id: string): Promise<Asked<{ crossCheck: CheckShown }>> =>
  running.ask(who, CHECK, { variables: { id } });

export interface Progress {
  readonly state: string;
  readonly total: number;
  readonly done: number;
  readonly finishedAt: string | null;
}

/** What it takes to listen to a hub. */
export type Heard = Pick<RunningHub, 'url' | 'said'> & { readonly issuer: Pick<RunningHub['issuer'], 'mint'> };

/** Follows a cross-check over server-sent events; ends with the stream, which ends with the cross-check. */
export async function* progressOf({ url, issuer, said }: Heard, who: Who, id: string): AsyncGenerator<Progress> {
  const response = await fetch(`${url}/graphql`, {
    method: 'POST',
    headers: {
      'content-type': 'application/json',
      accept: 'text/event-stream',
      authorization: `Bearer ${await issuer.mint({ ...who })}`,
    },
    body: JSON.stringify({ query: PROGRESS, variables: { id } }),
  });
  if (response.status !== 200) throw new Error(`no stream: ${response.status} ${await response.text()}`);
  const reader = response.body!.pipeThrough(new TextDecoderStream()).getReader();
  let text = '';
  for (let part = await reader.read(); !part.done; part = await reader.read()) {
    text += part.value;
    const events = text.split('\n\n');
    text = events.pop()!;
    for (const event of events) {
      said.push(event);
      const data = /^event: next\ndata: (.*)$/s.exec(event)?.[1];
      if (data) yield (JSON.parse(data) as { data: { crossCheckProgress: Progress } }).data.crossCheckProgress;
    }
  }
}

/** Every state a cross-check passed through, to its end. */
export async function completed(running: Heard, who: Who, id: string): Promise<Progress[]> {
  const events: Progress[] = [];
  for await (const event of progressOf(running, who, id)) events.push(event);
  return events;
}

/** Checks one household from the request to the finished report. */
export async function checked(
  running: RunningHub,
  who: Who,
  household: string,
): Promise<{ id: string; report: ReportShown; body: ReportBody }> {
  const { data } = await requestCheck(running, who, [household]);
  const { id } = data.requestCrossCheck;
  await completed(running, who, id);
  const report = (await readCheck(running, who, id)).data.crossCheck.households.nodes[0]!.report!;
  return { id, report, body: JSON.parse(report.canonical) as ReportBody };
}
