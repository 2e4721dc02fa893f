/**
 * Whether a regular expression can take exponential time on a hostile text. Decided on its position automaton: it can exactly when some word
 * leads from a state back to itself in two ways (Weber and Seidl 1991, "exponential degree of ambiguity"). Never runs the expression.
 */
import { componentsOf } from './components-of-graph.ts'
import { parseRegex } from './regex-parser.ts'
import type { RegexNode } from './regex-parser.ts'

/** Longer expressions are not analysed; the longest that people wrote by hand in published descriptions and rulesets have about 1,000 characters. */
const longestPattern = 2_000

/** States of the automaton. */
const maxPositions = 3_000

/** States of one cycle; the analysis is quadratic in them. */
const maxInCycle = 220

export type RegexVerdict = 'safe' | 'exponential' | 'unknown'

/** `unknown`: not a regular expression, or too large to say. Bounded time for every input. */
export function regexVerdict(pattern: string): RegexVerdict {
  if (pattern.length > longestPattern) return 'unknown'
  const parsed = parseRegex(pattern)
  if (parsed === null) return 'unknown'
  for (const part of [parsed.main, ...parsed.lookarounds]) {
    const automaton = automatonOf(part)
    const ambiguous = automaton === null ? null : isAmbiguous(automaton)
    if (ambiguous === null) return 'unknown'
    if (ambiguous) return 'exponential'
  }
  return 'safe'
}

interface Automaton {
  /** Characters that lead into each position, as a set of bits. */
  readonly sets: readonly bigint[]
  /** For each position the ones that may follow; twice in the list when two repetitions lead there. */
  readonly follow: readonly (readonly number[])[]
}

interface Fragment {
  readonly nullable: boolean
  readonly first: readonly number[]
  readonly last: readonly number[]
}

const empty: Fragment = { nullable: true, first: [], last: [] }

/** Glushkov's construction, with multiplicities; null when it grows too large. */
function automatonOf(root: RegexNode): Automaton | null {
  const sets: bigint[] = []
  const follow: number[][] = []
  const connect = (from: readonly number[], to: readonly number[]): void => {
    for (const position of from) follow[position]?.push(...to)
  }
  const build = (node: RegexNode): Fragment => {
    if (sets.length > maxPositions) return empty
    switch (node.kind) {
      case 'empty':
        return empty
      case 'set': {
        const position = sets.push(node.characters) - 1
        follow.push([])
        return { nullable: false, first: [position], last: [position] }
      }
      case 'sequence':
        return node.parts.map(build).reduce((left, right) => {
          connect(left.last, right.first)
          return {
            nullable: left.nullable && right.nullable,
            first: left.nullable ? [...left.first, ...right.first] : left.first,
            last: right.nullable ? [...left.last, ...right.last] : right.last,
          }
        }, empty)
      case 'choice': {
        const parts = node.parts.map(build)
        return {
          nullable: parts.some((part) => part.nullable),
          first: parts.flatMap((part) => part.first),
          last: parts.flatMap((part) => part.last),
        }
      }
      case 'optional':
        return { ...build(node.part), nullable: true }
      case 'loop': {
        const part = build(node.part)
        connect(part.last, part.first)
        return { ...part, nullable: part.nullable || node.atLeast === 0 }
      }
    }
  }
  build(root)
  return sets.length > maxPositions ? null : { sets, follow }
}

/** True when some state has two different ways back to itself that read the same word; null when a cycle is too large to say. */
function isAmbiguous(automaton: Automaton): boolean | null {
  const component = componentsOf(automaton.follow.map((next) => [...new Set(next)]))
  if (hasDoubleEdge(automaton, component)) return true
  const cycles = new Map<number, number[]>()
  component.forEach((id, position) => cycles.set(id, [...(cycles.get(id) ?? []), position]))
  const proper = [...cycles.values()].filter((members) => members.length > 1)
  if (proper.some((members) => members.length > maxInCycle)) return null
  return proper.some((members) => hasDivergingPair(automaton, members))
}

/** Two repetitions lead from one position to another of the same cycle: `(a+)+`. */
function hasDoubleEdge({ follow, sets }: Automaton, component: readonly number[]): boolean {
  return follow.some(
    (next, from) =>
      new Set(next).size < next.length &&
      next.some((to, at) => next.indexOf(to) !== at && component[from] === component[to] && sets[to] !== 0n),
  )
}

/** Within a cycle, the pair of a position with itself reaches a pair of different positions and comes back: `(a|a)*`. */
function hasDivergingPair({ sets, follow }: Automaton, members: readonly number[]): boolean {
  const size = members.length
  const placeOf = new Map(members.map((position, place) => [position, place]))
  const within = members.map((position) => (follow[position] ?? []).flatMap((next) => placeOf.get(next) ?? []))
  const edges = members.flatMap((_, left) =>
    members.map((__, right) => pairsAfter(within[left] ?? [], within[right] ?? [], { sets, members })),
  )
  const strongly = componentsOf(edges)
  const diagonal = new Set(members.map((_, place) => strongly[place * size + place]))
  return strongly.some((id, pair) => Math.floor(pair / size) !== pair % size && diagonal.has(id) && (edges[pair]?.length ?? 0) > 0)
}

/** The pairs that one character leads to, from two lists of places. */
function pairsAfter(
  left: readonly number[],
  right: readonly number[],
  { sets, members }: { readonly sets: readonly bigint[]; readonly members: readonly number[] },
): number[] {
  const setAt = (place: number): bigint => sets[members[place] ?? -1] ?? 0n
  return left.flatMap((a) => right.filter((b) => (setAt(a) & setAt(b)) !== 0n).map((b) => a * members.length + b))
}
