import { registerEnumType } from 'type-graphql';

export enum ArchiveKind {
  HOUSEHOLD = 'HOUSEHOLD',
  DWELLING = 'DWELLING',
}
registerEnumType(ArchiveKind, { name: 'ArchiveKind', description: '档案种类：一户一档、一套一档' });

/** 档案的部分: seven of a household by the notice [IM-4.5], and two more that its 等 leaves room for; those of a dwelling are ours. */
export enum ArchiveSection {
  HUKOU = 'HUKOU',
  HOUSING = 'HOUSING',
  INCOME = 'INCOME',
  ASSETS = 'ASSETS',
  DECLARATION = 'DECLARATION',
  REVIEW = 'REVIEW',
  CONTRACT = 'CONTRACT',
  ALLOCATION = 'ALLOCATION',
  EXIT = 'EXIT',
  TITLE = 'TITLE',
  COMPLETION = 'COMPLETION',
  ALLOTMENTS = 'ALLOTMENTS',
  CONTRACTS = 'CONTRACTS',
  REPAIRS = 'REPAIRS',
}
registerEnumType(ArchiveSection, {
  name: 'ArchiveSection',
  description:
    '档案部分。户：户籍、住房、收入、财产状况、申报、审核、合同订立、轮候配租、退出；套：权属、竣工交付、分配、合同、维修',
});

const { HUKOU, HOUSING, INCOME, ASSETS, DECLARATION, REVIEW, CONTRACT, ALLOCATION, EXIT } = ArchiveSection;
const { TITLE, COMPLETION, ALLOTMENTS, CONTRACTS, REPAIRS } = ArchiveSection;

/** The database keeps the same in `archive_section`. */
export const SECTIONS: Readonly<Record<ArchiveKind, readonly ArchiveSection[]>> = {
  [ArchiveKind.HOUSEHOLD]: [...[HUKOU, HOUSING, INCOME, ASSETS, DECLARATION, REVIEW, CONTRACT], ...[ALLOCATION, EXIT]],
  [ArchiveKind.DWELLING]: [TITLE, COMPLETION, ALLOTMENTS, CONTRACTS, REPAIRS],
};

/** 到了哪一步: how far what the file is about has come. */
export enum ArchivePhase {
  APPLIED = 'APPLIED',
  APPROVED = 'APPROVED',
  SECURED = 'SECURED',
  STOCK = 'STOCK',
  OCCUPIED = 'OCCUPIED',
}
registerEnumType(ArchivePhase, {
  name: 'ArchivePhase',
  description: '档案所处环节。户：已申报、已批准、已保障；套：已入库、已入住',
});

/** Which sections must be there from which phase on, beside those of the phases before. Of our choice but for the seven. */
export const REQUIRED: Readonly<Record<ArchiveKind, readonly (readonly [ArchivePhase, readonly ArchiveSection[]])[]>> =
  {
    [ArchiveKind.HOUSEHOLD]: [
      [ArchivePhase.APPLIED, [HUKOU, HOUSING, INCOME, ASSETS, DECLARATION]],
      [ArchivePhase.APPROVED, [REVIEW]],
      [ArchivePhase.SECURED, [CONTRACT]],
    ],
    [ArchiveKind.DWELLING]: [
      [ArchivePhase.STOCK, [TITLE, COMPLETION]],
      [ArchivePhase.OCCUPIED, [ALLOTMENTS, CONTRACTS]],
    ],
  };
