import { Arg, Ctx, FieldResolver, Mutation, Query, Resolver, Root } from 'type-graphql';
import { fillApplication } from '../../../src/commands/fill-application';
import { publishFormTemplate } from '../../../src/commands/publish-form-template';
import type { RequestContext } from '../../../src/context';
import { Application } from '../../../schema/admission/application';
import { ApplicationForm, type FilledField } from '../../../schema/admission/application-form';
import { FormTemplate, type FormField } from '../../../schema/admission/form-template';
import { knownRegion } from '../../known-region';
import { named } from './application';
import { entriesOf, gapsNow, loadTemplate, sharedWith, templatesOf, type EntryRow, type SharedRow } from './form-rows';
import { FillApplicationInput, PublishFormTemplateInput } from './form-inputs';

/** 申请审核表: a prefecture's versions, and an application's own. */
@Resolver(() => Application)
export class ApplicationFormResolver {
  @Query(() => [FormTemplate], { description: '盟市申请审核表的各版本，新者在前' })
  formTemplates(@Arg('region', () => String) region: string, @Ctx() ctx: RequestContext): Promise<FormTemplate[]> {
    return templatesOf(ctx, knownRegion(ctx, region));
  }

  @FieldResolver(() => ApplicationForm, { nullable: true, description: '申请审核表；登记时盟市尚无制式的为空' })
  async form(
    @Root() { id, caseId, templateId }: Pick<Application, 'id' | 'caseId' | 'templateId'>,
    @Ctx() ctx: RequestContext,
  ): Promise<ApplicationForm | null> {
    if (templateId === null) return null;
    const [template, entries, gaps, shared] = await Promise.all([
      ...([loadTemplate(ctx, templateId), entriesOf(ctx, id), gapsNow(ctx, id)] as const),
      sharedWith(ctx, { id, caseId }),
    ]);
    return { template, fields: template.fields.map((field) => filled(field, entries, shared)), gaps };
  }

  @Mutation(() => FormTemplate, { nullable: true, description: '盟市发布申请审核表的新版本' })
  publishFormTemplate(
    @Arg('input', () => PublishFormTemplateInput) input: PublishFormTemplateInput,
    @Ctx() ctx: RequestContext,
  ): Promise<FormTemplate> {
    return publishFormTemplate(ctx, { ...input, region: knownRegion(ctx, input.region) });
  }

  @Mutation(() => Application, { nullable: true, description: '填写申请表：未提交时逐项填写' })
  fillApplication(
    @Arg('input', () => FillApplicationInput) input: FillApplicationInput,
    @Ctx() ctx: RequestContext,
  ): Promise<Application> {
    return fillApplication(ctx, named(input));
  }
}

function filled(field: FormField, entries: readonly EntryRow[], shared: readonly SharedRow[] | null): FilledField {
  const entry = entries.find(({ key }) => key === field.key);
  const told = field.source ? (shared?.filter(({ key }) => key === field.key) ?? null) : null;
  return { field, personId: entry?.personId ?? null, value: entry?.value ?? null, shared: told };
}
