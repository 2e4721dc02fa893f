/** Turns a description into what rules look at: effective operations, webhooks and callbacks of the scope, and the parts to read as text. */
import { effectiveOperation, rawOperations, rawWebhooks } from '../openapi/operations.ts'
import type { RawOperation } from '../openapi/operations.ts'
import type { ApiDescription, Node, Operation } from '../openapi/types.ts'
import { isObject, listField, textField } from '../openapi/values.ts'
import type { Described, RuleSettings } from './described.ts'
import type { Excerpt } from './team/excerpt.ts'
import { isPublicByNature } from '../sensitive/public-operations.ts'

/** What of a side is looked at. */
export interface Scope {
  readonly operations: readonly RawOperation[]
  readonly parts: readonly Node[]
  readonly excerpt: Excerpt | null
}

/** All of it. */
export function wholeScope(api: ApiDescription): Scope {
  const parts = [...api.documents.values()].map(({ path, value }) => ({ file: path, pointer: '', value }))
  return { operations: [...rawOperations(api), ...rawWebhooks(api)], parts, excerpt: null }
}

/** The description as rules see it, within the scope. */
export function describe(api: ApiDescription, scope: Scope, settings: RuleSettings): Described {
  const called = scope.operations.map((raw) => effectiveOperation(api, raw))
  return {
    api,
    operations: called.flatMap(withCallbacks),
    parts: scope.parts,
    excerpt: scope.excerpt,
    protection: protectionOf(api),
    settings,
  }
}

function withCallbacks(operation: Operation): readonly Operation[] {
  return [operation, ...operation.callbacks.flatMap(withCallbacks)]
}

/** Whether some operation requires a credential. Reads only what is written, so it is cheap for any size. */
export function protectionOf(api: ApiDescription): Described['protection'] {
  const required = demandsCredential(api.root) || rawOperations(api).some(({ node }) => demandsCredential(node.value))
  if (required) return 'some'
  const asks = rawOperations(api).some(
    ({ node, key }) => !isPublicByNature({ method: key.method, path: key.path, operationId: textField(node.value, 'operationId') }),
  )
  return asks ? 'none' : 'not needed'
}

function demandsCredential(holder: unknown): boolean {
  return listField(holder, 'security').some((alternative) => isObject(alternative) && Object.keys(alternative).length > 0)
}
