/** Facts about `not` (which turns the direction) and `if`/`then`/`else`. */
import { containment } from './containment.ts'
import { turned } from './compare-objects.ts'
import { keywordPlace, localFact, joined, nothing, reportOf, stepTo } from './report.ts'
import type { Compared, LocalFact, Report } from './report.ts'
import { subterm, typesWholly } from './slice.ts'
import { both, keyword } from './term.ts'
import type { Conjunct, Term } from './term.ts'
import type { Effect } from './types.ts'

/** Facts about the negations and conditions of both terms. */
export function compareConditions(compared: Compared): Report {
  return joined([compareNegations(compared), compareIfs(compared)])
}

interface Open {
  readonly base: readonly Conjunct[]
  readonly head: readonly Conjunct[]
}

type Equal = (left: Conjunct, right: Conjunct) => boolean

/** Conjuncts with the keyword for which the other side has no equal. */
function unmatched({ baseConjuncts, headConjuncts }: Compared, name: string, equal: Equal): Open {
  const holders = (conjuncts: readonly Conjunct[]): readonly Conjunct[] =>
    conjuncts.filter((conjunct) => keyword(conjunct, name) !== undefined)
  const [old, now] = [holders(baseConjuncts), holders(headConjuncts)]
  return {
    base: old.filter((each) => !now.some((other) => equal(each, other))),
    head: now.filter((each) => !old.some((other) => equal(other, each))),
  }
}

function same({ prover }: Compared, left: Term, right: Term): boolean {
  return left === right || (prover.within(left, right) && prover.within(right, left))
}

function compareNegations(compared: Compared): Report {
  const { engine, prover } = compared
  const excluded = (conjunct: Conjunct): Term => subterm(engine, conjunct, 'not')
  const different = unmatched(compared, 'not', (left, right) => same(compared, excluded(left), excluded(right)))
  // Where whole types are excluded, that is a fact about types.
  const finer = (conjunct: Conjunct): boolean => typesWholly(engine, conjunct) === 0
  const open: Open = { base: different.base.filter(finer), head: different.head.filter(finer) }
  const [old, now] = [open.base[0], open.head[0]]
  if (old !== undefined && now !== undefined && open.base.length === 1 && open.head.length === 1) {
    return reportOf(...fact({ aspect: 'not', effect: turned(containment(prover, excluded(old), excluded(now))), old, now }))
  }
  const misses = (term: Term, conjunct: Conjunct): boolean => !prover.empty(both(engine.terms, term, excluded(conjunct)))
  const lost = open.base.filter((each) => misses(compared.head, each))
  const gained = open.head.filter((each) => misses(compared.base, each))
  return reportOf(
    ...lost.flatMap((each) => fact({ aspect: 'not', effect: 'widens', old: each })),
    ...gained.flatMap((each) => fact({ aspect: 'not', effect: 'narrows', now: each })),
  )
}

interface Draft {
  readonly aspect: 'not' | 'if-then-else'
  readonly effect: Effect
  readonly old?: Conjunct
  readonly now?: Conjunct
}

function fact({ aspect, effect, old, now }: Draft): readonly LocalFact[] {
  if (effect === 'equal') return []
  const name = aspect === 'not' ? 'not' : 'if'
  const places = { base: keywordPlace(old, name), head: keywordPlace(now, name) }
  const values = {
    ...(old === undefined ? {} : { baseValue: places.base?.value }),
    ...(now === undefined ? {} : { headValue: places.head?.value }),
  }
  const reason = effect === 'unknown' ? `Neither form of \`${name}\` could be proved to allow all that the other allows.` : ''
  return [localFact({ aspect, effect, subject: name, reason, ...places, ...values })]
}

const branches = ['then', 'else'] as const

/** With the same condition the branches are compared on their own; another condition is judged by the whole. */
function compareIfs(compared: Compared): Report {
  const { engine, prover } = compared
  const part = (conjunct: Conjunct, name: string): Term => subterm(engine, conjunct, name)
  const sameCondition: Equal = (left, right) => same(compared, part(left, 'if'), part(right, 'if'))
  const open = unmatched(
    compared,
    'if',
    (left, right) => sameCondition(left, right) && branches.every((name) => same(compared, part(left, name), part(right, name))),
  )
  const [old, now] = [open.base[0], open.head[0]]
  if (open.base.length === 0 && open.head.length === 0) return nothing
  if (old !== undefined && now !== undefined && open.base.length === 1 && open.head.length === 1) {
    if (sameCondition(old, now))
      return {
        facts: [],
        steps: branches.map((name) =>
          stepTo({
            segments: [name],
            base: part(old, name),
            head: part(now, name),
            baseEntry: entry(old, name),
            headEntry: entry(now, name),
          }),
        ),
      }
    return reportOf(...fact({ aspect: 'if-then-else', effect: containment(prover, compared.base, compared.head), old, now }))
  }
  const inert = (conjunct: Conjunct): boolean =>
    branches.every((name) => part(conjunct, name).conjuncts.length === 0 && !part(conjunct, name).never)
  return reportOf(
    ...open.base.filter((each) => !inert(each)).flatMap((each) => fact({ aspect: 'if-then-else', effect: 'widens', old: each })),
    ...open.head.filter((each) => !inert(each)).flatMap((each) => fact({ aspect: 'if-then-else', effect: 'narrows', now: each })),
  )
}

function entry(conjunct: Conjunct, name: string): ReturnType<typeof stepTo>['baseEntry'] {
  const place = keyword(conjunct, name) === undefined ? null : keywordPlace(conjunct, name)
  return place && { ...place, dialect: conjunct.dialect }
}
