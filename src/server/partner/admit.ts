import { partnerRegions } from '../../access/allowance';
import { beijingDay } from '../../access/day';
import { documentHash } from '../../access/document-hash';
import type { Viewer } from '../../access/viewer';
import { clause, guardOf } from '../../clauses';
import type { Hub } from '../../context';
import { HubError } from '../../errors';
import { readAdmission } from '../../store/partners';
import type { Question } from '../gateway';

/** A partner's request after its papers were seen: what runs is the registered text, within the limits of its grant. */
export interface Admitted {
  readonly viewer: Viewer;
  readonly question: Question;
  readonly document: RegisteredDocument;
}

export interface RegisteredDocument {
  readonly hash: string;
  readonly purpose: string;
  readonly clause: string;
  readonly grantId: string;
}

/** 信息服务网络: every sharing body is let in with the rights of its grant, and without one is not. */
const NETWORK = guardOf(clause('IM-5.7'));

const DOCUMENT_ID = /^sha256:([0-9a-f]{64})$/;

/**
 * 准入: a partner system runs registered documents only. Grant and document are read at every request, so that what was
 * revoked a moment ago is refused. Throws UNAUTHENTICATED, DOCUMENT_NOT_REGISTERED, GRANT_NOT_IN_FORCE.
 */
export async function admitPartner(hub: Hub, viewer: Viewer, question: Question): Promise<Admitted> {
  const day = beijingDay(hub.now());
  const admission = await readAdmission(
    hub.db.app,
    viewer.subject,
    hashOf(question, hub.config.LIMIT_CHARACTERS) ?? null,
    day,
  );
  if (!admission) throw new HubError('UNAUTHENTICATED', 'authorization');
  const { text, hash, purpose, clause, rowCap, grantId, fields } = admission;
  if (text === null || hash === null || purpose === null || clause === null || rowCap === null)
    throw new HubError('DOCUMENT_NOT_REGISTERED', question.documentId === undefined ? 'query' : 'documentId');
  if (grantId === null || fields === null) throw NETWORK.refuse(new HubError('GRANT_NOT_IN_FORCE'));
  const scope = { granted: admission.regions ?? [], office: viewer.office || null };
  const regions = partnerRegions(scope, hub.regions.scopeOf);
  if (regions.length === 0) throw new HubError('GRANT_NOT_IN_FORCE');
  NETWORK.let();
  const allowance = { grantId, day, rowCap, reached: new Set<string>() };
  return {
    viewer: {
      ...viewer,
      office: viewer.office || admission.regions![0]!,
      regions,
      partner: { purposes: [purpose], fields, allowance, scope },
    },
    question: { ...question, query: text },
    document: { hash, purpose, clause, grantId },
  };
}

/** The document named by its hash, or written out; undefined for what cannot be registered. A text too long is not even read. */
function hashOf({ query, documentId }: Question, longest: number): string | undefined {
  if (documentId !== undefined) return query === '' ? DOCUMENT_ID.exec(documentId)?.[1] : undefined;
  return query.length > longest ? undefined : documentHash(query);
}
