/**
 * What `openapi-diff` is asked: for one operation, a document on each side that holds nothing but the bodies which both sides have, as
 * plain schemas. Bodies, media types and statuses that only one side has are left out, since the tool is wrong about those; parameters,
 * headers and security, since it does not look at them.
 */
import type { OperationKey } from '../../model/change.ts'
import type { ApiDescription, JsonObject, MediaType, Operation } from '../../openapi/types.ts'
import { normalMediaType } from '../media-type.ts'
import { sameJson } from '../same-json.ts'
import type { PlainSchema } from './plain-schema.ts'
import { simplifySchema, type Simplifying } from './simplify-schema.ts'
import { turnDown } from './turn-down.ts'

export interface ComparedOperation {
  readonly base: { readonly api: ApiDescription; readonly operation: Operation }
  readonly head: { readonly api: ApiDescription; readonly operation: Operation }
}

/** The bodies of one operation, by place: `request`, or the response's status. */
export type Bodies = ReadonlyMap<string, PlainSchema>

export interface MiniDocuments {
  readonly operation: OperationKey
  readonly base: Bodies
  readonly head: Bodies
  /** The directions in which the two sides differ. */
  readonly differs: { readonly request: boolean; readonly response: boolean }
}

/** Schemas written out on one side; the tool needs seconds for far fewer. */
const mostSchemas = 1500
/** Characters of a document handed to the tool. */
const mostCharacters = 64 * 1024
const statuses = /^(?:[1-5](?:\d\d|XX)|default)$/

/** The two documents; null when one would be too large to ask about. */
export function miniDocuments(pair: ComparedOperation): MiniDocuments | null {
  const names = new Map<string, string>()
  const room = { base: { left: mostSchemas }, head: { left: mostSchemas } }
  const base = new Map<string, PlainSchema>()
  const head = new Map<string, PlainSchema>()
  for (const { place, direction, media } of sharedBodies(pair)) {
    const to = (side: 'base' | 'head'): Simplifying => ({
      api: pair[side].api,
      direction,
      names,
      room: room[side],
      around: new Set(),
    })
    base.set(place, simplifySchema(to('base'), media.base.schema))
    head.set(place, simplifySchema(to('head'), media.head.schema))
  }
  if (room.base.left < 0 || room.head.left < 0) return null
  const { method, path } = pair.head.operation
  return { operation: { method, path }, base, head, differs: differences(base, head) }
}

/** The question as the tool reads it; null when it is too long. */
export function asOpenapi30(bodies: Bodies): string | null {
  const text = JSON.stringify(documentOf('3.0.3', bodies, turnDown))
  return text.length > mostCharacters ? null : text
}

/** The same as a description that this project's own differ reads. */
export function asDescription(bodies: Bodies): ApiDescription {
  const root = documentOf('3.1.0', bodies, (schema) => ({ ...schema }))
  return {
    path: '',
    version: '3.1',
    root,
    documents: new Map([['', { path: '', text: '', format: 'json', keys: null, value: root }]]),
    problems: [],
  }
}

interface SharedBody {
  readonly place: string
  readonly direction: 'request' | 'response'
  readonly media: { readonly base: MediaType; readonly head: MediaType }
}

function sharedBodies({ base, head }: ComparedOperation): readonly SharedBody[] {
  const request = sharedMedia(base.operation.requestBody?.content ?? [], head.operation.requestBody?.content ?? [])
  const responses = base.operation.responses.flatMap((response) => {
    const other = head.operation.responses.find(({ status }) => status === response.status)
    const media = other === undefined || !statuses.test(response.status) ? null : sharedMedia(response.content, other.content)
    return media === null ? [] : [{ place: response.status, direction: 'response' as const, media }]
  })
  return request === null ? responses : [{ place: 'request', direction: 'request', media: request }, ...responses]
}

/** The first media type that both have, JSON before others. */
function sharedMedia(base: readonly MediaType[], head: readonly MediaType[]): SharedBody['media'] | null {
  const isJson = ({ type }: MediaType): boolean => /[/+]json(?:;|$)/.test(normalMediaType(type))
  for (const one of [...base.filter(isJson), ...base]) {
    const other = head.find(({ type }) => normalMediaType(type) === normalMediaType(one.type))
    if (other !== undefined) return { base: one, head: other }
  }
  return null
}

function differences(base: Bodies, head: Bodies): MiniDocuments['differs'] {
  const changed = [...base].filter(([place, schema]) => !sameJson(schema, head.get(place))).map(([place]) => place)
  return { request: changed.includes('request'), response: changed.some((place) => place !== 'request') }
}

function documentOf(openapi: string, bodies: Bodies, write: (schema: PlainSchema) => JsonObject): JsonObject {
  const content = (schema: PlainSchema) => ({ content: { 'application/json': { schema: write(schema) } } })
  const request = bodies.get('request')
  const responses = [...bodies].filter(([place]) => place !== 'request')
  const operation = {
    ...(request === undefined ? {} : { requestBody: content(request) }),
    responses: {
      default: { description: '' },
      ...Object.fromEntries(responses.map(([status, schema]) => [status, { description: '', ...content(schema) }])),
    },
  }
  return { openapi, info: { title: '', version: '' }, paths: { '/operation': { post: operation } } }
}
