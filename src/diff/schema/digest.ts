/** placeholder */
import type { ApiDescription, SchemaNode } from '../../openapi/types.ts'
import { hashHex } from '../hash.ts'
export function schemaDigest(_api: ApiDescription, node: SchemaNode): string {
  return hashHex(JSON.stringify(node.value))
}
