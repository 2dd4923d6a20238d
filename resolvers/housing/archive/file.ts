import { Arg, Ctx, FieldResolver, ID, Query, Resolver, Root } from 'type-graphql';
import { beijingDay } from '../../../src/access/day';
import { carriedOutBy, clause } from '../../../src/clauses';
import type { RequestContext } from '../../../src/context';
import { ArchiveEntry, ArchiveForm } from '../../../schema/archive/archive-entry';
import { ArchiveFile, Completeness, RelatedFile } from '../../../schema/archive/archive-file';
import { ArchiveStep } from '../../../schema/archive/archive-step';
import { ArchiveSection } from '../../../schema/archive/sections';
import { Household } from '../../../schema/housing/household';
import { connectionType, PageSize, type Connection } from '../../../schema/page';
import { Instant, LocalDate } from '../../../schema/scalars';
import { recordId } from '../../identifier';
import { knownRegion } from '../../known-region';
import { APPLICATION_READERS } from '../permissions';
import { completenessOf } from './completeness';
import { archiveStepsOf, entriesOf, pageOfEntries } from './entry-rows';
import {
  fileOfDwelling,
  fileOfHousehold,
  phasesOf,
  relatedFiles,
  sectionsOf,
  type AsOf,
  type FileRow,
} from './file-rows';

const ArchiveEntryConnection = connectionType(ArchiveEntry, 'ArchiveEntry');

/** The whole life of a household or dwelling is shown, each in one file that names the other. */
const shown = carriedOutBy('DATA', clause('IM-4.1', 'IM-4.5(f)', 'IM-4.6'));
const sectionsTold = carriedOutBy(
  'DATA',
  clause('IM-4.5(a)', 'IM-4.5(b)', 'IM-4.5(c)', 'IM-4.5(d)', 'IM-4.5(e)', 'IM-4.5(g)'),
);

/** As of today and now where nothing else is asked. */
const asOf = (row: FileRow | null, { hub }: RequestContext, validOn?: string, knownAt?: Date): ArchiveFile | null =>
  row && { ...row, validOn: validOn ?? beijingDay(hub.now()), knownAt: knownAt ?? hub.now() };

/** 一户一档、一套一档. */
@Resolver(() => ArchiveFile)
export class ArchiveFileResolver {
  @Query(() => ArchiveFile, { nullable: true, description: '辖区内一套房的档案；没有建档为空' })
  async dwellingFile(
    @Arg('dwelling', () => ID) dwelling: string,
    @Ctx() ctx: RequestContext,
    @Arg('validOn', () => LocalDate, { nullable: true }) validOn?: string,
    @Arg('knownAt', () => Instant, { nullable: true }) knownAt?: Date,
  ): Promise<ArchiveFile | null> {
    return asOf(await fileOfDwelling(ctx, recordId(dwelling, 'dwelling')), ctx, validOn, knownAt);
  }

  @Query(() => ArchiveEntryConnection, { description: '某区划（含下级）内的档案条目，限本人辖区；不按个人内容检索' })
  archiveEntries(
    @Ctx() ctx: RequestContext,
    @Arg('region', () => String) region: string,
    @Arg('section', () => ArchiveSection, { nullable: true }) section?: ArchiveSection,
    @Arg('form', () => ArchiveForm, { nullable: true }) form?: ArchiveForm,
    @Arg('first', PageSize, { nullable: true }) first?: number,
    @Arg('after', () => String, { nullable: true }) after?: string,
  ): Promise<Connection<ArchiveEntry>> {
    const filter = { section: section ?? null, form: form ?? null };
    return pageOfEntries(ctx, { region: knownRegion(ctx, region), ...filter }, { first, after });
  }

  @FieldResolver(() => [ArchiveEntry], { nullable: true, description: '所示时点的条目，档内先后为序' })
  entries(@Root() file: Pick<ArchiveFile, 'id'> & AsOf, @Ctx() ctx: RequestContext): Promise<ArchiveEntry[]> {
    shown();
    return entriesOf(ctx, file.id, file);
  }

  @FieldResolver(() => Completeness, { description: '各部分有无、环节清单与完整度' })
  async completeness(@Root() file: ArchiveFile, @Ctx() ctx: RequestContext): Promise<Completeness> {
    sectionsTold();
    return completenessOf(file.kind, await sectionsOf(ctx, file.id, file), await phasesOf(ctx, file.id, file));
  }

  @FieldResolver(() => [RelatedFile], { description: '相互引用的户档、套档' })
  related(@Root() file: Pick<ArchiveFile, 'id'> & AsOf, @Ctx() ctx: RequestContext): Promise<RelatedFile[]> {
    return relatedFiles(ctx, file.id, file);
  }
}

@Resolver(() => Household)
export class FileOfHousehold {
  @FieldResolver(() => ArchiveFile, { nullable: true, description: '户档；没有建档、无权查看的角色为空' })
  async file(
    @Root() { id }: Pick<Household, 'id'>,
    @Ctx() ctx: RequestContext,
    @Arg('validOn', () => LocalDate, { nullable: true }) validOn?: string,
    @Arg('knownAt', () => Instant, { nullable: true }) knownAt?: Date,
  ): Promise<ArchiveFile | null> {
    if (!APPLICATION_READERS.includes(ctx.viewer.role)) return null;
    return asOf(await fileOfHousehold(ctx, id), ctx, validOn, knownAt);
  }
}

@Resolver(() => ArchiveEntry)
export class ArchiveEntryResolver {
  @FieldResolver(() => [ArchiveStep], { description: '整理、归档的责任人与日期' })
  steps(@Root() { id }: Pick<ArchiveEntry, 'id'>, @Ctx() ctx: RequestContext): Promise<ArchiveStep[]> {
    return archiveStepsOf(ctx, id);
  }
}
