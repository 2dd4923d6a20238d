import { randomUUID } from 'node:crypto';
import type { EntityManager, RequiredEntityData } from '@mikro-orm/postgresql';
import type { ClientBase } from 'pg';
import { beijingDay } from '../../access/day';
import { sealedUnder, type Seal } from '../../access/seal';
import type { Session } from '../../access/session';
import { HubError } from '../../errors';
import { inUnit, type Work } from '../unit';
import { keepBody, type Material } from './body';
import { toldOfArchive } from './refusals';
import { ApplicationDocument } from '../../../schema/admission/document';
import { ArchiveEntry, ArchiveForm, ArchiveStage } from '../../../schema/archive/archive-entry';
import type { ArchiveSection } from '../../../schema/archive/sections';
import { Household } from '../../../schema/housing/household';
import { Dwelling } from '../../../schema/tenancy/dwelling';

/** Whose file: exactly one of both. */
export interface Subject {
  readonly householdId?: string | null;
  readonly dwellingId?: string | null;
}

export interface Filed {
  readonly section: ArchiveSection;
  readonly validFrom: string;
  readonly validTo: string | null;
  readonly corrects: string | null;
  readonly material: Material;
}

/** Who acts, with what a file is written by. */
export type Archiving = Parameters<typeof inUnit>[0] &
  Pick<Session, 'viewer'> & { readonly hub: { readonly now: () => Date; readonly seal: Seal } };

type Whose = Pick<ArchiveEntry, 'regionCode' | 'householdId' | 'dwellingId'>;

/** One transaction about a file; what the database refuses is told in the words of the catalogue. */
export const onArchive = async <T>(ctx: Archiving, verb: string, work: Work<T>): Promise<T> =>
  inUnit(ctx, verb, work).catch((error: unknown) => {
    throw toldOfArchive(error);
  });

/** In scope. Errors: INVALID_INPUT, NOT_FOUND. */
export async function subjectOf(em: EntityManager, { householdId, dwellingId }: Subject): Promise<Whose> {
  if (!householdId === !dwellingId) throw new HubError('INVALID_INPUT', 'subject', '户与套须且只须给出一项');
  const found = householdId
    ? await em.findOne(Household, { id: householdId })
    : await em.findOne(Dwelling, { id: dwellingId! });
  if (!found) throw new HubError('NOT_FOUND', 'subject');
  return { regionCode: found.regionCode, householdId: householdId ?? null, dwellingId: dwellingId ?? null };
}

/** Of the same household, in scope. Error: NOT_FOUND. */
export async function documentOf(
  em: EntityManager,
  id: string | null,
  { householdId }: Pick<Whose, 'householdId'>,
): Promise<Material['document']> {
  if (id === null) return null;
  const found = householdId ? await em.findOne(ApplicationDocument, { id, householdId }) : null;
  if (!found) throw new HubError('NOT_FOUND', 'documentId');
  return { id, sha256: found.sha256, bytes: found.bytes };
}

const BODY = `insert into archive_body (entry_id, region_code, sealed, sealed_key, key_id) values ($1, $2, $3, $4, $5)`;

/** Puts a material into its file; the database gives it its place in the chain. */
export async function fileMaterial(
  { hub, viewer }: Archiving,
  em: EntityManager,
  client: ClientBase,
  whose: Whose,
  { material, ...filed }: Filed,
): Promise<ArchiveEntry> {
  const [id, at] = [randomUUID(), hub.now()];
  const { sealed, sealedKey, bodyHash } = keepBody(material, id, hub.seal);
  const form = material.document ? ArchiveForm.ELECTRONIC : ArchiveForm.PAPER;
  const entry = em.create(ArchiveEntry, {
    ...{ ...whose, ...filed, id, form, bodyHash, fileId: id, seq: 0, prevHash: '', hash: '', fact: null },
    ...{ subjectKind: material.document ? 'APPLICATION_DOCUMENT' : 'MATERIAL', subjectId: material.document?.id ?? id },
    ...{ recordedAt: at, onDay: beijingDay(at), filedBy: viewer.subject, role: viewer.role, office: viewer.office },
  } as RequiredEntityData<ArchiveEntry>);
  await em.persist(entry).flush();
  await client.query(BODY, [id, whose.regionCode, sealed, sealedKey, sealedUnder(sealedKey)]);
  await em.refresh(entry);
  return Object.assign(entry, {
    ...{ material: { ...material, personId: null }, stage: ArchiveStage.COLLECTED, erasedOn: null },
  });
}
