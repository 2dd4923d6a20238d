import { registerEnumType } from 'type-graphql';

/** 面积口径: 建筑面积 or 使用（套内）面积. */
export enum AreaKind {
  GROSS = 'GROSS',
  USABLE = 'USABLE',
}
registerEnumType(AreaKind, { name: 'AreaKind', description: '面积口径：GROSS 建筑面积，USABLE 使用面积' });

/** As people call them. */
export const AREA_KIND_TITLES: Readonly<Record<AreaKind, string>> = { GROSS: '建筑面积', USABLE: '使用面积' };
