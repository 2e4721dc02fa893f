/**
 * Facts about `oneOf` and `anyOf`: members are matched by meaning, not by place or name; those that match are compared in the light of
 * all that stands around the union, so that moving a property between the members and the schema around them is nothing.
 */
import type { Engine, Slice, Union } from './engine.ts'
import { narrowed } from './engine.ts'
import { groupBits, typeNames } from './json-types.ts'
import { labelOf, matchMembers, tagOf } from './match-members.ts'
import type { Choice } from './match-members.ts'
import { unionCases } from './prove-cases.ts'
import { disjoint } from './prover.ts'
import { containment } from './containment.ts'
import { joined, keywordPlace, localFact, nothing, reportOf, stepTo } from './report.ts'
import type { ComparedSlices, LocalFact, Report } from './report.ts'
import { both, termOf } from './term.ts'
import type { Term } from './term.ts'
import type { Effect, SchemaAspect } from './types.ts'
import { findValue, findWitness } from './witness.ts'

/** What is left of the unions once those that are alike on both sides are set aside. */
export interface OpenUnions {
  readonly base: readonly Union[]
  readonly head: readonly Union[]
}

export function openUnions({ engine, baseSlice, headSlice }: ComparedSlices): OpenUnions {
  const alike = (left: Union, right: Union): boolean => left.keyword === right.keyword && sameMembers(engine, left, right)
  return {
    base: baseSlice.unions.filter((union) => !headSlice.unions.some((other) => alike(union, other))),
    head: headSlice.unions.filter((union) => !baseSlice.unions.some((other) => alike(other, union))),
  }
}

function sameMembers(engine: Engine, left: Union, right: Union): boolean {
  if (left.members.length !== right.members.length) return false
  const unchanged = (a: Union['members'][number], b: Union['members'][number]): boolean =>
    engine.unchanged.alike({ world: left.conjunct.world, node: a.node }, { world: right.conjunct.world, node: b.node })
  return left.members.every((member, at) => {
    const opposite = right.members[at]
    return (opposite !== undefined && unchanged(member, opposite)) || right.members.some((other) => unchanged(member, other))
  })
}

/**
 * Facts about the open unions, the schema around them included; null when there is none and the schemas can be compared plainly.
 * Several unions side by side are judged as a whole.
 */
export function compareUnions(slices: ComparedSlices): Report | null {
  const open = openUnions(slices)
  if (open.base.length === 0 && open.head.length === 0) return null
  if (open.base.length > 1 || open.head.length > 1 || isNested(slices)) return compareWhole(slices, open)
  const choices = {
    base: choicesOf(slices.engine, slices.baseSlice, open.base[0]),
    head: choicesOf(slices.engine, slices.headSlice, open.head[0]),
  }
  const { pairs, onlyBase, onlyHead } = matchMembers(slices, choices.base, choices.head)
  if ([...onlyBase, ...onlyHead].some(({ member }) => member === null)) return compareWhole(slices, open)
  const question: Question = { open, choices, pairs }
  const certain = onlyBase.length + onlyHead.length === 0 && pairs.length > 0
  const isToldApart = certain && hasOwnTags(slices.engine, choices.base) && hasOwnTags(slices.engine, choices.head)
  if (!isToldApart && sameSlices(slices))
    return { facts: [], steps: pairs.map((pair) => ({ ...stepOf(slices, question, pair), wordsOnly: true })) }
  const members = [
    ...onlyBase.flatMap((choice) => memberFacts(slices, question, { choice, side: 'base' })),
    ...onlyHead.flatMap((choice) => memberFacts(slices, question, { choice, side: 'head' })),
  ]
  return joined([
    reportOf(...members, ...(certain ? compareKeywords(slices, question) : [])),
    { facts: [], steps: pairs.map((pair) => stepOf(slices, question, pair)) },
  ])
}

/** Each choice has a tag that no other has: none can make up for what another lost. */
function hasOwnTags(engine: Engine, choices: readonly Choice[]): boolean {
  const tags = choices.map(({ term }) => tagOf(engine, term))
  return !tags.includes(null) && new Set(tags).size === tags.length
}

/** Unions opened within unions, each with all that stands around it: their number would double with each. */
const maxNesting = 4

function isNested({ baseSlice, headSlice }: ComparedSlices): boolean {
  return [baseSlice, headSlice].some(({ conjuncts }) => conjuncts.filter(({ without }) => without.size > 0).length >= maxNesting)
}

interface Question {
  readonly open: OpenUnions
  readonly choices: { readonly base: readonly Choice[]; readonly head: readonly Choice[] }
  readonly pairs: readonly (readonly [Choice, Choice])[]
}

/** One choice a member, each with all that stands around the union; the whole slice where there is no union. */
function choicesOf(engine: Engine, slice: Slice, union: Union | undefined): readonly Choice[] {
  if (union === undefined) return [{ term: termOf(engine.terms, slice.conjuncts), member: null, union: null }]
  const first = { ...slice, unions: [union, ...slice.unions.filter((each) => each !== union)] }
  const terms = unionCases(engine, first) ?? []
  return terms.map((term, at) => ({ term, member: union.members[at] ?? null, union }))
}

function stepOf(slices: ComparedSlices, { open }: Question, [base, head]: readonly [Choice, Choice]): Report['steps'][number] {
  const several = (open.base[0]?.members.length ?? 1) > 1 || (open.head[0]?.members.length ?? 1) > 1
  const segments = several ? ['oneOf', labelOf(slices.engine, head)] : []
  const around = new Set([...slices.baseSlice.conjuncts, ...slices.headSlice.conjuncts])
  return stepTo({
    segments,
    base: base.term,
    head: head.term,
    baseEntry: base.member?.node ?? null,
    headEntry: head.member?.node ?? null,
    around,
  })
}

function sameSlices({ prover, ...slices }: ComparedSlices): boolean {
  const [base, head] = [wholeTerm(slices.engine, slices.baseSlice), wholeTerm(slices.engine, slices.headSlice)]
  return prover.within(base, head) && prover.within(head, base)
}

/** The term of one group of values. */
function wholeTerm(engine: Engine, slice: Slice): Term {
  return narrowed(engine, termOf(engine.terms, slice.conjuncts), { type: typeNames(groupBits[slice.group]) })
}

interface Lone {
  readonly choice: Choice
  readonly side: 'base' | 'head'
}

/** A member that the other side has nothing for. */
function memberFacts(slices: ComparedSlices, question: Question, lone: Lone): readonly LocalFact[] {
  const { choice, side } = lone
  const aspect = choice.union?.keyword === 'anyOf' ? 'any-of' : 'one-of'
  const { effect, reason } = memberEffect(slices, question, lone)
  if (effect === 'equal') return []
  const place = choice.member === null ? null : keywordPlace(choice.union?.conjunct, choice.union?.keyword ?? 'oneOf', choice.member.index)
  const values = side === 'base' ? { base: place, baseValue: place?.value } : { head: place, headValue: place?.value }
  return [localFact({ aspect, effect, subject: labelOf(slices.engine, choice), reason, ...values })]
}

/** A member more admits more, unless `oneOf` makes it refuse what two members match. Seen from the side that has the member. */
function memberEffect(slices: ComparedSlices, question: Question, { choice, side }: Lone): { effect: Effect; reason: string } {
  const { engine, prover } = slices
  const other = wholeTerm(engine, side === 'base' ? slices.headSlice : slices.baseSlice)
  const shrunk: Effect = side === 'base' ? 'widens' : 'narrows'
  if (choice.union?.keyword !== 'oneOf') return grownEffect(slices, { choice, side }, other)
  const siblings = question.choices[side].filter((each) => each !== choice)
  const touching = siblings.filter((each) => !disjoint(prover, each.term, choice.term))
  if (touching.length === 0) return grownEffect(slices, { choice, side }, other)
  if (touching.some((each) => prover.within(choice.term, each.term))) return { effect: shrunk, reason: '' }
  const overlaps = touching.some((each) => findValue(engine, both(engine.terms, each.term, choice.term)) !== undefined)
  if (overlaps) return { effect: 'incomparable', reason: '' }
  return { effect: 'unknown', reason: 'Whether a value can match this member and another one at once could not be decided.' }
}

/** Without a proof that the other side has all of the member already, only a value can tell that it has not. */
function grownEffect({ engine, prover }: ComparedSlices, { choice, side }: Lone, other: Term): { effect: Effect; reason: string } {
  if (prover.within(choice.term, other)) return { effect: 'equal', reason: '' }
  if (findWitness(engine, { inside: choice.term, outside: other, focus: null }) !== undefined)
    return { effect: side === 'base' ? 'narrows' : 'widens', reason: '' }
  return { effect: 'unknown', reason: 'Whether the other members already match all that this one matches could not be decided.' }
}

/** The members are the same, but `anyOf` became `oneOf` or back: a difference only where members overlap. */
function compareKeywords(slices: ComparedSlices, { open, choices }: Question): readonly LocalFact[] {
  const [old, now] = [open.base[0], open.head[0]]
  if (old === undefined || now === undefined || old.keyword === now.keyword) return []
  const exclusive = now.keyword === 'oneOf' ? choices.head : choices.base
  const overlapping = exclusive.some((left, at) => exclusive.slice(at + 1).some((right) => !disjoint(slices.prover, left.term, right.term)))
  if (!overlapping) return []
  const effect: Effect = now.keyword === 'oneOf' ? 'narrows' : 'widens'
  return [localFact({ aspect: now.keyword === 'oneOf' ? 'one-of' : 'any-of', effect, subject: now.keyword, ...placesOf(old, now) })]
}

function placesOf(old: Union | undefined, now: Union | undefined): Pick<LocalFact, 'base' | 'head' | 'baseValue' | 'headValue'> {
  const [base, head] = [old && keywordPlace(old.conjunct, old.keyword), now && keywordPlace(now.conjunct, now.keyword)]
  return { base: base ?? null, head: head ?? null, baseValue: base?.value, headValue: head?.value }
}

/** Several unions on one side cannot be taken apart: one fact about all of them. */
function compareWhole(slices: ComparedSlices, { base, head }: OpenUnions): Report {
  const { engine, prover } = slices
  const [old, now] = [wholeTerm(engine, slices.baseSlice), wholeTerm(engine, slices.headSlice)]
  const effect = containment(prover, old, now)
  if (effect === 'equal') return nothing
  const aspect: SchemaAspect = (head[0] ?? base[0])?.keyword === 'anyOf' ? 'any-of' : 'one-of'
  const reason =
    effect === 'unknown' ? 'Several unions stand side by side, and neither set of values could be proved to contain the other.' : ''
  return reportOf(localFact({ aspect, effect, subject: (head[0] ?? base[0])?.keyword ?? '', reason, ...placesOf(base[0], head[0]) }))
}
