/** Statements out of human-written changelogs: each undisputed row must be reported with its verdict on its element. */
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { diffDescriptions } from '../../src/diff/diff.ts'
import type { UnplacedChange } from '../../src/model/change.ts'
import { deliberateDifferences } from '../deliberate-differences.ts'
import { pairsIn, readSide } from './load.ts'
import { line } from './real.ts'
import type { Options } from './real.ts'

export function reportTruth(corpus: string, { verbose, only }: Options): boolean {
  const rows = readFileSync(join(corpus, 'real', 'truth.jsonl'), 'utf8')
    .trim()
    .split('\n')
    .map((text) => JSON.parse(text) as Record<string, any>)
  const folders = new Map(
    ['truth', 'semantic', 'big', 'multi'].flatMap((set) => pairsIn(join(corpus, 'real', set)).map((pair) => [pair.id, pair] as const)),
  )
  let [counted, agreed, deliberate] = [0, 0, 0]
  for (const row of rows) {
    if (!String(row['id']).includes(only)) continue
    const pair = folders.get(String(row['id'])) ?? folders.get(String(row['pair']))
    if (pair === undefined) {
      console.log(`  ${String(row['id'])}: no pair`)
      continue
    }
    const [base, head] = [readSide(pair, 'base'), readSide(pair, 'head')]
    if (typeof base === 'string' || typeof head === 'string') continue
    const { changes } = diffDescriptions(base, head)
    const relevant = changes.filter((change) => concerns(change, row))
    const found = relevant.some(({ class: verdict }) =>
      row['expected'] === 'breaking' ? verdict === 'breaking' || verdict === 'dangerous' : verdict === 'nonbreaking' || verdict === 'docs',
    )
    const wrong = row['expected'] !== 'breaking' && relevant.some(({ class: verdict }) => verdict === 'breaking' || verdict === 'dangerous')
    if (row['disputed'] === undefined) counted += 1
    if (row['disputed'] === undefined && found) agreed += 1
    const isDeliberate = !found && deliberateDifferences.some(({ id }) => id.test(`truth:${String(row['id'])}`))
    if (row['disputed'] === undefined && isDeliberate) deliberate += 1
    if ((!found && !isDeliberate) || wrong || verbose) {
      console.log(
        `  ${String(row['id'])} ${found ? (wrong ? 'CHECK' : 'ok') : 'MISSED'}${row['disputed'] === undefined ? '' : ' (disputed)'}: ${String(row['element'])} expected ${String(row['expected'])} (${String(row['category'])})`,
      )
      for (const change of relevant.slice(0, 6)) console.log(`      ${line(change)}`)
      if (relevant.length === 0) for (const change of changes.slice(0, 4)) console.log(`      not matched: ${line(change)}`)
    }
  }
  console.log(
    `truth: ${String(agreed)} of ${String(counted)} undisputed statements reported with their verdict, ${String(deliberate)} differ on purpose`,
  )
  return agreed + deliberate === counted
}

/** A change concerns a row when it stands where the row's evidence does. */
function concerns(change: UnplacedChange, row: Record<string, any>): boolean {
  const evidence: string[] = row['evidence'] ?? []
  const places = evidence.map((text) => (text.split(/\s+/)[1] ?? '').replaceAll('~1', '/').replace(/\[(\d+)\]/g, '/$1'))
  const pointers = [change.base, change.head, change.near].flatMap((location) =>
    location === null ? [] : [location.pointer.replaceAll('~1', '/')],
  )
  return places.some((place) => {
    const stem = place
      .replace(/\[.*$/, '')
      .replace(/\/(?:enum|required|type|nullable|deprecated|\$ref|pattern|maximum|operationId|properties)$/, '')
    return (
      pointers.some((pointer) => pointer.startsWith(stem) || (stem.startsWith(pointer) && pointer.split('/').length > 2)) ||
      change.reaches.some(({ method, path }) => stem.startsWith(`/paths/${path}`) && stem.length <= `/paths/${path}/${method}`.length)
    )
  })
}
