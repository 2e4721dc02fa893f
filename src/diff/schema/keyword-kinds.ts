/** What stands under each JSON Schema and OpenAPI keyword: a schema, a list or map of schemas, words for people, or plain data. */

export type KeywordKind = 'schema' | 'schemas' | 'schema-map' | 'words' | 'data'

const kinds: ReadonlyMap<string, KeywordKind> = new Map<string, KeywordKind>([
  ...['additionalProperties', 'unevaluatedProperties', 'propertyNames', 'items', 'additionalItems', 'unevaluatedItems', 'contains'].map(
    (name) => [name, 'schema'] as const,
  ),
  ...['not', 'if', 'then', 'else', 'contentSchema'].map((name) => [name, 'schema'] as const),
  ...['allOf', 'anyOf', 'oneOf', 'prefixItems'].map((name) => [name, 'schemas'] as const),
  ...['properties', 'patternProperties', 'dependentSchemas', '$defs', 'definitions'].map((name) => [name, 'schema-map'] as const),
  ...['title', 'description', 'example', 'examples', 'externalDocs', '$comment', 'deprecated'].map((name) => [name, 'words'] as const),
])

/** Extensions are words, except those that list values. */
export function kindOf(name: string): KeywordKind {
  return kinds.get(name) ?? (name.startsWith('x-') && name !== 'x-extensible-enum' && name !== 'x-nullable' ? 'words' : 'data')
}
