/**
 * Whether a regular expression can take exponential time on a hostile text. Decided on its position automaton: it can exactly when some word
 * leads from a state back to itself in two ways (Weber and Seidl 1991, "exponential degree of ambiguity"). Never runs the expression.
 */
import { componentsOf } from './components-of-graph.ts'
import { parseRegex } from './regex-parser.ts'
import type { RegexNode } from './regex-parser.ts'

/** Longer expressions are not analysed; the longest in published descriptions that people wrote by hand have about 300 characters. */
export const longestPattern = 512

/** States of the automaton; the analysis is quadratic in them. */
const maxPositions = 220

export type RegexVerdict = 'safe' | 'exponential' | 'unknown'

/** `unknown`: not a regular expression, or too large to say. Bounded time for every input. */
export function regexVerdict(pattern: string): RegexVerdict {
  if (pattern.length > longestPattern) return 'unknown'
  const parsed = parseRegex(pattern)
  if (parsed === null) return 'unknown'
  for (const part of [parsed.main, ...parsed.lookarounds]) {
    const automaton = automatonOf(part)
    if (automaton === null) return 'unknown'
    if (isAmbiguous(automaton)) return 'exponential'
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

/** True when some state has two different ways back to itself that read the same word. */
function isAmbiguous(automaton: Automaton): boolean {
  const component = componentsOf(automaton.follow.map((next) => [...new Set(next)]))
  if (hasDoubleEdge(automaton, component)) return true
  return hasDivergingPair(automaton, component)
}

/** Two repetitions lead from one position to another of the same cycle: `(a+)+`. */
function hasDoubleEdge({ follow, sets }: Automaton, component: readonly number[]): boolean {
  return follow.some((next, from) => next.some((to, at) => next.indexOf(to) !== at && component[from] === component[to] && sets[to] !== 0n))
}

/** The pair of a position with itself reaches a pair of different positions and comes back: `(a|a)*`. */
function hasDivergingPair({ sets, follow }: Automaton, component: readonly number[]): boolean {
  const size = sets.length
  const edges: number[][] = Array.from({ length: size * size }, () => [])
  for (let left = 0; left < size; left += 1) {
    for (let right = 0; right < size; right += 1) {
      if (component[left] !== component[right]) continue
      edges[left * size + right] = pairsAfter(follow[left] ?? [], follow[right] ?? [], sets).filter(
        (pair) => component[Math.floor(pair / size)] === component[left],
      )
    }
  }
  const strongly = componentsOf(edges)
  const diagonal = new Set(sets.map((_, position) => strongly[position * size + position]))
  return strongly.some((id, pair) => Math.floor(pair / size) !== pair % size && diagonal.has(id) && (edges[pair]?.length ?? 0) > 0)
}

function pairsAfter(left: readonly number[], right: readonly number[], sets: readonly bigint[]): number[] {
  const pairs: number[] = []
  for (const a of left) for (const b of right) if (((sets[a] ?? 0n) & (sets[b] ?? 0n)) !== 0n) pairs.push(a * sets.length + b)
  return pairs
}
