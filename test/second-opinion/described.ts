/** Descriptions for the tests of this folder, in their shortest form. */
import type { ComparedApi } from '../../src/diff/second-opinion/second-opinion.ts'
import { diffDescriptions } from '../../src/diff/diff.ts'
import { readDescription } from '../../src/openapi/read.ts'
import type { ApiDescription } from '../../src/openapi/types.ts'

export type Json = Record<string, unknown>

export function read(value: Json): ApiDescription {
  const result = readDescription({ text: JSON.stringify(value), path: 'openapi.json' })
  if (!('api' in result)) throw new Error(result.problems.map(({ message }) => message).join(' '))
  return result.api
}

/** One operation with a body in each direction. */
export function order(bodies: { request?: unknown; response?: unknown }, rest: Json = {}): Json {
  const content = (schema: unknown): Json => ({ content: { 'application/json': { schema } } })
  return {
    openapi: '3.1.0',
    info: { title: 'Orders', version: '1' },
    paths: {
      '/orders': {
        post: {
          ...(bodies.request === undefined ? {} : { requestBody: content(bodies.request) }),
          responses: { '200': { description: 'ok', ...(bodies.response === undefined ? {} : content(bodies.response)) } },
        },
      },
    },
    ...rest,
  }
}

/** What `secondOpinion` reads, from two documents. */
export function compared(base: Json, head: Json): ComparedApi {
  const sides = { base: read(base), head: read(head) }
  return { api: 'orders', ...sides, changes: diffDescriptions(sides.base, sides.head).changes }
}
