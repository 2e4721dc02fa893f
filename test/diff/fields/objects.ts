/** Where each object of the specifications stands in a description, and its smallest form. */
export type Version = '2.0' | '3.0' | '3.1' | '3.2'
export type Direction = 'request' | 'response' | 'none'
export type Json = Record<string, unknown>

export interface ObjectPlaces {
  readonly versions: readonly Version[]
  readonly minimal: Json
  /** A description around the object, for each direction in which it can stand. */
  readonly places: Partial<Record<Direction, (object: unknown, version: Version) => Json>>
}

export type ObjectOf = keyof typeof objects

const openapi3: readonly Version[] = ['3.0', '3.1', '3.2']
const all: readonly Version[] = ['2.0', '3.0', '3.1', '3.2']

const string = { type: 'string' }
const cat = { type: 'object', properties: { a: { enum: ['cat', 'Cat'] }, b: string }, required: ['a', 'b'] }
const dog = { type: 'object', properties: { a: { enum: ['dog', 'Dog'] }, b: { type: 'integer' } }, required: ['a', 'b'] }
/** With an anchor where anchors are known. */
const anchored = (schema: Json, name: string, version: Version): Json =>
  version === '3.1' || version === '3.2' ? { ...schema, $dynamicAnchor: name } : schema

/** What descriptions refer to in these tests. */
function shared(version: Version): Json {
  const schemas = { Cat: anchored(cat, 'cat', version), Dog: anchored(dog, 'dog', version) }
  const items = {
    'x-items': {
      one: { get: { responses: { 200: { description: 'ok' } } } },
      two: { put: { responses: { 200: { description: 'ok' } } } },
    },
  }
  if (version === '2.0')
    return {
      ...items,
      host: 'a.test',
      definitions: schemas,
      securityDefinitions: { key: { type: 'apiKey', name: 'k', in: 'header' }, token: { type: 'basic' } },
    }
  return {
    ...items,
    components: {
      schemas,
      parameters: {
        One: { name: 'one', in: 'query', schema: string },
        Two: { name: 'two', in: 'query', schema: string },
      },
      securitySchemes: { key: { type: 'apiKey', name: 'k', in: 'header' }, token: { type: 'http', scheme: 'bearer' } },
    },
  }
}

function root(version: Version, rest: Json): Json {
  const head = version === '2.0' ? { swagger: '2.0' } : { openapi: `${version}.0` }
  return { ...head, info: { title: 'A', version: '1' }, ...shared(version), ...rest }
}

const ok = { 200: { description: 'ok' } }

/** A description with one operation. */
function operation(version: Version, of: Json): Json {
  return root(version, { paths: { '/a': { post: { operationId: 'a', responses: ok, ...of } } } })
}

/** A media type that writes forms, where `encoding` and `contentType` count. */
const form = 'multipart/form-data'
const fileForm = { type: 'object', properties: { file: { type: 'string' } } }

/** A body with one part under this encoding: a list, unless the part is a form of its own. */
const encodedForm = (file: unknown): Json => {
  const type = (file as Json)['contentType']
  const part = type === form ? fileForm : { type: 'array', items: string }
  return { schema: { type: 'object', properties: { file: part } }, encoding: { file } }
}

const requestSchema = (schema: unknown, version: Version): Json =>
  version === '2.0'
    ? operation(version, { parameters: [{ name: 'body', in: 'body', schema }] })
    : operation(version, { requestBody: { content: { 'application/json': { schema } } } })
const responseSchema = (schema: unknown, version: Version): Json =>
  version === '2.0'
    ? operation(version, { responses: { 200: { description: 'ok', schema } } })
    : operation(version, { responses: { 200: { description: 'ok', content: { 'application/json': { schema } } } } })
const inBoth = (wrap: (object: unknown, version: Version) => unknown): ObjectPlaces['places'] => ({
  request: (object, version) => requestSchema(wrap(object, version), version),
  response: (object, version) => responseSchema(wrap(object, version), version),
})
const ofResponse = (response: Json) => (version: Version) => operation(version, { responses: { 200: { description: 'ok', ...response } } })
const scheme = (object: unknown, version: Version): Json => {
  const used = { paths: { '/a': { post: { operationId: 'a', responses: ok, security: [{ it: [] }] } } } }
  return root(
    version,
    version === '2.0' ? { ...used, securityDefinitions: { it: object } } : { ...used, components: { securitySchemes: { it: object } } },
  )
}
const parameters = (list: unknown[], version: Version): Json => operation(version, { parameters: list })

const define = <Name extends string>(of: Record<Name, ObjectPlaces>): Record<Name, ObjectPlaces> => of

export const objects = define({
  'OpenAPI Object': {
    versions: openapi3,
    minimal: { info: { title: 'A', version: '1' }, paths: { '/a': { get: { responses: ok } } } },
    places: {
      none: (object, version) => {
        const securitySchemes = { key: { type: 'apiKey', name: 'k', in: 'header' }, token: { type: 'http', scheme: 'bearer' } }
        const { components, ...rest } = object as Json
        return { openapi: `${version}.0`, ...rest, components: { securitySchemes, ...(components as Json | undefined) } }
      },
    },
  },
  'Swagger Object': {
    versions: ['2.0'],
    minimal: {
      info: { title: 'A', version: '1' },
      paths: {
        '/a': {
          post: { parameters: [{ name: 'body', in: 'body', schema: string }], responses: { 200: { description: 'ok', schema: string } } },
        },
      },
    },
    places: {
      none: (object) => {
        const { securityDefinitions, ...rest } = object as Json
        const known = { key: { type: 'apiKey', name: 'k', in: 'header' }, token: { type: 'basic' } }
        return { swagger: '2.0', ...rest, securityDefinitions: { ...known, ...(securityDefinitions as Json | undefined) } }
      },
    },
  },
  'Info Object': {
    versions: all,
    minimal: { title: 'A', version: '1' },
    places: { none: (info, version) => ({ ...operation(version, {}), info }) },
  },
  'Contact Object': {
    versions: all,
    minimal: {},
    places: { none: (contact, version) => ({ ...operation(version, {}), info: { title: 'A', version: '1', contact } }) },
  },
  'License Object': {
    versions: all,
    minimal: { name: 'A' },
    places: { none: (license, version) => ({ ...operation(version, {}), info: { title: 'A', version: '1', license } }) },
  },
  'Server Object': {
    versions: openapi3,
    minimal: { url: 'https://a.test/v1' },
    places: { none: (server, version) => ({ ...operation(version, {}), servers: [server] }) },
  },
  'Server Variable Object': {
    versions: openapi3,
    minimal: { default: 'eu' },
    places: {
      none: (variable, version) => ({
        ...operation(version, {}),
        servers: [{ url: 'https://{region}.a.test', variables: { region: variable } }],
      }),
    },
  },
  'Components Object': {
    versions: openapi3,
    minimal: {},
    places: { none: (components, version) => ({ ...operation(version, {}), components }) },
  },
  'Paths Object': {
    versions: all,
    minimal: {},
    places: {
      none: (item, version) => {
        const { '/{path}': path, ...rest } = item as Json
        return root(version, { paths: { '/b': { get: { responses: ok } }, ...(path === undefined ? {} : { '/a': path }), ...rest } })
      },
    },
  },
  'Path Item Object': {
    versions: all,
    minimal: { patch: { responses: ok } },
    places: { none: (item, version) => root(version, { paths: { '/a': item } }) },
  },
  'Operation Object': {
    versions: all,
    minimal: { responses: ok },
    places: { none: (object, version) => root(version, { paths: { '/a': { post: object } } }) },
  },
  'External Documentation Object': {
    versions: all,
    minimal: { url: 'https://a.test' },
    places: { none: (externalDocs, version) => operation(version, { externalDocs }) },
  },
  'Parameter Object': {
    versions: openapi3,
    minimal: { name: 'q', in: 'query', schema: { type: 'array', items: string } },
    places: { request: (object, version) => parameters([object], version) },
  },
  'Parameter Object (2.0)': {
    versions: ['2.0'],
    minimal: { name: 'q', in: 'query', type: 'string' },
    places: { request: (object, version) => parameters([object], version) },
  },
  'Items Object (2.0)': {
    versions: ['2.0'],
    minimal: string,
    places: {
      request: (items, version) => parameters([{ name: 'q', in: 'query', type: 'array', items }], version),
      response: (items, version) => ofResponse({ headers: { 'X-A': { type: 'array', items } } })(version),
    },
  },
  'Request Body Object': {
    versions: openapi3,
    minimal: { content: { 'application/json': { schema: string } } },
    places: { request: (requestBody, version) => operation(version, { requestBody }) },
  },
  'Media Type Object': {
    versions: openapi3,
    minimal: { schema: fileForm },
    places: {
      request: (object, version) => operation(version, { requestBody: { content: { [form]: object } } }),
      response: (object, version) => ofResponse({ content: { [form]: object } })(version),
    },
  },
  'Encoding Object': {
    versions: openapi3,
    minimal: {},
    places: {
      request: (file, version) => operation(version, { requestBody: { content: { [form]: encodedForm(file) } } }),
      response: (file, version) => ofResponse({ content: { [form]: encodedForm(file) } })(version),
    },
  },
  'Responses Object': {
    versions: all,
    minimal: { 201: { description: 'made' } },
    places: {
      response: (object, version) => {
        const { '{status}': status, ...rest } = object as Json
        return operation(version, { responses: status === undefined ? rest : { ...rest, 200: status } })
      },
    },
  },
  'Response Object': {
    versions: all,
    minimal: { description: 'ok' },
    places: { response: (object, version) => operation(version, { responses: { 200: object } }) },
  },
  'Callback Object': {
    versions: openapi3,
    minimal: {},
    places: {
      none: (object, version) => {
        const { '{expression}': item, ...rest } = object as Json
        return operation(version, { callbacks: { done: { ...rest, ...(item === undefined ? {} : { '{$request.body#/url}': item }) } } })
      },
    },
  },
  'Example Object': {
    versions: openapi3,
    minimal: {},
    places: {
      request: (one, version) =>
        operation(version, { requestBody: { content: { 'application/json': { schema: string, examples: { one } } } } }),
      response: (one, version) => ofResponse({ content: { 'application/json': { schema: string, examples: { one } } } })(version),
    },
  },
  'Link Object': {
    versions: openapi3,
    minimal: { operationId: 'a' },
    places: { response: (next, version) => ofResponse({ links: { next } })(version) },
  },
  'Header Object': {
    versions: openapi3,
    minimal: { schema: string },
    places: { response: (header, version) => ofResponse({ headers: { 'X-A': header } })(version) },
  },
  'Header Object (2.0)': {
    versions: ['2.0'],
    minimal: string,
    places: { response: (header, version) => ofResponse({ headers: { 'X-A': header } })(version) },
  },
  'Tag Object': {
    versions: all,
    minimal: { name: 'a' },
    places: { none: (tag, version) => ({ ...operation(version, { tags: ['a'] }), tags: [tag] }) },
  },
  'Reference Object': { versions: openapi3, minimal: {}, places: { request: (object, version) => parameters([object], version) } },
  'Schema Object': { versions: all, minimal: {}, places: inBoth((schema) => schema) },
  'Discriminator Object': {
    versions: openapi3,
    minimal: { propertyName: 'a' },
    places: inBoth((discriminator) => ({
      oneOf: [{ $ref: '#/components/schemas/Cat' }, { $ref: '#/components/schemas/Dog' }],
      discriminator,
    })),
  },
  'XML Object': {
    versions: all,
    minimal: { name: 'z' },
    places: {
      request: (xml, version) => {
        const schema = { type: 'object', properties: { a: { type: 'array', items: string, xml } } }
        return version === '2.0'
          ? operation(version, { consumes: ['application/xml'], parameters: [{ name: 'body', in: 'body', schema }] })
          : operation(version, { requestBody: { content: { 'application/xml': { schema } } } })
      },
      response: (xml, version) => {
        const schema = { type: 'object', properties: { a: { type: 'array', items: string, xml } } }
        return version === '2.0'
          ? operation(version, { produces: ['application/xml'], responses: { 200: { description: 'ok', schema } } })
          : ofResponse({ content: { 'application/xml': { schema } } })(version)
      },
    },
  },
  'Security Scheme Object': { versions: openapi3, minimal: { type: 'http', scheme: 'bearer' }, places: { none: scheme } },
  'Security Scheme Object (2.0)': { versions: ['2.0'], minimal: { type: 'basic' }, places: { none: scheme } },
  'OAuth Flows Object': {
    versions: openapi3,
    minimal: { authorizationCode: { authorizationUrl: 'https://a.test', tokenUrl: 'https://a.test', scopes: {} } },
    places: { none: (flows, version) => scheme({ type: 'oauth2', flows }, version) },
  },
  'OAuth Flow Object': {
    versions: openapi3,
    minimal: { scopes: {} },
    places: { none: (authorizationCode, version) => scheme({ type: 'oauth2', flows: { authorizationCode } }, version) },
  },
  'Security Requirement Object': {
    versions: all,
    minimal: {},
    places: {
      none: (requirement, version) => {
        const { '{name}': scopes } = requirement as Json
        const both = { read: 'R', write: 'W' }
        const known =
          version === '2.0'
            ? { securityDefinitions: { it: { type: 'oauth2', flow: 'application', tokenUrl: 'https://a.test', scopes: both } } }
            : {
                components: {
                  securitySchemes: { it: { type: 'oauth2', flows: { clientCredentials: { tokenUrl: 'https://a.test', scopes: both } } } },
                },
              }
        return { ...operation(version, { security: [scopes === undefined ? {} : { it: scopes }] }), ...known }
      },
    },
  },
})
