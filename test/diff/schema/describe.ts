/** Builds the smallest descriptions around schemas, and the validator that judges witnesses. */
import type { ValidateFunction } from 'ajv'
import { Ajv2020 } from 'ajv/dist/2020.js'
import addFormats from 'ajv-formats'
import { compareSchemas, contains, createSchemaContext, schemaDigest, witnessOf } from '../../../src/diff/schema/index.ts'
import type { Effect, SchemaFact, SchemaPair, Writer } from '../../../src/diff/schema/index.ts'
import type { ApiDescription, JsonObject, SchemaNode } from '../../../src/openapi/types.ts'

export type Schema = boolean | Record<string, unknown>
export type Components = Readonly<Record<string, Schema>>

export interface Described {
  readonly schema: Schema
  readonly components?: Components
  readonly dialect?: SchemaNode['dialect']
}

const versions = { '2.0': '2.0', '2.0-parameter': '2.0', '3.0': '3.0', '3.1': '3.1' } as const

/** A description with the schema at `/components/schemas/Root`... only as far as the engine reads it. */
export function describe({ schema, components = {}, dialect = '3.1' }: Described): { api: ApiDescription; node: SchemaNode } {
  const root: JsonObject = { openapi: '3.1.0', root: schema, components: { schemas: components }, definitions: components }
  const document = { path: 'api.json', text: JSON.stringify(root), format: 'json' as const, keys: null, value: root }
  const api: ApiDescription = {
    path: 'api.json',
    version: versions[dialect],
    root,
    documents: new Map([['api.json', document]]),
    problems: [],
  }
  return { api, node: { file: 'api.json', pointer: '/root', value: schema, dialect } }
}

export interface Outcome {
  readonly facts: readonly SchemaFact[]
  readonly whole: Effect
  readonly witness: (fact: SchemaFact) => ReturnType<typeof witnessOf>
}

export function compare(base: Described, head: Described, writer: Writer = 'client'): Outcome {
  const [old, now] = [describe(base), describe(head)]
  const context = createSchemaContext(old.api, now.api, { enums: 'tolerant' })
  const pair: SchemaPair = { base: old.node, head: now.node }
  return {
    facts: compareSchemas(context, pair, writer),
    whole: contains(context, old.node, now.node),
    witness: (fact) => witnessOf(context, pair, fact),
  }
}

export function digest(described: Described): string {
  const { api, node } = describe(described)
  return schemaDigest(api, node)
}

/** `aspect effect` of each fact, words for people left out, sorted. */
export function summary({ facts }: Outcome): string[] {
  return facts
    .filter((fact) => !fact.guards.docsOnly)
    .map((fact) => [...fact.path, `${fact.aspect} ${fact.effect}`].join('/'))
    .sort()
}

/** ajv's judgement of a 3.1 schema. */
export function validator({ schema, components = {} }: Described): ValidateFunction {
  const ajv = new Ajv2020({ strict: false, allErrors: false, unicodeRegExp: true })
  addFormats.default(ajv)
  const root = { $id: 'https://test.example/api', components: { schemas: components }, root: schema }
  ajv.addSchema(root)
  const validate = ajv.getSchema('https://test.example/api#/root')
  if (validate === undefined) throw new Error('ajv does not know the schema.')
  return validate
}
