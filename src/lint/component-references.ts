/** Which components refer to which, within one document: as pointers, read from what is written. */
import { childPointer } from '../openapi/json-pointer.ts'
import { rawOperations, rawWebhooks } from '../openapi/operations.ts'
import type { RawOperation } from '../openapi/operations.ts'
import type { ApiDescription } from '../openapi/types.ts'
import { field, isList, isObject, objectField, textField } from '../openapi/values.ts'

/** Root members of Swagger 2.0 that hold components. */
export const swaggerSections = ['definitions', 'parameters', 'responses']

/** Maps and lists within each other. */
const maxDepth = 600

/** `/components/schemas/User/properties/x` gives `/components/schemas/User`; null outside components. */
export function componentPointer(pointer: string): string | null {
  const tokens = pointer.split('/')
  if (tokens[1] === 'components' && tokens.length >= 4) return tokens.slice(0, 4).join('/')
  return swaggerSections.includes(tokens[1] ?? '') && tokens.length >= 3 ? tokens.slice(0, 3).join('/') : null
}

/** Pointers that the references in a value lead to; those into other files are left out. */
export function localReferences(value: unknown, depth = 0): readonly string[] {
  if (typeof value !== 'object' || value === null || depth > maxDepth) return []
  const ref = textField(value, '$ref')
  const own = ref?.startsWith('#/') === true ? [decoded(ref.slice(1))] : []
  const below = isList(value) ? value : Object.values(value)
  return [...own, ...below.flatMap((child) => localReferences(child, depth + 1))]
}

function decoded(pointer: string): string {
  try {
    return decodeURIComponent(pointer)
  } catch {
    return pointer
  }
}

/** Operations found for one question; a shared component has no need of more to show what it is used for. */
const maxUsers = 40

/** Operations that reach one of the components by references, in document order. */
export function usersOf(api: ApiDescription, components: ReadonlySet<string>): readonly RawOperation[] {
  const reaching = referrersOf(api, components)
  const reaches = (value: unknown): boolean => localReferences(value).some((pointer) => reaching.has(componentPointer(pointer) ?? ''))
  const users: RawOperation[] = []
  for (const raw of [...rawOperations(api), ...rawWebhooks(api)]) {
    if (users.length < maxUsers && (reaches(raw.node.value) || reaches(raw.pathItem.value['parameters']))) users.push(raw)
  }
  return users
}

/** The components, and all from which references lead to them. */
function referrersOf(api: ApiDescription, components: ReadonlySet<string>): ReadonlySet<string> {
  const referrers = new Map<string, string[]>()
  const values = new Map(componentsOf(api))
  for (const [pointer, value] of values) {
    for (const target of localReferences(value)) {
      const component = componentPointer(target)
      if (component === null) continue
      referrers.set(component, [...(referrers.get(component) ?? []), pointer])
      // Who names a parent with a discriminator may mean any of its subtypes.
      if (field(values.get(component), 'discriminator') !== undefined)
        referrers.set(pointer, [...(referrers.get(pointer) ?? []), component])
    }
  }
  const reaching = new Set(components)
  for (const component of reaching) for (const referrer of referrers.get(component) ?? []) reaching.add(referrer)
  return reaching
}

function componentsOf({ root }: ApiDescription): readonly (readonly [string, unknown])[] {
  const inside = Object.entries(objectField(root, 'components') ?? {}).map(
    ([section, entries]) => [childPointer('/components', section), entries] as const,
  )
  const outside = swaggerSections.map((section) => [`/${section}`, root[section]] as const)
  return [...inside, ...outside].flatMap(([above, entries]) =>
    isObject(entries) ? Object.entries(entries).map(([name, value]) => [childPointer(above, name), value] as const) : [],
  )
}
