/** Which named component a place stands in. */

export interface ComponentPlace {
  /** `schemas/User`; the file's path for a file that is a schema itself. */
  readonly name: string
  /** The place is the component itself. */
  readonly root: boolean
}

/** OpenAPI 3 components, Swagger 2.0 definitions, parameters and responses at the document's root. */
const componentPointer = /^\/(?:components\/([^/]+)|(definitions|parameters|responses))\/([^/]+)(.*)$/s

const remembered = new WeakMap<object, ComponentPlace | null>()

/** The same for a node that is asked about again and again. */
export function componentOf(node: { readonly pointer: string }): ComponentPlace | null {
  let component = remembered.get(node)
  if (component === undefined) remembered.set(node, (component = componentAt(node)))
  return component
}

/** The innermost named component; null for what is written inline. */
export function componentAt(place: { readonly pointer: string } | null): ComponentPlace | null {
  const match = place === null ? null : componentPointer.exec(place.pointer)
  if (match === null) return null
  const [, section = 'schemas', legacy, name = '', rest = ''] = match
  const group = legacy === undefined || legacy === 'definitions' ? section : legacy
  return { name: `${group}/${name.replaceAll('~1', '/').replaceAll('~0', '~')}`, root: rest === '' }
}
