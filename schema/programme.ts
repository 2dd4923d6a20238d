import { registerEnumType } from 'type-graphql';

/** 保障方式: the programmes a household may apply for or hold. Low-rent and public rental were merged in 2014; a region may map one onto the other. */
export enum Programme {
  LOW_RENT = 'LOW_RENT',
  PUBLIC_RENTAL = 'PUBLIC_RENTAL',
  AFFORDABLE_SALE = 'AFFORDABLE_SALE',
  PRICE_CAPPED_SALE = 'PRICE_CAPPED_SALE',
  RENTAL_SUBSIDY = 'RENTAL_SUBSIDY',
}

registerEnumType(Programme, {
  name: 'Programme',
  description: '保障方式',
  valuesConfig: {
    LOW_RENT: { description: '廉租住房' },
    PUBLIC_RENTAL: { description: '公共租赁住房' },
    AFFORDABLE_SALE: { description: '经济适用住房' },
    PRICE_CAPPED_SALE: { description: '限价商品住房' },
    RENTAL_SUBSIDY: { description: '租赁补贴' },
  },
});
