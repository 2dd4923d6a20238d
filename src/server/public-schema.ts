import { hash } from 'node:crypto';
import { parse } from 'graphql';
import type { CompiledQuery } from 'graphql-jit';
import { buildSchemaSync } from 'type-graphql';
import { ApprovedAllocationProcedureResolver } from '../../resolvers/disclosure/approved-allocation-procedure';
import { ApprovedHouseholdResolver } from '../../resolvers/disclosure/approved-household';
import { publicDocuments, type PublicDocument } from '../../resolvers/disclosure/documents';
import { RegisteredObjectResolver } from '../../resolvers/disclosure/registered-object';

/** The contract schema of the public door: a build of its own, so that no raw type is in it to be reached. */
export const publicSchema = () =>
  buildSchemaSync({
    resolvers: [RegisteredObjectResolver, ApprovedAllocationProcedureResolver, ApprovedHouseholdResolver],
    orphanedTypes: [],
    validate: false,
  });

export interface CompiledDocument extends PublicDocument {
  /** SHA-256 of its text, hex: its name for whoever must be sure what is asked. */
  readonly hash: string;
  readonly variables: readonly string[];
  readonly compiled: CompiledQuery;
}

/** The fixed documents, compiled. */
export async function compileDocuments(): Promise<readonly CompiledDocument[]> {
  const { compileQuery, isCompiledQuery } = await import('graphql-jit');
  const schema = publicSchema();
  return publicDocuments.map((document) => {
    const parsed = parse(document.query);
    const compiled = compileQuery(schema, parsed);
    const [operation] = parsed.definitions;
    if (!isCompiledQuery(compiled) || operation?.kind !== 'OperationDefinition')
      throw new Error(`public document ${document.id} does not compile`);
    const variables = (operation.variableDefinitions ?? []).map(({ variable }) => variable.name.value).sort();
    return { ...document, hash: hash('sha256', document.query, 'hex'), variables, compiled };
  });
}
