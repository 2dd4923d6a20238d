import type { ClientBase } from 'pg';
import { beijingDay } from '../access/day';
import { freeText } from '../access/free-text';
import { sealedUnder } from '../access/seal';
import type { RequestContext } from '../context';
import { HubError } from '../errors';
import type { Limits } from '../limits';
import { applicationOf, onApplication } from '../store/admission/step';
import type { KeptFile } from '../store/files/sealed-files';
import type { Application } from '../../schema/admission/application';
import {
  ApplicationDocument,
  HANDED_IN_WHILE,
  type DocumentKind,
  type DocumentScan,
} from '../../schema/admission/document';

export interface HandInDocument {
  readonly applicationId: string;
  readonly kind: DocumentKind;
  readonly name: string;
  readonly contentType: string;
  readonly scan: DocumentScan;
  /** In the store already. */
  readonly file: KeptFile;
}

const LONGEST_NAME = 120;

/** As whoever hands it in calls it: a line of text, which is shown and never used as a path. Error: INVALID_INPUT (`name`). */
export function documentName(text: string): string {
  const name = freeText(text, 'name', LONGEST_NAME);
  if (/[\n/\\]|^\.+$/.test(name)) throw new HubError('INVALID_INPUT', 'name', '须为一行名称，不得含路径');
  return name;
}

/** Error: ILLEGAL_MOVE. */
export function refuseBeyondHandingIn({ state }: Pick<Application, 'state'>): void {
  if (!HANDED_IN_WHILE.includes(state)) throw new HubError('ILLEGAL_MOVE', 'applicationId');
}

/** 提交材料: its file is in the store. Errors: NOT_FOUND, ILLEGAL_MOVE, INVALID_INPUT, FILES_FULL; the file is then nobody's. */
export async function handInDocument(ctx: RequestContext, input: HandInDocument): Promise<ApplicationDocument> {
  const { applicationId, kind, contentType, scan } = input;
  const { id, sealedKey, sha256, bytes } = input.file;
  const name = documentName(input.name);
  return onApplication(ctx, 'handInDocument', async (em, client) => {
    const application = await applicationOf(em, applicationId);
    refuseBeyondHandingIn(application);
    const { regionCode, householdId } = application;
    const handedIn = em.create(ApplicationDocument, {
      ...{ id, regionCode, householdId, applicationId, kind, name, contentType, bytes, sha256, scan },
      ...{ takenOn: beijingDay(ctx.hub.now()), takenBy: ctx.viewer.subject },
      ...{ withdrawnOn: null, withdrawnBy: null, withdrawalReason: null },
      ...{ issuedBy: null, checkResult: null, checkedAgainst: null, checkedOn: null, checkedBy: null },
      ...{ sealedKey, keyId: sealedUnder(sealedKey) },
    });
    await em.persist(handedIn).flush();
    await refuseBeyondBounds(client, applicationId, ctx.hub.config);
    return handedIn;
  });
}

const HELD = 'select count(*)::int as files, sum(bytes) as bytes from application_document where application_id = $1';

/** With this one among them; the trigger of its row holds the application, so that nobody else is counting. */
async function refuseBeyondBounds(client: ClientBase, applicationId: string, limits: Limits): Promise<void> {
  const { rows } = await client.query<{ files: number; bytes: string }>(HELD, [applicationId]);
  const { files, bytes } = rows[0]!;
  if (files > limits.LIMIT_FILES) throw new HubError('FILES_FULL', 'applicationId', `至多 ${limits.LIMIT_FILES} 份`);
  if (Number(bytes) > limits.LIMIT_FILES_BYTES)
    throw new HubError('FILES_FULL', 'applicationId', `合计至多 ${limits.LIMIT_FILES_BYTES} 字节`);
}
