/** Real pairs: nothing crashes, refactors are silent, documentation stays documentation, both directions mirror each other. */
import { join } from 'node:path'
import { diffDescriptions } from '../../src/diff/diff.ts'
import type { UnplacedChange } from '../../src/model/change.ts'
import { pairsIn, readSide, timed } from './load.ts'

export interface Options {
  readonly verbose: boolean
  readonly only: string
}

export interface RealSet {
  readonly name: string
  /** Classes that must not appear. */
  readonly never: readonly string[]
}

export const sets: readonly RealSet[] = [
  { name: 'semantic', never: [] },
  { name: 'multi', never: [] },
  { name: 'refactor', never: ['breaking', 'dangerous'] },
  { name: 'docs', never: ['breaking', 'dangerous', 'nonbreaking'] },
  { name: 'cross', never: ['breaking', 'dangerous'] },
  { name: 'big', never: [] },
  { name: 'large', never: [] },
]

export function reportSet(corpus: string, set: RealSet, { verbose, only }: Options): boolean {
  const counts: Record<string, number> = { breaking: 0, dangerous: 0, nonbreaking: 0, docs: 0 }
  const problems: string[] = []
  let [total, slowest, slowestId, pairs] = [0, 0, '', 0]
  for (const pair of pairsIn(join(corpus, 'real', set.name))) {
    if (!pair.id.includes(only)) continue
    pairs += 1
    const [base, head] = [readSide(pair, 'base'), readSide(pair, 'head')]
    if (typeof base === 'string' || typeof head === 'string') {
      problems.push(`${pair.id}: unreadable: ${typeof base === 'string' ? base : typeof head === 'string' ? head : ''}`)
      continue
    }
    try {
      const { value, ms } = timed(() => diffDescriptions(base, head))
      total += ms
      if (ms > slowest) [slowest, slowestId] = [ms, pair.id]
      for (const change of value.changes) counts[change.class] = (counts[change.class] ?? 0) + 1
      const bad = value.changes.filter((change) => set.never.includes(change.class))
      if (bad.length > 0) problems.push(...bad.slice(0, verbose ? 20 : 2).map((change) => `${pair.id}: ${line(change)}`))
      if (verbose && set.never.length === 0) for (const change of value.changes) console.log(`  ${pair.id}: ${line(change)}`)
      const mirror = diffDescriptions(head, base)
      problems.push(...unmirrored(value.changes, mirror.changes).map((text) => `${pair.id}: not mirrored: ${text}`))
      if (diffDescriptions(base, base).changes.length > 0) problems.push(`${pair.id}: differs from itself`)
    } catch (error) {
      problems.push(
        `${pair.id}: CRASH ${
          error instanceof Error
            ? (error.stack ?? '')
                .split('\n')
                .slice(0, verbose ? 8 : 3)
                .join(' | ')
            : String(error)
        }`,
      )
    }
  }
  console.log(
    `${set.name}: ${String(pairs)} pairs, ${JSON.stringify(counts)}, cpu ${total.toFixed(0)} ms, slowest ${slowest.toFixed(0)} ms (${slowestId}), ${String(problems.length)} problems`,
  )
  for (const problem of problems.slice(0, verbose ? 500 : 40)) console.log(`  ${problem}`)
  return problems.length === 0
}

/** Changes of one direction that the other does not report at the same two places. */
function unmirrored(forth: readonly UnplacedChange[], back: readonly UnplacedChange[]): string[] {
  const at = (location: UnplacedChange['base']): string => (location === null ? '-' : `${location.file}#${location.pointer}`)
  const there = new Set(forth.map(({ base, head }) => `${at(base)} ${at(head)}`))
  const here = new Set(back.map(({ base, head }) => `${at(head)} ${at(base)}`))
  return [
    ...forth.filter(({ base, head }) => !here.has(`${at(base)} ${at(head)}`)).map(line),
    ...back.filter(({ base, head }) => !there.has(`${at(head)} ${at(base)}`)).map(line),
  ]
}

export function line(change: UnplacedChange): string {
  const where = change.operation === null ? (change.component ?? '-') : `${change.operation.method} ${change.operation.path}`
  return `${change.class}${change.security === null ? '' : `/${change.security}`} ${change.rule} [${where}] ${change.message} (reaches ${String(change.reaches.length)}) ${change.base?.pointer ?? '-'} -> ${change.head?.pointer ?? '-'}`
}
