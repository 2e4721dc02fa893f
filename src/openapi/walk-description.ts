/**
 * One walk over a document along the grammar: hands every reference and every part of the wrong shape to a visitor. Linear in the
 * document; what the grammar does not name is not entered.
 */
import { entriesOf, grammar, one, type Expected, type Kind } from './grammar.ts'
import { childPointer } from './json-pointer.ts'
import type { JsonObject } from './types.ts'
import { isList, isObject, objectField } from './values.ts'

/** `pointer()` is computed on demand: nearly all references are fine and need none. */
export interface Visitor {
  /** `pointer()` is where the text of the reference stands; `expected` is what the reference stands for: usually one object, sometimes a whole map or list. */
  readonly reference: (ref: string, expected: Expected, pointer: () => string) => void
  readonly misshapen: (expected: string, found: unknown, pointer: () => string) => void
  /** False stops the walk below this value: it has been there already. */
  readonly enter: (value: object, kind: Kind) => boolean
}

export interface Start {
  readonly value: unknown
  readonly pointer: string
  readonly expected: Expected
}

interface Walk {
  readonly visitor: Visitor
  /** The keys from the start to where the walk is. */
  readonly keys: (string | number)[]
  readonly pointer: () => string
}

/** Walks `start`. Recursion is bounded by the depth that `parse` allows. */
export function walkDescription(start: Start, visitor: Visitor): void {
  const keys: (string | number)[] = []
  const pointer = (): string => keys.reduce<string>((above, key) => childPointer(above, key), start.pointer)
  visitExpected({ visitor, keys, pointer }, start.value, start.expected)
}

function visitExpected(walk: Walk, value: unknown, expected: Expected): void {
  if (value === null || value === undefined) return
  if (expected.shape === 'one') return visitObject(walk, value, expected.of)
  if (isObject(value) && typeof ownReference(value) === 'string')
    return walk.visitor.reference(ownReference(value) ?? '', expected, () => `${walk.pointer()}/$ref`)
  if (expected.shape === 'map')
    return isObject(value) ? visitEntries(walk, value, expected.of) : walk.visitor.misshapen('a map', value, walk.pointer)
  if (isList(value)) return expected.shape === 'texts' ? undefined : visitItems(walk, value, expected.of)
  if (expected.shape === 'one-or-list') return visitObject(walk, value, expected.of)
  walk.visitor.misshapen('a list', value, walk.pointer)
}

function ownReference(value: JsonObject): string | undefined {
  const ref = Object.hasOwn(value, '$ref') ? value['$ref'] : undefined
  return typeof ref === 'string' ? ref : undefined
}

function visitObject(walk: Walk, value: unknown, kind: Kind): void {
  if (value === null || (kind === 'schema' && typeof value === 'boolean')) return
  // Swagger 2.0 writes the name of the property alone.
  if (kind === 'discriminator' && typeof value === 'string') return
  if (!isObject(value)) return walk.visitor.misshapen('a map', value, walk.pointer)
  if (!walk.visitor.enter(value, kind)) return
  const ref = ownReference(value)
  if (ref !== undefined) {
    walk.visitor.reference(ref, one(kind), () => `${walk.pointer()}/$ref`)
    // Only schemas and path items may say something beside their reference.
    if (kind !== 'schema' && kind !== 'pathItem') return
  }
  if (kind === 'discriminator') visitMapping(walk, value)
  else visitFields(walk, value, kind)
}

/** Values of a discriminator's mapping are names of schemas or references; only what has the look of a relative reference is taken for one. */
function visitMapping(walk: Walk, discriminator: JsonObject): void {
  const mapping = objectField(discriminator, 'mapping') ?? {}
  for (const [name, target] of Object.entries(mapping)) {
    if (typeof target === 'string' && /^(?:#\/|\.{1,2}\/)/.test(target))
      walk.visitor.reference(target, one('schema'), () => childPointer(`${walk.pointer()}/mapping`, name))
  }
}

function visitFields(walk: Walk, value: JsonObject, kind: Kind): void {
  const entries = entriesOf[kind]
  if (entries !== undefined) return visitEntries(walk, value, entries)
  const fields = grammar.get(kind)
  if (fields === undefined || fields.size === 0) return
  for (const key of Object.keys(value)) {
    const field = fields.get(key)
    if (field === undefined) continue
    walk.keys.push(key)
    visitExpected(walk, value[key], field)
    walk.keys.pop()
  }
}

function visitEntries(walk: Walk, entries: JsonObject, of: Kind): void {
  const mayExtend = of === 'pathItem' || of === 'response'
  for (const key of Object.keys(entries)) {
    if (mayExtend && key.startsWith('x-')) continue
    walk.keys.push(key)
    visitObject(walk, entries[key], of)
    walk.keys.pop()
  }
}

function visitItems(walk: Walk, items: readonly unknown[], of: Kind): void {
  for (let index = 0; index < items.length; index += 1) {
    walk.keys.push(index)
    visitObject(walk, items[index], of)
    walk.keys.pop()
  }
}
