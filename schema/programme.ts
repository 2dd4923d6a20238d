import { registerEnumType } from 'type-graphql';

/** 保障方式: the programmes a household may apply for or hold. Low-rent and public rental were merged in 2014; a region may map one onto the other. */
export enum Programme {
  LOW_RENT = 'LOW_RENT',
  PUBLIC_RENTAL = 'PUBLIC_RENTAL',
  AFFORDABLE_SALE = 'AFFORDABLE_SALE',
  PRICE_CAPPED_SALE = 'PRICE_CAPPED_SALE',
  RENTAL_SUBSIDY = 'RENTAL_SUBSIDY',
}

/** As people call them. */
export const PROGRAMME_TITLES: Readonly<Record<Programme, string>> = {
  LOW_RENT: '廉租住房',
  PUBLIC_RENTAL: '公共租赁住房',
  AFFORDABLE_SALE: '经济适用住房',
  PRICE_CAPPED_SALE: '限价商品住房',
  RENTAL_SUBSIDY: '租赁补贴',
};

registerEnumType(Programme, {
  name: 'Programme',
  description: '保障方式',
  valuesConfig: Object.fromEntries(
    Object.entries(PROGRAMME_TITLES).map(([value, description]) => [value, { description }]),
  ),
});
