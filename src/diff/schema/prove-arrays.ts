/** Proofs about lists: every list of a part satisfies one conjunct. */
import { appliedToItem, prefixLength } from './arrays.ts'
import type { Part, Prover, Slice } from './engine.ts'
import { countBound } from './objects.ts'
import { alone, boundImplied } from './prove-scalars.ts'
import { subterm } from './slice.ts'
import { keyword } from './term.ts'
import type { Conjunct } from './term.ts'

/** Every list of the part satisfies the conjunct. */
export function itemsImply(prover: Prover, { slice }: Part, conjunct: Conjunct): boolean {
  const outer = alone(slice, conjunct)
  if (!boundImplied(slice, outer, 'minItems') || !boundImplied(slice, outer, 'maxItems')) return false
  const most = countBound(slice, 'maxItems')?.value ?? Infinity
  const unique =
    most <= 1 || keyword(conjunct, 'uniqueItems') !== true || slice.conjuncts.some((each) => keyword(each, 'uniqueItems') === true)
  return unique && positionsImply(prover, { slice, outer, most }) && containsImplied(prover, slice, conjunct)
}

function positionsImply(prover: Prover, { slice, outer, most }: { slice: Slice; outer: Slice; most: number }): boolean {
  const last = Math.min(Math.max(prefixLength(slice), prefixLength(outer)), most - 1)
  for (let index = 0; index <= last; index++) {
    const [inner, needed] = [appliedToItem(prover.engine, slice, index), appliedToItem(prover.engine, outer, index)]
    if (!needed.exact || !prover.below(() => prover.within(inner.term, needed.term))) return false
  }
  return true
}

/** How often `contains` must match, and may. */
export function containsBounds(conjunct: Conjunct): { readonly min: number; readonly max: number } {
  const [min, max] = [keyword(conjunct, 'minContains'), keyword(conjunct, 'maxContains')]
  return { min: typeof min === 'number' ? min : 1, max: typeof max === 'number' ? max : Infinity }
}

function containsImplied(prover: Prover, slice: Slice, conjunct: Conjunct): boolean {
  if (keyword(conjunct, 'contains') === undefined) return true
  const needed = containsBounds(conjunct)
  const term = subterm(prover.engine, conjunct, 'contains')
  const givers = slice.conjuncts.filter((each) => keyword(each, 'contains') !== undefined)
  const termsOf = givers.map((each) => ({ term: subterm(prover.engine, each, 'contains'), ...containsBounds(each) }))
  const enough = needed.min <= 0 || termsOf.some((given) => given.min >= needed.min && prover.below(() => prover.within(given.term, term)))
  const few = needed.max === Infinity || (countBound(slice, 'maxItems')?.value ?? Infinity) <= needed.max
  return enough && (few || termsOf.some((given) => given.max <= needed.max && prover.below(() => prover.within(term, given.term))))
}
