/** Small descriptions for tests: a test states only what differs. */
import { diffDescriptions } from '../../src/diff/diff.ts'
import type { DiffOptions } from '../../src/diff/diff.ts'
import type { UnplacedChange } from '../../src/model/change.ts'
import { readDescription } from '../../src/openapi/read.ts'
import type { ApiDescription } from '../../src/openapi/types.ts'

/** A description from a value or a text; `files` are the others of a multi-file one. */
export function api(content: unknown, files: Record<string, string> = {}, path = 'openapi.yaml'): ApiDescription {
  const result = readDescription({ text: typeof content === 'string' ? content : JSON.stringify(content), path, files })
  if (!('api' in result)) throw new Error(result.problems[0]?.message ?? 'unreadable')
  return result.api
}

/** A description with these parts besides the obligatory ones. */
export function document(parts: Record<string, unknown>, openapi = '3.1.0'): Record<string, unknown> {
  return { openapi, info: { title: 'Orders', version: '1.0.0' }, paths: {}, ...parts }
}

export function getting(schema: unknown): Record<string, unknown> {
  return { get: { responses: { '200': { description: 'Done', content: { 'application/json': { schema } } } } } }
}

export function posting(schema: unknown): Record<string, unknown> {
  return { post: { requestBody: { content: { 'application/json': { schema } } }, responses: { '204': { description: 'Done' } } } }
}

export function changes(base: unknown, head: unknown, options: DiffOptions = {}): readonly UnplacedChange[] {
  return diffDescriptions(api(base), api(head), options).changes
}

/** `class rule` of each change. */
export function verdicts(base: unknown, head: unknown, options: DiffOptions = {}): string[] {
  return changes(base, head, options).map((change) => `${change.class} ${change.rule}`)
}
