/**
 * What of a large description a team's rules get to see when only a part can have changed: operations in scope with all components that they reach on
 * either side, and for the few rules that compare operations with each other a skeleton of all of them. Places stay what they are.
 */
import { tokensOf } from '../../openapi/json-pointer.ts'
import type { RawOperation } from '../../openapi/operations.ts'
import type { ApiDescription, JsonObject, Node } from '../../openapi/types.ts'
import { isObject, objectField } from '../../openapi/values.ts'
import { componentPointer, localReferences, swaggerSections } from '../component-references.ts'

export interface Excerpt {
  /** Operations in scope, their components, and everything at document level. */
  readonly local: JsonObject
  /** All operations, reduced to what tells them apart; components by name only. */
  readonly skeleton: JsonObject
}

/** What of one side is in scope. */
export interface ExcerptScope {
  readonly api: ApiDescription
  readonly operations: readonly RawOperation[]
  readonly parts: readonly Node[]
}

/**
 * The excerpts of both sides, made when a rule looks at them: a team without rules of its own pays nothing. Components count when either
 * side reaches them, so that an old component newly reached is seen on both.
 */
export function excerpts(head: ExcerptScope, base: ExcerptScope): { readonly head: Excerpt; readonly base: Excerpt } {
  let known: ReadonlySet<string> | null = null
  const kept = (): ReadonlySet<string> => (known ??= new Set([...reachedComponents(head), ...reachedComponents(base)]))
  return { head: excerptOf(head, kept), base: excerptOf(base, kept) }
}

function excerptOf(scope: ExcerptScope, kept: () => ReadonlySet<string>): Excerpt {
  let local: JsonObject | null = null
  let skeleton: JsonObject | null = null
  return {
    get local() {
      return (local ??= localRoot(scope, kept()))
    },
    get skeleton() {
      return (skeleton ??= skeletonRoot(scope.api.root))
    },
  }
}

/** Pointers of the components that lie in the scope's parts or are reached from it by references. */
function reachedComponents({ api, operations, parts }: ExcerptScope): ReadonlySet<string> {
  const reached = new Set<string>()
  const waiting: unknown[] = [...operations.flatMap(({ node, pathItem }) => [node.value, pathItem.value['parameters']])]
  const reach = (pointer: string): void => {
    const component = componentPointer(pointer)
    if (component === null || reached.has(component)) return
    reached.add(component)
    waiting.push(valueAt(api.root, component))
  }
  for (const { pointer } of parts) reach(pointer)
  for (let value = waiting.pop(); waiting.length > 0 || value !== undefined; value = waiting.pop()) {
    for (const pointer of localReferences(value)) reach(pointer)
  }
  return reached
}

function valueAt(root: unknown, pointer: string): unknown {
  let value = root
  for (const token of tokensOf(pointer)) value = isObject(value) && Object.hasOwn(value, token) ? value[token] : undefined
  return value
}

/** Extensions that did not change are left out: rules see them on both sides or on neither. */
function localRoot({ api: { root }, operations, parts }: ExcerptScope, kept: ReadonlySet<string>): JsonObject {
  const changed = new Set(parts.map(({ pointer }) => tokensOf(pointer)[0]))
  const excerpt: Record<string, unknown> = Object.fromEntries(
    Object.entries(root).filter(([key]) => !key.startsWith('x-') || changed.has(key)),
  )
  for (const section of ['paths', 'webhooks']) if (isObject(root[section])) excerpt[section] = pathItems(root[section], section, operations)
  for (const section of swaggerSections) if (isObject(root[section])) excerpt[section] = only(root[section], `/${section}`, kept)
  const components = objectField(root, 'components')
  if (components !== null) {
    excerpt['components'] = mapValues(components, (entries, section) =>
      section === 'securitySchemes' || !isObject(entries) ? entries : only(entries, `/components/${section}`, kept),
    )
  }
  return excerpt
}

/** Path items with the operations in scope; those that stand behind a reference are kept whole. */
function pathItems(written: JsonObject, section: string, operations: readonly RawOperation[]): JsonObject {
  const methods = new Map<string, Set<string>>()
  for (const { node, key } of operations) {
    const [first, path, method] = tokensOf(node.pointer)
    const name = first === section ? (path ?? '') : key.path
    methods.set(name, (methods.get(name) ?? new Set()).add(first === section ? (method ?? '') : '*'))
  }
  const kept = Object.keys(written).filter((path) => methods.has(path))
  return Object.fromEntries(kept.map((path) => [path, withMethods(written[path], methods.get(path) ?? new Set())]))
}

function withMethods(pathItem: unknown, methods: ReadonlySet<string>): unknown {
  if (!isObject(pathItem) || methods.has('*')) return pathItem
  return Object.fromEntries(Object.entries(pathItem).filter(([key, value]) => methods.has(key) || !isObject(value)))
}

function only(entries: JsonObject, pointer: string, kept: ReadonlySet<string>): JsonObject {
  return Object.fromEntries(
    Object.entries(entries).filter(([name]) => kept.has(`${pointer}/${name.replaceAll('~', '~0').replaceAll('/', '~1')}`)),
  )
}

function mapValues(map: JsonObject, change: (value: unknown, key: string) => unknown): JsonObject {
  return Object.fromEntries(Object.entries(map).map(([key, value]) => [key, change(value, key)]))
}

/** What rules that compare operations look at. */
const telling = ['operationId', 'parameters', 'security', 'tags']

function skeletonRoot(root: JsonObject): JsonObject {
  const named = (entries: unknown): unknown => (isObject(entries) ? mapValues(entries, () => ({})) : entries)
  return mapValues(root, (value, key) => {
    if (!isObject(value)) return value
    if (key === 'paths') return mapValues(value, bonesOf)
    if (key === 'components') return mapValues(value, (entries, section) => (section === 'securitySchemes' ? entries : named(entries)))
    return swaggerSections.includes(key) ? named(value) : key.startsWith('x-') || key === 'webhooks' ? {} : value
  })
}

function bonesOf(pathItem: unknown): unknown {
  if (!isObject(pathItem)) return pathItem
  return mapValues(pathItem, (member) =>
    isObject(member) ? Object.fromEntries(Object.entries(member).filter(([key]) => telling.includes(key))) : member,
  )
}
