import type { EntityClass, EntityOptions, PropertyOptions } from '@mikro-orm/core';

/*
 * The mapper's decorators, kept until it is opened: it is loaded with the first write, and a hub starts by reading.
 */
type Mapper = Pick<typeof import('@mikro-orm/core'), 'Entity' | 'Property' | 'PrimaryKey' | 'ArrayType' | 'BigIntType'>;
type Options<Given> = Given | ((mapper: Mapper) => Given);

const kept: ((mapper: Mapper) => void)[] = [];

const given = <Given>(options: Options<Given>, mapper: Mapper): Given =>
  typeof options === 'function' ? (options as (mapper: Mapper) => Given)(mapper) : options;

/** A table's class, as the mapper's decorator of this name. */
export const Entity =
  (options: EntityOptions<unknown> = {}) =>
  (target: object): void =>
    void kept.push((mapper) => mapper.Entity(options)(target as EntityClass<unknown>));

/** A column. What names a class of the mapper's own is a function of it. */
export const Property =
  (options: Options<PropertyOptions<object>> = {}) =>
  (target: object, name: string): void =>
    void kept.push((mapper) => mapper.Property(given(options, mapper))(target, name));

/** A column of the key. */
export const PrimaryKey =
  (options: Options<PropertyOptions<object>> = {}) =>
  (target: object, name: string): void =>
    void kept.push((mapper) => mapper.PrimaryKey(given(options, mapper))(target, name));

/** Tells the mapper of every class loaded by now; of each once. */
export function tellMapper(mapper: Mapper): void {
  for (const tell of kept.splice(0)) tell(mapper);
}
