/** Rewritings that change no message and no right: nothing must be reported. They change the document they are given. */
import { operationIn, operationKeys, schemaIn, successOf, type Json } from './generate.ts'

export interface Refactoring {
  readonly name: string
  readonly apply: (document: Json) => void
}

/** Every schema object that stands in the document, outermost first. */
function schemasIn(document: Json): Json[] {
  const found: Json[] = []
  const enter = (schema: Json): void => {
    found.push(schema)
    for (const one of Object.values<Json>(schema['properties'] ?? {})) enter(one)
    if (schema['items'] !== undefined) enter(schema['items'])
    for (const one of schema['anyOf'] ?? []) enter(one)
  }
  for (const schema of Object.values<Json>(document['components'].schemas)) enter(schema)
  for (const key of operationKeys) {
    const operation = operationIn(document, key)
    for (const parameter of operation['parameters']) enter(parameter.schema)
    for (const media of [operation['requestBody'], successOf(operation)]) {
      const schema = media?.content['application/json'].schema
      if (schema !== undefined && schema.$ref === undefined) enter(schema)
    }
  }
  return found
}

/** The schema becomes what `rewrite` makes of it, in its place. */
function rewriteEach(document: Json, rewrite: (schema: Json) => Json | null): void {
  for (const schema of schemasIn(document)) {
    const written = rewrite({ ...schema })
    if (written === null) continue
    for (const key of Object.keys(schema)) delete schema[key]
    Object.assign(schema, written)
  }
}

function reversed(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(reversed)
  if (typeof value !== 'object' || value === null) return value
  return Object.fromEntries(
    Object.entries(value)
      .reverse()
      .map(([key, one]) => [key, reversed(one)]),
  )
}

function replaceReferences(value: unknown, from: string, to: string): void {
  if (typeof value !== 'object' || value === null) return
  const map = value as Json
  if (map['$ref'] === from) map['$ref'] = to
  for (const one of Object.values(map)) replaceReferences(one, from, to)
}

const eachOperation = (document: Json, change: (operation: Json, index: number) => void): void => {
  for (const [index, key] of operationKeys.entries()) change(operationIn(document, key), index)
}

export const refactorings: readonly Refactoring[] = [
  {
    name: 'keys in another order',
    apply: (document) => {
      const paths = reversed(document['paths'])
      document['paths'] = paths
      document['components'] = reversed(document['components'])
    },
  },
  {
    name: 'lists whose order means nothing, in another order',
    apply: (document) => {
      eachOperation(document, (operation) => operation['parameters'].reverse())
      for (const schema of schemasIn(document)) for (const list of ['required', 'enum', 'anyOf']) schema[list]?.reverse()
    },
  },
  { name: 'a schema within allOf', apply: (document) => rewriteEach(document, (schema) => ({ allOf: [schema] })) },
  { name: 'a schema within anyOf of one', apply: (document) => rewriteEach(document, (schema) => ({ anyOf: [schema] })) },
  {
    name: 'a body twice in anyOf',
    apply: (document) =>
      eachOperation(document, (operation) => {
        const { 'application/json': media } = successOf(operation)['content']
        media.schema = { anyOf: [media.schema, structuredClone(media.schema)] }
      }),
  },
  {
    name: 'properties taken apart into allOf',
    apply: (document) =>
      rewriteEach(document, (schema) => {
        if (schema['properties'] === undefined) return null
        const { properties, ...rest } = schema
        return { ...rest, allOf: Object.entries(properties).map(([name, one]) => ({ properties: { [name]: one } })) }
      }),
  },
  {
    name: 'what is assumed, written out',
    apply: (document) => {
      rewriteEach(document, (schema) =>
        schema['type'] === 'object'
          ? { ...schema, additionalProperties: true, minProperties: 0 }
          : schema['type'] === 'string'
            ? { minLength: 0, ...schema }
            : null,
      )
      eachOperation(document, (operation) => {
        operation['deprecated'] = false
        Object.assign(operation['parameters'][0], { required: false, style: 'form', explode: true })
        if (operation['requestBody'] !== undefined) operation['requestBody'].required = false
      })
    },
  },
  {
    name: 'schemas moved into components',
    apply: (document) =>
      eachOperation(document, (operation, index) => {
        for (const [name, media] of Object.entries({ In: operation['requestBody'], Out: successOf(operation) })) {
          if (media === undefined) continue
          const extracted = `${name}${String(index)}`
          document['components'].schemas[extracted] = media.content['application/json'].schema
          media.content['application/json'].schema = { $ref: `#/components/schemas/${extracted}` }
        }
      }),
  },
  {
    name: 'references written out',
    apply: (document) =>
      eachOperation(document, (operation) => {
        for (const media of [operation['requestBody'], successOf(operation)])
          if (media !== undefined) media.content['application/json'].schema = structuredClone(schemaIn(document, media))
      }),
  },
  {
    name: 'components under other names',
    apply: (document) => {
      const { schemas } = document['components']
      for (const name of Object.keys(schemas)) {
        schemas[`New${name}`] = schemas[name]
        delete schemas[name]
        replaceReferences(document, `#/components/schemas/${name}`, `#/components/schemas/New${name}`)
      }
    },
  },
  {
    name: 'parameters, bodies, responses and headers moved into components',
    apply: (document) => {
      const parts: Json = { parameters: {}, requestBodies: {}, responses: {}, headers: {} }
      const move = (kind: string, name: string, value: Json): Json => {
        parts[kind][name] = value
        return { $ref: `#/components/${kind}/${name}` }
      }
      eachOperation(document, (operation, index) => {
        const success = successOf(operation)
        success['headers']['X-Total'] = move('headers', `Total${String(index)}`, success['headers']['X-Total'])
        operation['parameters'] = operation['parameters'].map((one: Json, at: number) =>
          move('parameters', `P${String(index)}${String(at)}`, one),
        )
        if (operation['requestBody'] !== undefined)
          operation['requestBody'] = move('requestBodies', `B${String(index)}`, operation['requestBody'])
        for (const [status, one] of Object.entries<Json>(operation['responses']))
          operation['responses'][status] = move('responses', `R${String(index)}${status}`, one)
      })
      Object.assign(document['components'], parts)
    },
  },
  {
    name: 'parameters of the path moved to its operations',
    apply: (document) => {
      const item = document['paths']['/things/{id}']
      for (const method of ['put', 'delete']) item[method].parameters.push(...structuredClone(item.parameters))
      delete item.parameters
    },
  },
  {
    name: 'security of the document moved to its operations',
    apply: (document) => {
      eachOperation(document, (operation) => (operation['security'] ??= structuredClone(document['security'] ?? [])))
      delete document['security']
    },
  },
  {
    name: 'security schemes under other names',
    apply: (document) => {
      const { securitySchemes } = document['components']
      securitySchemes.secret = securitySchemes.key
      delete securitySchemes.key
      const renamed = (list: Json[] | undefined) => list?.map((one) => ('key' in one ? { secret: one['key'] } : one))
      if (document['security'] !== undefined) document['security'] = renamed(document['security'])
      eachOperation(document, (operation) => {
        if (operation['security'] !== undefined) operation['security'] = renamed(operation['security'])
      })
    },
  },
  {
    name: 'the prefix of the server moved into the paths',
    apply: (document) => {
      document['servers'] = [{ url: 'https://things.test' }]
      document['paths'] = Object.fromEntries(Object.entries(document['paths']).map(([path, item]) => [`/v1${path}`, item]))
    },
  },
  { name: 'OpenAPI 3.1 instead of 3.0', apply: (document) => (document['openapi'] = '3.1.0') },
  {
    name: 'methods and media types in other letters',
    apply: (document) =>
      eachOperation(document, (operation) => {
        const success = successOf(operation)
        success['content'] = { 'Application/JSON; charset=utf-8': success['content']['application/json'] }
        success['headers'] = { 'x-total': success['headers']['X-Total'] }
        operation['parameters'][1].name = 'x-trace'
      }),
  },
]
