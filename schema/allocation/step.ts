import { registerEnumType } from 'type-graphql';

/** 分配环节 (domain.md §5.5), in the order in which they mostly come; a procedure has an order of its own. */
export enum AllocationStep {
  ANNOUNCE_DWELLINGS = 'ANNOUNCE_DWELLINGS',
  ACCEPT_REGISTRATION = 'ACCEPT_REGISTRATION',
  PUBLISH_APPLICANTS = 'PUBLISH_APPLICANTS',
  REVIEW_QUALIFICATION = 'REVIEW_QUALIFICATION',
  PUBLICISE_QUALIFIED = 'PUBLICISE_QUALIFIED',
  ORDER_QUEUE = 'ORDER_QUEUE',
  DRAW = 'DRAW',
  SELECT_DWELLINGS = 'SELECT_DWELLINGS',
  PUBLISH_RESULTS = 'PUBLISH_RESULTS',
  SIGN_CONTRACTS = 'SIGN_CONTRACTS',
  PUBLISH_REMAINDER = 'PUBLISH_REMAINDER',
}

/** As they stand in a text that is made public; the database keeps the same in `allocation_step_title`. */
export const ALLOCATION_STEP_TITLES: Readonly<Record<AllocationStep, string>> = {
  [AllocationStep.ANNOUNCE_DWELLINGS]: '公开待分配房源',
  [AllocationStep.ACCEPT_REGISTRATION]: '受理报名申请',
  [AllocationStep.PUBLISH_APPLICANTS]: '公开申请对象',
  [AllocationStep.REVIEW_QUALIFICATION]: '资格复审',
  [AllocationStep.PUBLICISE_QUALIFIED]: '公示获得租购资格的申请人',
  [AllocationStep.ORDER_QUEUE]: '确定分配顺序',
  [AllocationStep.DRAW]: '抽签摇号',
  [AllocationStep.SELECT_DWELLINGS]: '选房',
  [AllocationStep.PUBLISH_RESULTS]: '公布分配结果',
  [AllocationStep.SIGN_CONTRACTS]: '签订合同',
  [AllocationStep.PUBLISH_REMAINDER]: '公布剩余房源',
};

registerEnumType(AllocationStep, {
  name: 'AllocationStep',
  description: `分配环节：${Object.values(ALLOCATION_STEP_TITLES).join('、')}`,
});
