/** What a slice says about lists: which schema applies to which item. */
import { isList } from '../../openapi/values.ts'
import type { Engine, Slice } from './engine.ts'
import type { Applied } from './objects.ts'
import { appliedBeside } from './objects.ts'
import { subterm } from './slice.ts'
import { anyTerm, both, keyword } from './term.ts'
import type { Conjunct, Term } from './term.ts'

/** The keyword that lists schemas by position: `prefixItems`, or `items` as older drafts wrote it. */
export function prefixKeyword(conjunct: Conjunct): 'prefixItems' | 'items' {
  return isList(keyword(conjunct, 'items')) ? 'items' : 'prefixItems'
}

/** The keyword for all items after those. */
export function restKeyword(conjunct: Conjunct): 'items' | 'additionalItems' {
  return isList(keyword(conjunct, 'items')) ? 'additionalItems' : 'items'
}

function prefixLengthOf(conjunct: Conjunct): number {
  const list = keyword(conjunct, prefixKeyword(conjunct))
  return isList(list) ? list.length : 0
}

/** How many items have a schema of their own. */
export function prefixLength(slice: Slice): number {
  return slice.conjuncts.reduce((longest, conjunct) => Math.max(longest, prefixLengthOf(conjunct)), 0)
}

/** What applies to the item at a position; from `prefixLength` on it is the same for all. */
export function appliedToItem(engine: Engine, slice: Slice, index: number): Applied {
  let term = anyTerm(engine.terms)
  let exact = true
  const add = (part: Term): void => void (term = both(engine.terms, term, part))
  for (const conjunct of slice.conjuncts) {
    const own = itemOf(engine, conjunct, index)
    if (own !== null) add(own)
    if (keyword(conjunct, 'unevaluatedItems') === undefined) continue
    const evaluated = evaluatesItem(engine, { conjunct, index }, new Set())
    if (evaluated === 'no') add(subterm(engine, conjunct, 'unevaluatedItems'))
    exact &&= evaluated !== 'maybe'
  }
  return { term, exact }
}

function itemOf(engine: Engine, conjunct: Conjunct, index: number): Term | null {
  if (index < prefixLengthOf(conjunct)) return subterm(engine, conjunct, prefixKeyword(conjunct), index)
  const rest = restKeyword(conjunct)
  return keyword(conjunct, rest) === undefined ? null : subterm(engine, conjunct, rest)
}

/** Whether the item has been looked at by another keyword; `contains` looks at those that it matches (2020-12). */
function evaluatesItem(engine: Engine, question: { conjunct: Conjunct; index: number }, seen: Set<Conjunct>): 'yes' | 'no' | 'maybe' {
  const { conjunct, index } = question
  if (seen.has(conjunct)) return 'no'
  const nested = seen.size > 0 && keyword(conjunct, 'unevaluatedItems') !== undefined
  seen.add(conjunct)
  if (nested || itemOf(engine, conjunct, index) !== null) return 'yes'
  let answer: 'no' | 'maybe' = keyword(conjunct, 'contains') === undefined ? 'no' : 'maybe'
  for (const { term, certain } of appliedBeside(engine, conjunct)) {
    for (const other of term.conjuncts) {
      const found = evaluatesItem(engine, { conjunct: other, index }, seen)
      if (found === 'yes' && certain) return 'yes'
      if (found !== 'no') answer = 'maybe'
    }
  }
  return answer
}
