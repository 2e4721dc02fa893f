/** The media types of a Swagger 2.0 operation: its own `consumes` or `produces`, else the document's. */
import { itemNodes, rootNode } from './nodes.ts'
import type { ApiDescription, Node } from './types.ts'
import { field } from './values.ts'

export interface MimeType {
  readonly type: string
  /** Where it is written; null when it is a default. */
  readonly at: Node | null
}

interface Wanted {
  readonly list: 'consumes' | 'produces'
  /** What is assumed when nothing is written. Swagger 2.0 does not say; JSON is what its tools assume. */
  readonly otherwise: string
}

/** The types in effect. An empty list of the operation clears the document's, as the specification says. */
export function mimeTypes(api: ApiDescription, operation: Node, { list, otherwise }: Wanted): readonly MimeType[] {
  const owner = Array.isArray(field(operation.value, list)) ? operation : rootNode(api)
  const written = itemNodes(api, owner, list).flatMap((node) => (typeof node.value === 'string' ? [{ type: node.value, at: node }] : []))
  return written.length > 0 ? written : [{ type: otherwise, at: null }]
}
