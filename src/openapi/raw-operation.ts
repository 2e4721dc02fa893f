/** An operation as written: nothing merged, nothing followed but the path item's own `$ref`. */
import type { OperationKey } from '../model/change.ts'
import type { JsonObject, Node, Operation } from './types.ts'

export interface RawOperation {
  readonly kind: Operation['kind']
  readonly key: OperationKey
  readonly node: Node<JsonObject>
  readonly pathItem: Node<JsonObject>
  /** How many callbacks it stands in. */
  readonly nesting: number
}
