import { Directive, Field, Int, ObjectType, type ClassType } from 'type-graphql';

/** Where a page ends (Relay). Pages run forward only. */
@ObjectType({ simpleResolvers: true })
@Directive('@shareable')
export class PageInfo {
  @Field() hasNextPage!: boolean;
  @Field() hasPreviousPage!: boolean;
  @Field(() => String, { nullable: true }) startCursor!: string | null;
  @Field(() => String, { nullable: true }) endCursor!: string | null;
}

export interface Edge<Node> {
  readonly cursor: string;
  readonly node: Node;
}

/** One page of a list (Relay). No total: counting what one may not read is an oracle. */
export interface Connection<Node> {
  readonly edges: readonly Edge<Node>[];
  readonly nodes: readonly Node[];
  readonly pageInfo: PageInfo;
}

/** The Relay connection type of a node: `<name>Connection` and `<name>Edge`. */
export function connectionType<Node extends object>(node: ClassType<Node>, name: string): ClassType<Connection<Node>> {
  @ObjectType(`${name}Edge`, { simpleResolvers: true })
  class NodeEdge implements Edge<Node> {
    @Field() cursor!: string;
    @Field(() => node) node!: Node;
  }
  @ObjectType(`${name}Connection`, { simpleResolvers: true })
  class NodeConnection implements Connection<Node> {
    @Field(() => [NodeEdge]) edges!: NodeEdge[];
    @Field(() => [node]) nodes!: Node[];
    @Field(() => PageInfo) pageInfo!: PageInfo;
  }
  return NodeConnection;
}

/** Size of a page when none is asked for, and the largest that may be. */
export const PAGE_DEFAULT = 50;
export const PAGE_MAX = 200;

/** The type of `first`. */
export const PageSize = () => Int;
