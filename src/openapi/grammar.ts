/**
 * Which parts an OpenAPI description has: for each object, the fields that lead to further objects. One table for Swagger 2.0 and OpenAPI
 * 3.0 to 3.2, since no field means an object in one and something else in another. What is not listed (examples, defaults, extensions) is
 * data: a `$ref` in it is no reference. Sources: the four specifications, "Fixed Fields" of each object.
 */

export type Kind =
  | 'description'
  | 'components'
  | 'pathItem'
  | 'operation'
  | 'parameter'
  | 'requestBody'
  | 'responses'
  | 'response'
  | 'mediaType'
  | 'encoding'
  | 'schema'
  | 'discriminator'
  | 'callback'
  | 'example'
  | 'link'
  | 'securityScheme'
  | 'securityRequirement'
  | 'server'
  | 'tag'
  | 'anything'

/** `one`: the object itself; `list` and `map`: of such objects; `one-or-list`: either; `texts`: a list of strings. */
export type Expected = { readonly shape: 'one' | 'list' | 'map' | 'one-or-list'; readonly of: Kind } | { readonly shape: 'texts' }

const singles = new Map<Kind, Expected>()

/** One object of a kind; the same value each time, so that it can be a key. */
export function one(kind: Kind): Expected {
  const known = singles.get(kind) ?? { shape: 'one', of: kind }
  singles.set(kind, known)
  return known
}

const list = (of: Kind): Expected => ({ shape: 'list', of })
const map = (of: Kind): Expected => ({ shape: 'map', of })
const texts: Expected = { shape: 'texts' }

const header: Readonly<Record<string, Expected>> = {
  schema: one('schema'),
  content: map('mediaType'),
  examples: map('example'),
  items: one('schema'),
}
const components: Readonly<Record<string, Expected>> = {
  schemas: map('schema'),
  responses: map('response'),
  parameters: map('parameter'),
  examples: map('example'),
  requestBodies: map('requestBody'),
  headers: map('parameter'),
  securitySchemes: map('securityScheme'),
  links: map('link'),
  callbacks: map('callback'),
  pathItems: map('pathItem'),
  mediaTypes: map('mediaType'),
}

/** The methods of a path item, in the order of the specifications; `query` since 3.2. */
export const methods = ['get', 'put', 'post', 'delete', 'options', 'head', 'patch', 'trace', 'query'] as const

const fields: Readonly<Record<Kind, Readonly<Record<string, Expected>>>> = {
  description: {
    info: one('anything'),
    paths: map('pathItem'),
    webhooks: map('pathItem'),
    components: one('components'),
    servers: list('server'),
    security: list('securityRequirement'),
    tags: list('tag'),
    definitions: map('schema'),
    parameters: map('parameter'),
    responses: map('response'),
    securityDefinitions: map('securityScheme'),
    consumes: texts,
    produces: texts,
    schemes: texts,
  },
  components,
  pathItem: {
    ...Object.fromEntries(methods.map((method) => [method, one('operation')])),
    additionalOperations: map('operation'),
    parameters: list('parameter'),
    servers: list('server'),
  },
  operation: {
    parameters: list('parameter'),
    requestBody: one('requestBody'),
    responses: one('responses'),
    callbacks: map('callback'),
    security: list('securityRequirement'),
    servers: list('server'),
    tags: texts,
    consumes: texts,
    produces: texts,
    schemes: texts,
  },
  parameter: header,
  requestBody: { content: map('mediaType') },
  responses: {},
  response: { headers: map('parameter'), content: map('mediaType'), links: map('link'), schema: one('schema') },
  mediaType: {
    schema: one('schema'),
    itemSchema: one('schema'),
    examples: map('example'),
    encoding: map('encoding'),
    itemEncoding: one('encoding'),
    prefixEncoding: list('encoding'),
  },
  encoding: { headers: map('parameter'), encoding: map('encoding'), itemEncoding: one('encoding'), prefixEncoding: list('encoding') },
  schema: {
    properties: map('schema'),
    patternProperties: map('schema'),
    additionalProperties: one('schema'),
    unevaluatedProperties: one('schema'),
    propertyNames: one('schema'),
    items: { shape: 'one-or-list', of: 'schema' },
    prefixItems: list('schema'),
    additionalItems: one('schema'),
    unevaluatedItems: one('schema'),
    contains: one('schema'),
    contentSchema: one('schema'),
    allOf: list('schema'),
    anyOf: list('schema'),
    oneOf: list('schema'),
    not: one('schema'),
    if: one('schema'),
    then: one('schema'),
    else: one('schema'),
    dependentSchemas: map('schema'),
    definitions: map('schema'),
    $defs: map('schema'),
    discriminator: one('discriminator'),
  },
  discriminator: {},
  callback: {},
  example: {},
  link: { server: one('server') },
  securityScheme: { flows: one('anything') },
  securityRequirement: {},
  server: {},
  tag: {},
  anything: {},
}

/** Objects whose every entry (but `x-...`) is an object of one kind: statuses and callback expressions. */
export const entriesOf: Readonly<Partial<Record<Kind, Kind>>> = { responses: 'response', callback: 'pathItem' }

/** The fields of each object, for a walk: maps, because keys come from documents. */
export const grammar: ReadonlyMap<Kind, ReadonlyMap<string, Expected>> = new Map(
  Object.entries(fields).flatMap(([kind, ofKind]) => (isKind(kind) ? [[kind, new Map(Object.entries(ofKind))] as const] : [])),
)

function isKind(name: string): name is Kind {
  return Object.hasOwn(fields, name)
}
