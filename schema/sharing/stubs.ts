import { Directive, Field, ID, ObjectType } from 'type-graphql';

/** Types of `housing` as `sharing` names them: a class belongs to one subgraph, another keeps a stub of its own. */
@ObjectType('Household')
@Directive('@key(fields: "id")')
export class HouseholdOfSharing {
  @Field(() => ID) id!: string;
}

@ObjectType('Person')
@Directive('@key(fields: "id", resolvable: false)')
export class PersonOfSharing {
  @Field(() => ID) id!: string;
}
