import { hash } from 'node:crypto';
import { GraphQLError, stripIgnoredCharacters } from 'graphql';

/**
 * SHA-256 (hex) of a GraphQL document without what GraphQL ignores: spaces, commas, comments. Undefined for a text that is
 * no GraphQL.
 */
export function documentHash(text: string): string | undefined {
  try {
    return hash('sha256', stripIgnoredCharacters(text), 'hex');
  } catch (error) {
    if (error instanceof GraphQLError) return undefined;
    throw error;
  }
}
