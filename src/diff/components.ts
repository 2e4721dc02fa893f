/** Which shared component a place belongs to. */
import { tokensOf } from '../openapi/json-pointer.ts'
import type { Node } from '../openapi/types.ts'
import { code } from './words.ts'

/** Swagger 2.0's maps of components, in the words of OpenAPI 3. */
const swaggerSections: Readonly<Record<string, string>> = {
  definitions: 'schemas',
  parameters: 'parameters',
  responses: 'responses',
  securityDefinitions: 'securitySchemes',
}

/** `schemas/User`, or null for a place outside all components. */
export function componentAt(node: Node | null): string | null {
  if (node === null) return null
  const [first = '', second = '', third] = tokensOf(node.pointer)
  if (first === 'components' && third !== undefined) return `${second}/${third}`
  const section = swaggerSections[first]
  return section !== undefined && second !== '' ? `${section}/${second}` : null
}

/** ``schema `Order` ``, ``component `responses/NotFound` ``. */
export function componentName(component: string): string {
  const slash = component.indexOf('/')
  return component.slice(0, slash) === 'schemas' ? `schema ${code(component.slice(slash + 1))}` : `component ${code(component)}`
}
