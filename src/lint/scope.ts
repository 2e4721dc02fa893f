/** What of both sides has to be looked at: everything, or what the change can have affected. */
import { rawOperations, rawWebhooks } from '../openapi/operations.ts'
import type { RawOperation } from '../openapi/operations.ts'
import type { ApiDescription, Node } from '../openapi/types.ts'
import { field } from '../openapi/values.ts'
import { childPointer } from '../openapi/json-pointer.ts'
import { usersOf } from './component-references.ts'
import { wholeScope } from './describe.ts'
import type { Scope } from './describe.ts'
import type { Footprint, LintOptions } from './options.ts'
import { excerpts } from './team/excerpt.ts'
import { sameValue } from './same-value.ts'

export interface Scopes {
  readonly head: Scope
  readonly base: Scope
  /** The scope of base with the operations that use these components too; null where everything is looked at anyway. */
  readonly widened: ((components: ReadonlySet<string>) => Scope) | null
}

const nothing: Scope = { operations: [], parts: [], excerpt: null }

/** Root members that every operation depends on: when one of them differs, everything is looked at. */
const sharedMembers = [
  'openapi',
  'swagger',
  'jsonSchemaDialect',
  'security',
  'servers',
  'host',
  'schemes',
  'basePath',
  'securityDefinitions',
  'consumes',
  'produces',
]

/**
 * The scopes of both sides. Operations that are written the same on both sides and lead only to what is the same give the same findings on
 * both, so they are left out. Whole descriptions where there is no base, no footprint, or a member differs that all operations depend on.
 */
export function scopesOf(head: ApiDescription, base: ApiDescription | null, options: LintOptions): Scopes {
  const { footprint } = options
  if (base === null) return { head: wholeScope(head), base: nothing, widened: null }
  if (footprint === undefined || options.scope === 'all' || !sharesSettings(head, base))
    return { head: wholeScope(head), base: wholeScope(base), widened: null }
  const changed = changedOperations(head, base, footprint)
  const parts = footprint.parts()
  const after = { api: head, operations: changed.head, parts: parts.head }
  const before = { api: base, operations: changed.base, parts: parts.base }
  const single = head.documents.size === 1 && base.documents.size === 1
  const cut = (side: 'head' | 'base', wider = before): Scope['excerpt'] => (single ? excerpts(after, wider)[side] : null)
  const widened = (components: ReadonlySet<string>): Scope => {
    const wider = { ...before, operations: [...new Set([...before.operations, ...usersOf(base, components)])] }
    return { ...wider, excerpt: cut('base', wider) }
  }
  return { head: { ...after, excerpt: cut('head') }, base: { ...before, excerpt: cut('base') }, widened }
}

function sharesSettings(head: ApiDescription, base: ApiDescription): boolean {
  const schemes = [head, base].map((api) => field(field(api.root, 'components'), 'securitySchemes'))
  return sameValue(schemes[0], schemes[1]) && sharedMembers.every((member) => sameValue(field(head.root, member), field(base.root, member)))
}

/** Operations without those that both sides have and that are the same. */
function changedOperations(
  head: ApiDescription,
  base: ApiDescription,
  footprint: Footprint,
): { readonly head: readonly RawOperation[]; readonly base: readonly RawOperation[] } {
  const before = inChangedPathItems('base', base, footprint)
  const after = inChangedPathItems('head', head, footprint)
  const same = new Set<string>()
  for (const [key, right] of after) {
    const left = before.get(key)
    if (left !== undefined && footprint.unchanged(left.node, right.node) && samePathItem(left, right, footprint)) same.add(key)
  }
  const differing = (side: ReadonlyMap<string, RawOperation>): RawOperation[] =>
    [...side].flatMap(([key, raw]) => (same.has(key) ? [] : [raw]))
  return { head: differing(after), base: differing(before) }
}

/** The operations of the path items that are not known to be the same on both sides. Those of one path item come one after the other. */
function inChangedPathItems(side: 'base' | 'head', api: ApiDescription, { inSamePart }: Footprint): ReadonlyMap<string, RawOperation> {
  const found = new Map<string, RawOperation>()
  let pathItem: Node | null = null
  let isSame = false
  for (const raw of [...rawOperations(api), ...rawWebhooks(api)]) {
    if (raw.pathItem !== pathItem) {
      pathItem = raw.pathItem
      isSame = inSamePart(side, pathItem)
    }
    if (!isSame) found.set(`${raw.kind} ${raw.key.method} ${raw.key.path}`, raw)
  }
  return found
}

/** Whether what a path item says to all its operations (parameters, servers) is the same. */
function samePathItem(base: RawOperation, head: RawOperation, footprint: Footprint): boolean {
  return ['parameters', 'servers'].every((member) => {
    const [left, right] = [base, head].map(({ pathItem }) => ({
      file: pathItem.file,
      pointer: childPointer(pathItem.pointer, member),
      value: field(pathItem.value, member),
    }))
    if (left === undefined || right === undefined || (left.value === undefined && right.value === undefined)) return true
    return footprint.unchanged(left, right)
  })
}
