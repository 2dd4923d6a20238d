import { checkCharacter } from '../../../src/access/identity';

/** What a client heard when it sent one household. */
export interface Heard {
  readonly status: number;
  /** Of the first error; undefined where the household was taken. */
  readonly code: string | undefined;
  readonly retryAfter: string | null;
  /** Where the sheet was taken. */
  readonly report?: Landed;
}

/** What the hub has done with a sheet. */
export interface Landed {
  readonly rows: number;
  readonly created: number;
  readonly unchanged: number;
  readonly refused: number;
  readonly problems: readonly { readonly row: number; readonly code: string }[];
}

export interface Writers {
  /** File numbers that the hub has acknowledged, in order. */
  readonly acknowledged: string[];
  /** Every file number that was ever sent. */
  readonly sent: Set<string>;
  /** Every refusal, by client. */
  readonly refused: Heard[][];
  /** Resolves when the condition holds; looked at after each answer. */
  reached(condition: () => boolean): Promise<void>;
  stop(): Promise<void>;
}

const REGION = '150402';
const IMPORT =
  'mutation ($region: String!, $csv: String!) { importHouseholds(region: $region, csv: $csv) { rows created unchanged refused problems { row code } } }';

let sequence = 0;
export const numberOf = (place: number): string => {
  const day = new Date(Date.UTC(1960, 0, 1 + Math.floor(place / 900)));
  const first17 = `${REGION}${day.toISOString().slice(0, 10).replaceAll('-', '')}${String(100 + (place % 900))}`;
  return first17 + checkCharacter(first17);
};

/** A sheet of one household under a file number. */
export const sheetOf = (file: string, idNumber: string): string =>
  `fileNumber,registeredOn,relation,name,idNumber,since\n${file},2024-05-06,申请人,白音朝鲁,${idNumber},`;

/** Sends a sheet; what is no answer of the hub (a cut connection) has status 0. */
export async function importSheet(url: string, token: string, csv: string, region = REGION): Promise<Heard> {
  const headers = { 'content-type': 'application/json', authorization: `Bearer ${token}` };
  const body = JSON.stringify({ query: IMPORT, variables: { region, csv } });
  try {
    const response = await fetch(`${url}/graphql`, { method: 'POST', headers, body });
    const { data, errors } = (await response.json()) as {
      data?: { importHouseholds: Landed | null };
      errors?: { extensions: { code: string } }[];
    };
    return {
      status: response.status,
      code: errors?.[0]?.extensions.code,
      retryAfter: response.headers.get('retry-after'),
      report: data?.importHouseholds ?? undefined,
    };
  } catch {
    return { status: 0, code: 'NO_ANSWER', retryAfter: null };
  }
}

/** So many clients, each sending one household after another, and the same again until it is acknowledged. */
export function startWriters(url: string, token: string, clients: number): Writers {
  const [acknowledged, sent] = [[] as string[], new Set<string>()];
  const refused: Heard[][] = Array.from({ length: clients }, () => []);
  const waiting = new Set<() => void>();
  let stopped = false;
  const write = async (client: number): Promise<void> => {
    while (!stopped) {
      const place = sequence++;
      const file = `KILL-${place}`;
      const csv = sheetOf(file, numberOf(place));
      sent.add(file);
      for (let taken = false; !taken && !stopped; ) {
        const heard = await importSheet(url, token, csv);
        taken = heard.status === 200 && heard.code === undefined;
        if (taken) acknowledged.push(file);
        else refused[client]!.push(heard);
        if (heard.status >= 400 && heard.status < 500) throw new Error(`the hub refuses the sheet: ${heard.code}`);
        waiting.forEach((look) => look());
      }
    }
  };
  const all = Promise.all(refused.map((_, client) => write(client)));
  return {
    ...{ acknowledged, sent, refused },
    reached: (condition) =>
      new Promise((resolve) => {
        const look = () => condition() && (waiting.delete(look), resolve());
        waiting.add(look);
        look();
      }),
    async stop() {
      stopped = true;
      await all;
    },
  };
}
