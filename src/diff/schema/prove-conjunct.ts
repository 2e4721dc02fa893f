/** Proofs that every value of a part satisfies one written conjunct: keyword by keyword. */
import type { Part, Prover } from './engine.ts'
import { itemsImply } from './prove-arrays.ts'
import { propertiesImply } from './prove-objects.ts'
import { numbersImply, textsImply } from './prove-scalars.ts'
import { bitsOfTypeName } from './json-types.ts'
import { isList } from '../../openapi/values.ts'
import { listedValues, negated, subterm, unionMembers, writtenTypes } from './slice.ts'
import { both, keyword, referenceOf } from './term.ts'
import type { Conjunct, Term } from './term.ts'

/** Every value of the part satisfies the conjunct. */
export function implies(prover: Prover, part: Part, conjunct: Conjunct): boolean {
  if (isOpaque(conjunct) || (part.slice.mask & ~writtenTypes(conjunct)) !== 0 || listedValues(conjunct) !== null) return false
  return (
    anyOfImplied(prover, part.term, conjunct) &&
    oneOfImplied(prover, part, conjunct) &&
    notImplied(prover, part, conjunct) &&
    conditionImplied(prover, part, conjunct) &&
    ownTypeImplied(prover, part, conjunct)
  )
}

/** It says something that the engine cannot read: a reference that leads nowhere, a type that no version knows. */
export function isOpaque(conjunct: Conjunct): boolean {
  const type = keyword(conjunct, 'type')
  const unknownType = type !== undefined && (isList(type) ? type : [type]).some((name) => bitsOfTypeName(name) === undefined)
  return unknownType || referenceOf(conjunct)?.node === null
}

function ownTypeImplied(prover: Prover, part: Part, conjunct: Conjunct): boolean {
  switch (part.slice.group) {
    case 'number':
      return numbersImply(part.slice, conjunct)
    case 'string':
      return textsImply(part.slice, conjunct)
    case 'array':
      return itemsImply(prover, part, conjunct)
    case 'object':
      return propertiesImply(prover, part, conjunct)
    case 'null':
    case 'boolean':
      return true
  }
}

function anyOfImplied(prover: Prover, term: Term, conjunct: Conjunct): boolean {
  const members = unionMembers(prover.engine, conjunct, 'anyOf')
  return members.length === 0 || members.some((member) => prover.within(term, member.term))
}

/** Within one member and apart from all others; or the part is itself such a choice between the same members. */
function oneOfImplied(prover: Prover, part: Part, conjunct: Conjunct): boolean {
  const members = unionMembers(prover.engine, conjunct, 'oneOf')
  if (members.length === 0) return true
  const apart = (member: Term): boolean => prover.empty(both(prover.engine.terms, part.term, member))
  const holder = members.findIndex((member) => prover.within(part.term, member.term))
  if (holder >= 0 && members.every((member, at) => at === holder || apart(member.term))) return true
  return part.slice.unions.some((union) => {
    if (union.keyword !== 'oneOf') return false
    const open = members.filter((member) => !union.members.some(({ term }) => equal(prover, term, member.term)))
    const covered = union.members.every(({ term }) => members.some((member) => equal(prover, term, member.term)))
    const oneToOne = members.length - open.length === union.members.length
    return covered && oneToOne && open.every((member) => apart(member.term))
  })
}

function equal(prover: Prover, left: Term, right: Term): boolean {
  return prover.within(left, right) && prover.within(right, left)
}

function notImplied(prover: Prover, { term, slice }: Part, conjunct: Conjunct): boolean {
  const excluded = negated(prover.engine, conjunct)
  if (excluded === null || prover.empty(both(prover.engine.terms, term, excluded))) return true
  return slice.conjuncts.some((each) => {
    const already = negated(prover.engine, each)
    return already !== null && prover.within(excluded, already)
  })
}

/** Where the condition can be decided for all values, its branch must follow; else both. Or the part has the same condition itself. */
function conditionImplied(prover: Prover, { term, slice }: Part, conjunct: Conjunct): boolean {
  if (keyword(conjunct, 'if') === undefined) return true
  const { engine } = prover
  const branch = (of: Conjunct, name: string): Term => subterm(engine, of, name)
  const condition = branch(conjunct, 'if')
  const meeting = both(engine.terms, term, condition)
  const then = prover.empty(meeting) || prover.within(meeting, branch(conjunct, 'then'))
  if (then && (prover.within(term, condition) || prover.within(term, branch(conjunct, 'else')))) return true
  return slice.conjuncts.some(
    (each) =>
      keyword(each, 'if') !== undefined &&
      equal(prover, branch(each, 'if'), condition) &&
      ['then', 'else'].every((name) => prover.within(branch(each, name), branch(conjunct, name))),
  )
}
