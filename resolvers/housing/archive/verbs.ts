import { Arg, Ctx, ID, Mutation, Resolver } from 'type-graphql';
import { arrangeArchiveEntry } from '../../../src/commands/arrange-archive-entry';
import { correctArchiveEntry } from '../../../src/commands/correct-archive-entry';
import { fileArchiveEntry } from '../../../src/commands/file-archive-entry';
import { shelveArchiveEntry } from '../../../src/commands/shelve-archive-entry';
import type { RequestContext } from '../../../src/context';
import { ArchiveEntry } from '../../../schema/archive/archive-entry';
import { ArchiveStep } from '../../../schema/archive/archive-step';
import { recordId } from '../../identifier';
import { CorrectArchiveEntryInput, FileArchiveEntryInput } from './inputs';

const maybeId = (id: string | null | undefined, field: string) => (id ? recordId(id, field) : null);

/** The verbs of the archive. */
@Resolver(() => ArchiveEntry)
export class ArchiveVerbs {
  @Mutation(() => ArchiveEntry, { nullable: true, description: '收集：把材料归入户档或套档，没有档案的即建档' })
  fileArchiveEntry(
    @Arg('input', () => FileArchiveEntryInput) input: FileArchiveEntryInput,
    @Ctx() ctx: RequestContext,
  ): Promise<ArchiveEntry> {
    const householdId = maybeId(input.householdId, 'householdId');
    const dwellingId = maybeId(input.dwellingId, 'dwellingId');
    const documentId = maybeId(input.documentId, 'documentId');
    return fileArchiveEntry(ctx, { ...input, householdId, dwellingId, documentId });
  }

  @Mutation(() => ArchiveEntry, { nullable: true, description: '更正：另成条目，原条目保留' })
  correctArchiveEntry(
    @Arg('input', () => CorrectArchiveEntryInput) input: CorrectArchiveEntryInput,
    @Ctx() ctx: RequestContext,
  ): Promise<ArchiveEntry> {
    return correctArchiveEntry(ctx, { ...input, entryId: recordId(input.entryId, 'entryId') });
  }

  @Mutation(() => ArchiveStep, { nullable: true, description: '整理' })
  arrangeArchiveEntry(@Arg('entryId', () => ID) entryId: string, @Ctx() ctx: RequestContext): Promise<ArchiveStep> {
    return arrangeArchiveEntry(ctx, recordId(entryId, 'entryId'));
  }

  @Mutation(() => ArchiveStep, { nullable: true, description: '归档' })
  shelveArchiveEntry(@Arg('entryId', () => ID) entryId: string, @Ctx() ctx: RequestContext): Promise<ArchiveStep> {
    return shelveArchiveEntry(ctx, recordId(entryId, 'entryId'));
  }
}
