/** A whole description that came or went: one fact, which every operation shares. */
import { rawOperations, rawWebhooks } from '../../openapi/operations.ts'
import { childNode, rootNode } from '../../openapi/nodes.ts'
import type { ApiDescription } from '../../openapi/types.ts'
import { textField } from '../../openapi/values.ts'
import { fact } from '../fact.ts'
import type { Fact } from '../fact.ts'
import { code, counted } from '../words.ts'

/** One fact for each operation at the same place, so that they become one change; one for a description without operations. */
export function wholeFacts(base: ApiDescription | null, head: ApiDescription | null): readonly Fact[] {
  const api = head ?? base
  if (api === null) return []
  const operations = [...rawOperations(api), ...rawWebhooks(api)]
  const root = rootNode(api)
  const title = textField(childNode(root, 'info')?.value, 'title')
  const words = { where: `the API ${code(title ?? api.path)}`, reason: counted(operations.length, 'operation') }
  const at = head === null ? { rule: 'api-removed', base: root } : { rule: 'api-added', head: root, security: 'exposure' as const }
  const keys = operations.length === 0 ? [null] : operations.map(({ key }) => key)
  return keys.map((operation) => fact({ ...at, operation, place: [], words }))
}
