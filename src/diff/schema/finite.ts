/** Slices that hold a known, finite list of values. */
import { canonicalJson } from './canonical-json.ts'
import { nested } from './engine.ts'
import type { Engine, Slice, Union } from './engine.ts'
import { groupBits, typeBitOf, typeBits } from './json-types.ts'
import { listedValues, sliceOf } from './slice.ts'
import { termOf } from './term.ts'
import { validate } from './validate.ts'

const remembered = new WeakMap<Slice, readonly unknown[] | null>()

/**
 * The values of the slice when they are listed by `enum`, `const` or a union of such; null when they are not. Values that another
 * keyword certainly refuses are left out.
 */
export function listedIn(engine: Engine, slice: Slice): readonly unknown[] | null {
  const known = remembered.get(slice)
  if (known !== undefined) return known
  remembered.set(slice, null)
  const values = nested(engine, null, () => intersectLists(engine, slice))
  remembered.set(slice, values)
  return values
}

/** The values of the slice, when there are finitely many: also null and booleans, which need no list. */
export function finiteValues(engine: Engine, slice: Slice): readonly unknown[] | null {
  const listed = listedIn(engine, slice)
  if (listed !== null) return listed
  if ((slice.mask & ~(typeBits.null | typeBits.boolean)) !== 0) return null
  const all = slice.group === 'null' ? [null] : [true, false]
  return admitted(engine, slice, all)
}

function intersectLists(engine: Engine, slice: Slice): readonly unknown[] | null {
  const lists = slice.conjuncts.map(listedValues).filter((list) => list !== null)
  for (const union of slice.unions) {
    const list = listedByUnion(engine, slice, union)
    if (list !== null) lists.push(list)
  }
  const [first, ...others] = lists
  if (first === undefined) return null
  const bits = groupBits[slice.group]
  const allowed = others.map((list) => new Set(list.map(canonicalJson)))
  const common = distinct(first).filter(
    (value) => (typeBitOf(value) & bits) !== 0 && allowed.every((texts) => texts.has(canonicalJson(value))),
  )
  return admitted(engine, slice, common)
}

function listedByUnion(engine: Engine, slice: Slice, union: Union): readonly unknown[] | null {
  const all: unknown[] = []
  for (const { term } of union.members) {
    const list = listedIn(engine, sliceOf(engine, term, slice.group))
    if (list === null) return null
    all.push(...list)
  }
  return all
}

/** The values without repetitions. */
export function distinct(values: readonly unknown[]): readonly unknown[] {
  const seen = new Set<string>()
  return values.filter((value) => {
    const key = canonicalJson(value)
    const fresh = !seen.has(key)
    seen.add(key)
    return fresh
  })
}

function admitted(engine: Engine, slice: Slice, values: readonly unknown[]): readonly unknown[] {
  const term = termOf(engine.terms, slice.conjuncts)
  return values.filter((value) => validate(engine, term, value) !== false)
}
