/** Facts about the kinds of values: `type`, and null gained or lost. */
import { compareLists } from './compare-values.ts'
import { finiteValues, listedIn } from './finite.ts'
import { anyType, groupBits, groups, typeBitOf, typeBits, typeNames } from './json-types.ts'
import { nested } from './engine.ts'
import type { Engine } from './engine.ts'
import { keywordPlace, localFact, reportOf } from './report.ts'
import type { Compared, LocalFact, Report } from './report.ts'
import { listedValues, sliceOf, unionMembers, writtenTypes } from './slice.ts'
import { keyword } from './term.ts'
import type { Conjunct, Term } from './term.ts'
import type { Node } from '../../openapi/types.ts'

/** Facts about the kinds of values and about their lists: what a list explains is not told twice. */
export function compareKinds(compared: Compared): Report {
  const { engine, base, head } = compared
  const changed = realTypes(engine, base) ^ realTypes(engine, head)
  const settled = changed & writtenChange(compared)
  const lists = compareLists(compared, settled)
  return reportOf(...typeFacts(compared, settled | (changed & ~lists.explained)), ...lists.facts)
}

/** The kinds that `type` admits on one side only. */
function writtenChange({ engine, base, head }: Compared): number {
  const bothListed = isListed(engine, base) && isListed(engine, head)
  const untyped = (term: Term): boolean => writtenBits(engine, term, 'lists-apart') === anyType
  const readingBeside = (other: Term): ListReading => (bothListed || untyped(other) ? 'lists-apart' : 'lists-as-types')
  return writtenBits(engine, base, readingBeside(head)) ^ writtenBits(engine, head, readingBeside(base))
}

function typeFacts({ engine, base, head }: Compared, changed: number): readonly LocalFact[] {
  if (changed === 0) return []
  const real = { base: realTypes(engine, base), head: realTypes(engine, head) }
  const [gained, lost] = [real.head & changed, real.base & changed]
  const onlyNull = changed === typeBits.null
  return [
    localFact({
      aspect: onlyNull ? 'nullable' : 'type',
      effect: gained === 0 ? 'narrows' : lost === 0 ? 'widens' : 'incomparable',
      subject: typeNames(onlyNull ? typeBits.null : real.head).join(' or '),
      base: typePlace(engine, base, lost),
      head: typePlace(engine, head, gained),
      baseValue: typeNames(real.base),
      headValue: typeNames(real.head),
    }),
  ]
}

/** The kinds that have a value at all. */
export function realTypes(engine: Engine, term: Term): number {
  return groups.reduce((bits, group) => {
    const slice = sliceOf(engine, term, group)
    const empty = slice.mask === 0 || finiteValues(engine, slice)?.length === 0
    return empty ? bits : bits | slice.mask
  }, 0)
}

/** Some group of values other than null is listed. */
function isListed(engine: Engine, term: Term): boolean {
  return groups.some((group) => {
    const slice = sliceOf(engine, term, group)
    return group !== 'null' && slice.mask !== 0 && listedIn(engine, slice) !== null
  })
}

/** How a list without `type` beside it is read: as its types, or apart from them. */
type ListReading = 'lists-as-types' | 'lists-apart'

/** What `type` admits. Unions that only lead back to themselves admit everything. */
function writtenBits(engine: Engine, term: Term, reading: ListReading): number {
  const known = engine.writtenTypes[reading]
  const found = known.get(term)
  if (found !== undefined) return found
  known.set(term, anyType)
  const ownBits = (): number =>
    term.conjuncts.reduce((all, conjunct) => all & writtenByConjunct(engine, conjunct, reading), term.never ? 0 : anyType)
  const bits = nested(engine, anyType, ownBits)
  known.set(term, bits)
  return bits
}

function writtenByConjunct(engine: Engine, conjunct: Conjunct, reading: ListReading): number {
  let bits = writtenTypes(conjunct)
  if (reading === 'lists-as-types' && keyword(conjunct, 'type') === undefined) bits &= typesListed(conjunct)
  for (const name of ['anyOf', 'oneOf'] as const) {
    const members = unionMembers(engine, conjunct, name)
    if (members.length > 0) bits &= members.reduce((all, { term }) => all | writtenBits(engine, term, reading), 0)
  }
  return bits
}

function typesListed(conjunct: Conjunct): number {
  return listedValues(conjunct)?.reduce<number>((bits, value) => bits | typeBitOf(value), 0) ?? anyType
}

/** The `type`, or else the list, or else the member that admits the kinds. */
function typePlace(engine: Engine, term: Term, bits: number): Node | null {
  for (const name of ['type', 'enum', 'const']) {
    const conjunct = term.conjuncts.find((each) => keyword(each, name) !== undefined)
    if (conjunct !== undefined) return keywordPlace(conjunct, name)
  }
  for (const conjunct of term.conjuncts) {
    for (const name of ['anyOf', 'oneOf'] as const) {
      const member = unionMembers(engine, conjunct, name).find((each) => (realTypes(engine, each.term) & bits) !== 0)
      if (member !== undefined) return keywordPlace(conjunct, name, member.index)
    }
  }
  const [first] = term.conjuncts
  return keywordPlace(first)
}

/** Kinds that both sides write down, so that finer facts make sense. */
export function commonGroups({ engine, base, head }: Compared): readonly (typeof groups)[number][] {
  return groups.filter(
    (group) => sliceOf(engine, base, group).mask !== 0 && sliceOf(engine, head, group).mask !== 0 && groupBits[group] !== 0,
  )
}
