/**
 * GitHub's own OpenAPI description as a judge: does a request or an answer keep to it? Used by the stand-in for GitHub on every
 * request that comes in and every answer that goes out, and by `validatingFetch` over any other transport (nock, a real GitHub).
 * Stricter than GitHub on purpose: unknown body keys and unknown query names are violations, because they are typing mistakes.
 */
import { readFileSync } from 'node:fs'
import { Ajv, type ErrorObject, type ValidateFunction } from 'ajv'
import addFormatsModule from 'ajv-formats'

export interface Violation {
  /** `GET /repos/acme/shop/pulls/1/files`. */
  readonly request: string
  readonly where: 'operation' | 'path' | 'query' | 'body' | 'response'
  readonly message: string
}

interface ObservedRequest {
  readonly method: string
  /** Path below the API's root, percent-encoded as it was sent. */
  readonly path: string
  readonly query: URLSearchParams
  /** The parsed JSON body; `undefined` when nothing was sent. */
  readonly body: unknown
}

export interface MatchedRequest {
  /** `pulls/list-files`; null when the description has no such operation. */
  readonly operationId: string | null
  /** Decoded path parameters by name. */
  readonly parameters: Readonly<Record<string, string>>
  readonly violations: readonly Violation[]
  /** False for the operations GitHub does not offer to installation tokens. */
  readonly enabledForApps: boolean
}

type Json = null | boolean | number | string | Json[] | { [key: string]: Json }
type JsonMap = { [key: string]: Json }

interface Parameter {
  name: string
  in: string
  required: boolean
  multiSegment: boolean
  /** JSON pointer of the schema in the document. */
  schemaPointer: string
}

interface Operation {
  id: string
  method: string
  pointer: string
  pattern: RegExp
  literals: number
  pathNames: string[]
  parameters: Parameter[]
  body: { pointer: string; required: boolean } | null
  responses: JsonMap
  enabledForApps: boolean
}

const documentId = 'github'
const perPageLimit = 100

/** The committed part of GitHub's description: the operations the app may call, and no other. */
export function loadDescription(): GitHubDescription {
  return new GitHubDescription(JSON.parse(readFileSync(new URL('github-openapi.json', import.meta.url), 'utf8')) as JsonMap)
}

/** What the app asks of one version of GitHub Enterprise Server, as that version describes it. */
export function loadEnterpriseDescription(version: string): GitHubDescription {
  return new GitHubDescription(JSON.parse(readFileSync(new URL(`github-openapi-ghes-${version}.json`, import.meta.url), 'utf8')) as JsonMap)
}

export class GitHubDescription {
  readonly #document: JsonMap
  readonly #operations: Operation[]
  readonly #validators = new Map<string, ValidateFunction>()
  readonly #values: Ajv
  readonly #bodies: Ajv
  readonly #answers: Ajv

  constructor(document: JsonMap) {
    this.#document = document
    this.#operations = listOperations(document).sort((left, right) => right.literals - left.literals)
    this.#values = judge(document, { open: true, coerceTypes: true })
    this.#bodies = judge(document, { open: false, coerceTypes: false })
    this.#answers = judge(document, { open: true, coerceTypes: false })
  }

  /** Every operation id of the description, sorted. */
  get operationIds(): string[] {
    return this.#operations.map(({ id }) => id).sort()
  }

  /** Finds the operation and says everything that is wrong with the request. */
  checkRequest(request: ObservedRequest): MatchedRequest {
    const named = `${request.method} ${request.path}`
    const operation = this.#operations.find(({ method, pattern }) => method === request.method && pattern.test(request.path))
    if (operation === undefined) {
      const message = 'is not an operation of the committed part of GitHub’s description'
      return { operationId: null, parameters: {}, violations: [{ request: named, where: 'operation', message }], enabledForApps: true }
    }
    const parameters = pathParameters(operation, request.path)
    const wrong = [
      ...this.#checkPath(operation, parameters),
      ...this.#checkQuery(operation, request.query),
      ...this.#checkBody(operation, request.body),
    ]
    const violations = wrong.map((violation) => ({ request: named, ...violation }))
    return { operationId: operation.id, parameters, violations, enabledForApps: operation.enabledForApps }
  }

  /** Says what is wrong with an answer. A 2xx status must be documented; errors are checked only where GitHub describes their body. */
  checkResponse(operationId: string, answer: { status: number; mediaType: string; body: unknown }): Violation[] {
    const operation = this.#operations.find(({ id }) => id === operationId)
    if (operation === undefined) return []
    const violation = (message: string): Violation => ({ request: `${operation.method} ${operation.id}`, where: 'response', message })
    const documented = operation.responses[String(answer.status)]
    if (documented === undefined) return answer.status < 300 ? [violation(`status ${answer.status} is not documented`)] : []
    const [pointer, response] = this.#dereference(`${operation.pointer}/responses/${answer.status}`, documented)
    const content = asMap(asMap(response)['content'])
    const described = Object.keys(content).find((type) => type.split(';')[0] === answer.mediaType)
    if (described === undefined || typeof answer.body === 'string') return []
    const validate = this.#validator(this.#answers, `${pointer}/content/${escapeSegment(described)}/schema`)
    return validate(answer.body) ? [] : explain(validate.errors).map((message) => violation(`${answer.status} ${message}`))
  }

  #checkPath(operation: Operation, values: Readonly<Record<string, string>>): Omit<Violation, 'request'>[] {
    return operation.parameters
      .filter((parameter) => parameter.in === 'path')
      .flatMap((parameter) =>
        this.#checkValue(parameter, values[parameter.name] ?? '').map((message) => ({ where: 'path' as const, message })),
      )
  }

  #checkQuery(operation: Operation, query: URLSearchParams): Omit<Violation, 'request'>[] {
    const messages: string[] = []
    for (const [name, value] of query) {
      const parameter = operation.parameters.find((candidate) => candidate.in === 'query' && candidate.name === name)
      if (parameter === undefined) messages.push(`\`${name}\` is not a query parameter of ${operation.id}`)
      else messages.push(...this.#checkValue(parameter, value))
      if (name === 'per_page' && !(Number(value) >= 1 && Number(value) <= perPageLimit))
        messages.push(`\`per_page\` is ${value}; GitHub gives at most ${perPageLimit}`)
    }
    for (const parameter of operation.parameters) {
      if (parameter.in === 'query' && parameter.required && !query.has(parameter.name)) messages.push(`\`${parameter.name}\` is missing`)
    }
    return messages.map((message) => ({ where: 'query', message }))
  }

  #checkValue(parameter: Parameter, value: string): string[] {
    const validate = this.#validator(this.#values, parameter.schemaPointer)
    return validate({ value }.value) ? [] : explain(validate.errors).map((message) => `\`${parameter.name}\` (${value}): ${message}`)
  }

  #checkBody(operation: Operation, body: unknown): Omit<Violation, 'request'>[] {
    const messages = this.#bodyMessages(operation, body)
    return messages.map((message) => ({ where: 'body', message }))
  }

  #bodyMessages(operation: Operation, body: unknown): string[] {
    if (operation.body === null) return body === undefined ? [] : [`${operation.id} takes no body`]
    if (body === undefined) return operation.body.required ? ['is missing'] : []
    const validate = this.#validator(this.#bodies, operation.body.pointer)
    return validate(body) ? [] : explain(validate.errors)
  }

  #validator(ajv: Ajv, pointer: string): ValidateFunction {
    const key = `${ajv === this.#values ? 'value' : ajv === this.#bodies ? 'body' : 'answer'} ${pointer}`
    const known = this.#validators.get(key)
    if (known !== undefined) return known
    const made = ajv.compile({ $ref: `${documentId}#${pointer.split('/').map(encodeURIComponent).join('/')}` })
    this.#validators.set(key, made)
    return made
  }

  #dereference(pointer: string, value: Json): [string, Json] {
    const reference = asMap(value)['$ref']
    if (typeof reference !== 'string') return [pointer, value]
    return [reference.slice(1), lookUp(this.#document, reference.slice(1))]
  }
}

/**
 * A `fetch` that judges every request and answer on its way, for Octokit's `request.fetch`. `base` is the API's root as the
 * caller addresses it (`https://api.github.com`, `http://127.0.0.1:PORT/api/v3`); requests elsewhere pass unjudged.
 */
export function validatingFetch(
  description: GitHubDescription,
  { base, onViolation, inner = fetch }: { base: string; onViolation: (violations: readonly Violation[]) => void; inner?: typeof fetch },
): typeof fetch {
  return async (input, init) => {
    const request = new Request(input, init)
    if (!request.url.startsWith(`${base}/`)) return inner(request)
    const url = new URL(request.url)
    const text = await request.clone().text()
    const observed = {
      method: request.method,
      path: url.pathname.slice(new URL(`${base}/`).pathname.length - 1),
      query: url.searchParams,
      body: text === '' ? undefined : (JSON.parse(text) as unknown),
    }
    const { operationId, violations } = description.checkRequest(observed)
    const answer = await inner(request)
    const mediaType = (answer.headers.get('content-type') ?? '').split(';')[0] ?? ''
    const judged =
      operationId !== null && mediaType === 'application/json'
        ? description.checkResponse(operationId, { status: answer.status, mediaType, body: await answer.clone().json() })
        : []
    if (violations.length + judged.length > 0) onViolation([...violations, ...judged])
    return answer
  }
}

function listOperations(document: JsonMap): Operation[] {
  const operations: Operation[] = []
  for (const [template, item] of Object.entries(asMap(document['paths']))) {
    for (const [method, operation] of Object.entries(asMap(item)))
      operations.push(describeOperation(document, { template, method, operation: asMap(operation) }))
  }
  return operations
}

function describeOperation(
  document: JsonMap,
  { template, method, operation }: { template: string; method: string; operation: JsonMap },
): Operation {
  const pointer = `/paths/${escapeSegment(template)}/${method}`
  const written = Array.isArray(operation['parameters']) ? operation['parameters'] : []
  const parameters = written.map((parameter, index) => describeParameter(document, `${pointer}/parameters/${index}`, parameter))
  const body = asMap(operation['requestBody'])
  const json = asMap(body['content'])['application/json']
  return {
    id: textOf(operation['operationId']),
    method: method.toUpperCase(),
    pointer,
    pattern: pathPattern(template, parameters),
    literals: template.split('/').filter((segment) => !segment.includes('{')).length,
    pathNames: [...template.matchAll(/\{([^}]+)\}/g)].map((found) => found[1] ?? ''),
    parameters,
    body:
      json === undefined
        ? null
        : { pointer: `${pointer}/requestBody/content/application~1json/schema`, required: body['required'] === true },
    responses: asMap(operation['responses']),
    enabledForApps: asMap(operation['x-github'])['enabledForGitHubApps'] !== false,
  }
}

function describeParameter(document: JsonMap, pointer: string, written: Json): Parameter {
  const reference = asMap(written)['$ref']
  const place = typeof reference === 'string' ? reference.slice(1) : pointer
  const parameter = asMap(lookUp(document, place))
  return {
    name: textOf(parameter['name']),
    in: textOf(parameter['in']),
    required: parameter['required'] === true,
    multiSegment: parameter['x-multi-segment'] === true,
    schemaPointer: `${place}/schema`,
  }
}

/** `contents/{path}` and its like span slashes: `x-multi-segment` in GitHub's description. */
function pathPattern(template: string, parameters: readonly Parameter[]): RegExp {
  const source = template
    .split(/(\{[^}]+\})/)
    .map((part) => {
      if (!part.startsWith('{')) return part.replace(/[.*+?^${}()|[\]\\]/g, '\\$&')
      const multi = parameters.some(({ name, multiSegment }) => multiSegment && `{${name}}` === part)
      return multi ? '(.*)' : '([^/]+)'
    })
    .join('')
  // Octokit leaves out the slash before an empty last part: `contents` is the root folder.
  return new RegExp(`^${source.replace(/\/\(\.\*\)$/, '(?:/(.*))?')}$`)
}

function pathParameters(operation: Operation, path: string): Record<string, string> {
  const values = operation.pattern.exec(path)?.slice(1) ?? []
  return Object.fromEntries(operation.pathNames.map((name, index) => [name, decode(values[index] ?? '')]))
}

function decode(text: string): string {
  try {
    return decodeURIComponent(text)
  } catch {
    return text
  }
}

/** The whole description as one JSON Schema document that other schemas refer into. */
function judge(document: JsonMap, { open, coerceTypes }: { open: boolean; coerceTypes: boolean }): Ajv {
  const ajv = new Ajv({ strict: false, allErrors: true, coerceTypes, validateSchema: false, logger: false })
  addFormatsModule.default(ajv)
  ajv.addSchema(toJsonSchema(document, open) as JsonMap, documentId)
  return ajv
}

/** OpenAPI 3.0 to JSON Schema: `nullable` becomes a second branch; where objects are closed, unknown keys are errors. */
function toJsonSchema(value: Json, open: boolean): Json {
  if (Array.isArray(value)) return value.map((item) => toJsonSchema(item, open))
  if (typeof value !== 'object' || value === null) return value
  const { nullable, ...rest } = value
  const schema = Object.fromEntries(Object.entries(rest).map(([key, child]) => [key, toJsonSchema(child, open)]))
  const closed = !open && isPlainObjectSchema(schema) ? { ...schema, additionalProperties: false } : schema
  return nullable === true ? { anyOf: [closed, { type: 'null' }] } : closed
}

function isPlainObjectSchema(schema: JsonMap): boolean {
  const composed = ['oneOf', 'anyOf', 'allOf', 'additionalProperties'].some((key) => Object.hasOwn(schema, key))
  return schema['type'] === 'object' && Object.hasOwn(schema, 'properties') && !composed
}

function explain(errors: ErrorObject[] | null | undefined): string[] {
  return (errors ?? []).map(({ instancePath, message, params }) => `${instancePath} ${message ?? ''} ${detail(params)}`.trim())
}

function detail(params: Record<string, unknown>): string {
  const told = params['additionalProperty'] ?? params['allowedValues']
  return told === undefined ? '' : `(${JSON.stringify(told)})`
}

function lookUp(document: Json, pointer: string): Json {
  return pointer
    .split('/')
    .slice(1)
    .reduce<Json>(
      (value, segment) => (Array.isArray(value) ? value[Number(segment)] : asMap(value)[unescapeSegment(segment)]) ?? null,
      document,
    )
}

function escapeSegment(segment: string): string {
  return segment.replaceAll('~', '~0').replaceAll('/', '~1')
}

function unescapeSegment(segment: string): string {
  return segment.replaceAll('~1', '/').replaceAll('~0', '~')
}

function textOf(value: Json | undefined): string {
  return typeof value === 'string' ? value : ''
}

function asMap(value: Json | undefined): JsonMap {
  return typeof value === 'object' && value !== null && !Array.isArray(value) ? value : {}
}
