import { Field, ID, InputType, Int } from 'type-graphql';
import type { DraftAllocationProcedure } from '../../../src/commands/draft-allocation-procedure';
import type { OpenAllocationBatch } from '../../../src/commands/open-allocation-batch';
import type { RecordAllocationStep } from '../../../src/commands/record-allocation-step';
import type { RecordProcedureApproval } from '../../../src/commands/record-procedure-approval';
import type { OnBatch, OnProcedure } from '../../../src/store/allocation/records';
import type { LegalBasis } from '../../../schema/allocation/allocation-procedure';
import { AllocationStep } from '../../../schema/allocation/step';
import { LocalDate } from '../../../schema/scalars';

@InputType({ description: '拟定依据' })
export class LegalBasisInput implements LegalBasis {
  @Field({ description: '法律、法规、规章或住房保障管理规定的名称' }) title!: string;
  @Field({ description: '文号' }) documentNumber!: string;
  @Field(() => String, { nullable: true, description: '条款' }) article?: string | null;
}

@InputType({ description: '拟定分配程序' })
export class DraftAllocationProcedureInput implements DraftAllocationProcedure {
  @Field({ description: '本单位所在盟市或旗县市区' }) region!: string;
  @Field() title!: string;
  @Field({ description: '全文' }) text!: string;
  @Field(() => [LegalBasisInput], { description: '拟定依据；报批时不得为空' }) legalBasis!: LegalBasisInput[];
  @Field(() => [AllocationStep], { description: '环节，先后为序' }) steps!: AllocationStep[];
  @Field(() => Int, { nullable: true, description: '重写草案的，为所见草案的 edition' }) edition?: number | null;
}

@InputType({ description: '办理哪一份分配程序：编号与所见 edition' })
export class OnAllocationProcedureInput implements OnProcedure {
  @Field(() => ID) procedureId!: string;
  @Field(() => Int, { description: '已被他人办理的须重新读取' }) edition!: number;
}

@InputType({ description: '登记同级人民政府的批准' })
export class RecordProcedureApprovalInput extends OnAllocationProcedureInput implements RecordProcedureApproval {
  @Field({ description: '批准机关全称，须为本级人民政府（盟为行政公署）' }) approvingBody!: string;
  @Field({ description: '批准文号' }) documentNumber!: string;
  @Field(() => LocalDate, { description: '批准之日' }) approvedOn!: string;
  @Field(() => LocalDate, { description: '施行之日' }) validFrom!: string;
}

@InputType({ description: '开启分配批次' })
export class OpenAllocationBatchInput extends OnAllocationProcedureInput implements OpenAllocationBatch {
  @Field({ description: '批次名称' }) name!: string;
}

@InputType({ description: '办理哪一个分配批次：编号与所见版本' })
export class OnAllocationBatchInput implements OnBatch {
  @Field(() => ID) batchId!: string;
  @Field(() => Int, { description: '所见版本；已被他人办理的须重新读取' }) version!: number;
}

@InputType({ description: '登记批次环节的办理' })
export class RecordAllocationStepInput extends OnAllocationBatchInput implements RecordAllocationStep {
  @Field(() => AllocationStep) step!: AllocationStep;
  @Field(() => LocalDate, { nullable: true, description: '办理之日；不详的为空' }) onDay?: string | null;
  @Field(() => String, { nullable: true, description: '证明文件的 SHA-256，与网址至少填一项' })
  evidenceHash?: string | null;
  @Field(() => String, { nullable: true, description: '证明所在网址' }) evidenceUrl?: string | null;
  @Field(() => String, { nullable: true, description: '已登记的环节重新登记的，写明更正理由' })
  correction?: string | null;
}
