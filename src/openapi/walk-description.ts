/**
 * One walk over a document along the grammar: hands every reference and every part of the wrong shape to a visitor. Linear in the
 * document; what the grammar does not name is not entered.
 */
import { entriesOf, grammar, type Field, type Kind } from './grammar.ts'
import { childPointer } from './json-pointer.ts'
import { isList, isObject } from './values.ts'

/** `pointer()` is computed on demand: nearly all references are fine and need none. */
export interface Visitor {
  readonly reference: (ref: string, kind: Kind, pointer: () => string) => void
  readonly misshapen: (expected: string, found: unknown, pointer: () => string) => void
  /** False stops the walk below this value: it has been there already. */
  readonly enter: (value: object, kind: Kind) => boolean
}

/** Walks `value`, which stands at `pointer` and should be a `kind`. Recursion is bounded by the depth that `parse` allows. */
export function walkDescription(value: unknown, at: { readonly kind: Kind; readonly pointer: string }, visitor: Visitor): void {
  const keys: (string | number)[] = []
  const pointer = (): string => keys.reduce<string>((above, key) => childPointer(above, key), at.pointer)

  function visit(part: unknown, kind: Kind): void {
    if (part === null || (kind === 'schema' && typeof part === 'boolean')) return
    if (!isObject(part)) return visitor.misshapen('a map', part, pointer)
    if (!visitor.enter(part, kind)) return
    const ref = Object.hasOwn(part, '$ref') ? part['$ref'] : undefined
    if (typeof ref === 'string') {
      visitor.reference(ref, kind, pointer)
      if (kind !== 'schema' && kind !== 'pathItem') return
    }
    visitFields(part, kind)
  }

  function visitFields(part: Readonly<Record<string, unknown>>, kind: Kind): void {
    const fields = grammar.get(kind)
    const entries = entriesOf[kind]
    if (fields === undefined || (fields.size === 0 && entries === undefined)) return
    for (const key of Object.keys(part)) {
      const child = part[key]
      const field = fields.get(key)
      if (child === null || child === undefined || (field === undefined && entries === undefined)) continue
      keys.push(key)
      if (field !== undefined) visitField(child, field)
      else if (entries !== undefined && !key.startsWith('x-')) visit(child, entries)
      keys.pop()
    }
  }

  function visitField(child: unknown, field: Field): void {
    switch (field.shape) {
      case 'one':
        return visit(child, field.of)
      case 'map':
        return isObject(child) ? visitEntries(child, field.of) : visitor.misshapen('a map', child, pointer)
      case 'list':
        return isList(child) ? visitItems(child, field.of) : visitor.misshapen('a list', child, pointer)
      case 'one-or-list':
        return isList(child) ? visitItems(child, field.of) : visit(child, field.of)
      case 'texts':
        if (!isList(child)) visitor.misshapen('a list', child, pointer)
    }
  }

  function visitEntries(entries: Readonly<Record<string, unknown>>, of: Kind): void {
    for (const key of Object.keys(entries)) {
      if (of === 'pathItem' && key.startsWith('x-')) continue
      keys.push(key)
      visit(entries[key], of)
      keys.pop()
    }
  }

  function visitItems(items: readonly unknown[], of: Kind): void {
    items.forEach((item, index) => {
      keys.push(index)
      visit(item, of)
      keys.pop()
    })
  }

  visit(value, at.kind)
}
