/** Edits that mean something, each with what must be found. They change the document they are given. */
import { operationIn, schemaIn, successOf, type Json } from './generate.ts'

export interface Edit {
  readonly name: string
  readonly apply: (document: Json, key: string) => void
  /** The rules that may answer; at least one must. */
  readonly rules: readonly string[]
  /** The worst class among the answers. */
  readonly class: 'breaking' | 'dangerous' | 'nonbreaking' | 'docs'
  readonly security?: 'weakening' | 'strengthening' | 'exposure'
  /** Only operations with a request body. */
  readonly needsBody?: true
}

const request = (document: Json, key: string): Json => schemaIn(document, operationIn(document, key)['requestBody'])
const response = (document: Json, key: string): Json => schemaIn(document, successOf(operationIn(document, key)))
const without = (list: string[], name: string): string[] => list.filter((one) => one !== name)

export const edits: readonly Edit[] = [
  {
    name: 'an operation is removed',
    apply: (document, key) => {
      const [method = '', path = ''] = key.split(' ')
      delete document['paths'][path][method.toLowerCase()]
    },
    rules: ['operation-removed'],
    class: 'breaking',
  },
  {
    name: 'a required parameter is added',
    apply: (document, key) =>
      operationIn(document, key)['parameters'].push({ name: 'page', in: 'query', required: true, schema: { type: 'integer' } }),
    rules: ['request-required-parameter-added'],
    class: 'breaking',
  },
  {
    name: 'an optional parameter is added',
    apply: (document, key) => operationIn(document, key)['parameters'].push({ name: 'page', in: 'query', schema: { type: 'integer' } }),
    rules: ['request-parameter-added'],
    class: 'nonbreaking',
  },
  {
    name: 'a parameter is removed',
    apply: (document, key) => operationIn(document, key)['parameters'].shift(),
    rules: ['request-parameter-removed'],
    class: 'dangerous',
  },
  {
    name: 'a parameter becomes required',
    apply: (document, key) => (operationIn(document, key)['parameters'][0].required = true),
    rules: ['request-parameter-became-required'],
    class: 'breaking',
  },
  {
    name: 'a status is removed',
    apply: (document, key) => {
      const { responses } = operationIn(document, key)
      delete responses[200]
      delete responses[201]
    },
    rules: ['response-status-removed'],
    class: 'breaking',
  },
  {
    name: 'a required header is removed',
    apply: (document, key) => delete successOf(operationIn(document, key))['headers'],
    rules: ['response-required-header-removed'],
    class: 'breaking',
  },
  {
    name: 'a media type is removed',
    apply: (document, key) => delete successOf(operationIn(document, key))['content'],
    rules: ['response-media-type-removed'],
    class: 'breaking',
  },
  {
    name: 'a request property becomes required',
    apply: (document, key) => (request(document, key)['required'] = ['name', 'kind']),
    rules: ['request-property-became-required'],
    class: 'breaking',
    needsBody: true,
  },
  {
    name: 'a request gets an optional property',
    apply: (document, key) => (request(document, key)['properties'].fresh = { type: 'string' }),
    rules: ['request-property-added'],
    class: 'nonbreaking',
    needsBody: true,
  },
  {
    name: 'a value leaves an enum of a request',
    apply: (document, key) => (request(document, key)['properties'].kind.enum = ['plain']),
    rules: ['request-enum-value-removed'],
    class: 'breaking',
    needsBody: true,
  },
  {
    name: 'a text of a request becomes shorter',
    apply: (document, key) => (request(document, key)['properties'].name.maxLength = 10),
    rules: ['request-max-length-narrowed'],
    class: 'breaking',
    needsBody: true,
  },
  {
    name: 'a request body becomes required',
    apply: (document, key) => (operationIn(document, key)['requestBody'].required = true),
    rules: ['request-body-became-required'],
    class: 'breaking',
    needsBody: true,
  },
  {
    name: 'a response loses a required property',
    apply: (document, key) => {
      const schema = response(document, key)
      delete schema['properties'].name
      schema['required'] = without(schema['required'], 'name')
    },
    rules: ['response-property-removed'],
    class: 'breaking',
  },
  {
    name: 'a value joins an enum of a response',
    apply: (document, key) => response(document, key)['properties'].kind.enum.push('square'),
    rules: ['response-enum-value-added'],
    class: 'dangerous',
  },
  {
    name: 'a property of a response gets another type',
    apply: (document, key) => (response(document, key)['properties'].name = { type: 'integer' }),
    rules: ['response-type-changed'],
    class: 'breaking',
  },
  {
    name: 'an operation lets everybody in',
    apply: (document, key) => {
      operationIn(document, key)['security'] = []
    },
    rules: ['operation-security-weakened'],
    class: 'nonbreaking',
    security: 'weakening',
  },
  {
    name: 'an operation asks for more',
    apply: (document, key) => (operationIn(document, key)['security'] = [{ key: [], token: [] }]),
    rules: ['operation-security-strengthened'],
    class: 'breaking',
    security: 'strengthening',
  },
  {
    name: 'words change',
    apply: (document, key) => (operationIn(document, key)['summary'] = 'In other words'),
    rules: ['operation-documentation-changed'],
    class: 'docs',
  },
]
