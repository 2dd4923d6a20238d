import { Field, ObjectType, registerEnumType } from 'type-graphql';
import { LocalDate } from '../scalars';

/** 全过程 [IM-5.4]: from the project to the contract. */
export enum DwellingEventKind {
  PROJECT = 'PROJECT',
  CONSTRUCTION = 'CONSTRUCTION',
  RAISING = 'RAISING',
  BATCH = 'BATCH',
  ALLOTMENT = 'ALLOTMENT',
  CONTRACT = 'CONTRACT',
  OCCUPANCY = 'OCCUPANCY',
}
registerEnumType(DwellingEventKind, {
  name: 'DwellingEventKind',
  description: '房源历程：立项登记、建设、筹集（投入保障）、批次、配租配售、合同、入住及收回',
});

/** One event of a dwelling, whoever lived there: days and numbers of documents, nothing of a household. */
@ObjectType({ description: '房源历程的一个环节' })
export class DwellingEvent {
  @Field(() => DwellingEventKind) kind!: DwellingEventKind;
  @Field({ description: '环节：房源、配租配售、合同的办理步骤' }) step!: string;
  @Field(() => LocalDate) onDay!: string;
  @Field({ description: '承办机关' }) office!: string;
  @Field(() => String, { nullable: true, description: '文号；立项登记为项目名称' }) documentNumber!: string | null;
}
