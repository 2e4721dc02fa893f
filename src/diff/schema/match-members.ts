/** Which member of a union on one side is which on the other: the same text, the same name, the same tag, the same values, the most alike. */
import type { Engine, Member, Union } from './engine.ts'
import { listedIn } from './finite.ts'
import { groups } from './json-types.ts'
import { appliedTo, declaredNames, requiredNames } from './objects.ts'
import type { Compared } from './report.ts'
import { realTypes } from './compare-types.ts'
import { sliceOf } from './slice.ts'
import { keyword } from './term.ts'
import type { Term } from './term.ts'
import { words } from './compare-values.ts'
import { textField } from '../../openapi/values.ts'

/** A member with all that stands around its union; without a union, the schema itself. */
export interface Choice {
  readonly term: Term
  readonly member: Member | null
  readonly union: Union | null
}

export interface Matched {
  readonly pairs: readonly (readonly [Choice, Choice])[]
  readonly onlyBase: readonly Choice[]
  readonly onlyHead: readonly Choice[]
}

type Test = (base: Choice, head: Choice) => boolean

/** Proofs are tried for at most this many pairs; larger unions are matched by text, name and tag alone. */
const maxProofs = 400

/** Matches each member at most once, by the surest sign first. */
export function matchMembers(compared: Compared, base: readonly Choice[], head: readonly Choice[]): Matched {
  const { engine, prover } = compared
  const proofs = base.length * head.length <= maxProofs
  const tests: Test[] = [
    (left, right) => left.term === right.term || readAlike(engine, left, right),
    (left, right) => sameText(refOf(left), refOf(right)),
    (left, right) => sameText(tagOf(engine, left.term), tagOf(engine, right.term)),
    (left, right) => sameText(titleOf(left), titleOf(right)),
    (left, right) => proofs && prover.within(left.term, right.term) && prover.within(right.term, left.term),
    (left, right) => proofs && (prover.within(left.term, right.term) || prover.within(right.term, left.term)),
    (left, right) => resemble(engine, left.term, right.term),
  ]
  return tests.reduce<Matched>((matched, test) => matchBy(matched, test), { pairs: [], onlyBase: base, onlyHead: head })
}

function matchBy({ pairs, onlyBase, onlyHead }: Matched, test: Test): Matched {
  const free = new Set(onlyHead)
  const found = [...pairs]
  const rest = onlyBase.filter((base) => {
    for (const head of free) {
      if (!test(base, head)) continue
      free.delete(head)
      found.push([base, head])
      return false
    }
    return true
  })
  return { pairs: found, onlyBase: rest, onlyHead: [...free] }
}

function readAlike(engine: Engine, left: Choice, right: Choice): boolean {
  if (left.member === null || right.member === null || left.union === null || right.union === null) return false
  return engine.unchanged.alike(
    { world: left.union.conjunct.world, node: left.member.node },
    { world: right.union.conjunct.world, node: right.member.node },
  )
}

function sameText(left: string | null, right: string | null): boolean {
  return left !== null && left === right
}

function refOf({ member }: Choice): string | null {
  return member === null ? null : textField(member.node.value, '$ref')
}

function titleOf({ member }: Choice): string | null {
  const title = member?.term.conjuncts.map((conjunct) => keyword(conjunct, 'title')).find((each) => typeof each === 'string')
  return title ?? null
}

/** The value of the first property that can have one value only: what readers tell the members apart by. */
export function tagOf(engine: Engine, term: Term): string | null {
  const slice = sliceOf(engine, term, 'object')
  if (slice.mask === 0) return null
  const required = requiredNames(slice)
  for (const name of declaredNames(slice).keys()) {
    if (!required.has(name) && required.size > 0) continue
    const values = listedIn(engine, sliceOf(engine, appliedTo(engine, slice, name).term, 'string'))
    if (values?.length === 1) return `${name}=${words(values[0])}`
  }
  return null
}

/** How paths name a member: by tag, title, component or place. */
export function labelOf(engine: Engine, choice: Choice): string {
  const tag = tagOf(engine, choice.term)
  const title = titleOf(choice)
  const name = refOf(choice)?.split('/').at(-1)
  return tag?.slice(tag.indexOf('=') + 1) ?? title ?? name ?? kindLabel(engine, choice)
}

function kindLabel(engine: Engine, { term: whole, member }: Choice): string {
  const term = member?.term ?? whole
  const bits = realTypes(engine, term)
  const kind = groups.find((group) => sliceOf(engine, term, group).mask !== 0 && bits !== 0) ?? 'member'
  return member === null ? kind : `${kind} ${String(member.index + 1)}`
}

/** Objects that share at least half of their properties; other values, when they are of the same kind. */
function resemble(engine: Engine, left: Term, right: Term): boolean {
  const [base, head] = [sliceOf(engine, left, 'object'), sliceOf(engine, right, 'object')]
  if (base.mask === 0 || head.mask === 0) return realTypes(engine, left) === realTypes(engine, right)
  const [old, now] = [declaredNames(base), declaredNames(head)]
  if (conflictingTags(engine, left, right)) return false
  const common = [...old.keys()].filter((name) => now.has(name)).length
  return common * 2 >= Math.max(old.size, now.size) && (common > 0 || old.size + now.size === 0)
}

function conflictingTags(engine: Engine, left: Term, right: Term): boolean {
  const [base, head] = [tagOf(engine, left), tagOf(engine, right)]
  return base !== null && head !== null && base !== head
}
