/** Cases out of other tools' test suites: does our verdict agree? Differences on purpose stand in bench/deliberate-differences.ts. */
import { existsSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { diffDescriptions } from '../../src/diff/diff.ts'
import type { DiffOptions } from '../../src/diff/diff.ts'
import type { UnplacedChange } from '../../src/model/change.ts'
import { deliberateDifferences } from '../deliberate-differences.ts'
import { readText } from './load.ts'
import { line } from './real.ts'
import type { Options } from './real.ts'

type Case = Record<string, any>

export interface Peer {
  readonly name: string
  /** What is wrong with our answer; '' when it agrees, null when the case says nothing that can be checked. */
  readonly disagreement: (expected: Case, changes: readonly UnplacedChange[]) => string | null
}

const isAlarm = ({ class: verdict }: UnplacedChange): boolean => verdict === 'breaking' || verdict === 'dangerous'

export const peers: readonly Peer[] = [
  { name: 'hard', disagreement: hard },
  { name: 'oasdiff', disagreement: oasdiff },
  { name: 'openapitools', disagreement: openapitools },
  { name: 'criteo', disagreement: byLevel },
  { name: 'azure-oad', disagreement: byLevel },
  { name: 'optic', disagreement: byVerdict },
]

export function reportPeer(corpus: string, peer: Peer, { verbose, only }: Options): boolean {
  const path = join(corpus, 'peers', `${peer.name}.jsonl`)
  if (!existsSync(path)) return true
  const cases = readFileSync(path, 'utf8')
    .trim()
    .split('\n')
    .map((text) => JSON.parse(text) as Case)
  let [checked, agreed, deliberate, unchecked] = [0, 0, 0, 0]
  const lines: string[] = []
  for (const one of cases) {
    if (!String(one['id']).includes(only)) continue
    const outcome = answer(peer, one)
    if (outcome === null) {
      unchecked += 1
      continue
    }
    checked += 1
    if (outcome.disagreement === '') agreed += 1
    else if (deliberateDifferences.some(({ id }) => id.test(`${peer.name}:${String(one['id'])}`))) deliberate += 1
    else
      lines.push(
        `  ${String(one['id'])}: ${outcome.disagreement}`,
        ...outcome.changes.slice(0, verbose ? 30 : 3).map((change) => `      ${line(change)}`),
      )
    if (verbose && only !== '' && outcome.disagreement === '')
      lines.push(`  ${String(one['id'])} agrees`, ...outcome.changes.map((change) => `      ${line(change)}`))
  }
  console.log(
    `${peer.name}: ${String(agreed)} of ${String(checked)} agree, ${String(deliberate)} differ on purpose, ${String(checked - agreed - deliberate)} disagree, ${String(unchecked)} say nothing that can be checked`,
  )
  for (const text of lines) console.log(text)
  return agreed + deliberate === checked
}

function answer(peer: Peer, one: Case): { readonly disagreement: string; readonly changes: readonly UnplacedChange[] } | null {
  const [base, head] = (['base', 'revision'] as const).map((side) =>
    readText(String(one[side]), String(one[`${side}File`] ?? 'openapi.yaml'), one[`${side}Files`] ?? {}),
  )
  if (typeof base !== 'object' || typeof head !== 'object')
    return { disagreement: `unreadable: ${typeof base === 'string' ? base : typeof head === 'string' ? head : ''}`, changes: [] }
  try {
    const { changes } = diffDescriptions(base, head, optionsOf(one))
    const disagreement = peer.disagreement(one, changes)
    return disagreement === null ? null : { disagreement, changes }
  } catch (error) {
    return {
      disagreement: `CRASH ${error instanceof Error ? (error.stack ?? '').split('\n').slice(0, 5).join(' | ') : String(error)}`,
      changes: [],
    }
  }
}

function optionsOf(one: Case): DiffOptions {
  const config = one['config'] ?? {}
  return {
    now: String(one['now'] ?? '2026-08-08'),
    ...(config.deprecationDaysStable === undefined
      ? {}
      : { sunsetDays: { stable: config.deprecationDaysStable, beta: config.deprecationDaysBeta } }),
  }
}

const severity = ['none', 'docs', 'nonbreaking', 'dangerous', 'breaking']

function hard({ expected }: Case, changes: readonly UnplacedChange[]): string {
  const worst = changes
    .map((change) => change.class as string)
    .reduce((left, right) => (severity.indexOf(right) > severity.indexOf(left) ? right : left), 'none')
  const effects = new Set(changes.map(({ security }) => security).filter((effect) => effect !== null))
  const isEffect = expected.security === null ? effects.size === 0 : effects.has(expected.security)
  return worst === expected.class && isEffect
    ? ''
    : `expected ${String(expected.class)}/${String(expected.security)}, got ${worst}/${[...effects].join('+')}`
}

function oasdiff(one: Case, changes: readonly UnplacedChange[]): string | null {
  const alarms = changes.filter(isAlarm)
  const expected = (one['expected'] as { id: string; level: string }[]).filter(({ level }) => level === 'ERR' || level === 'WARN')
  if (expected.length > 0 || one['breaking'] === true)
    return alarms.length > 0 ? '' : `expected ${expected.map(({ id }) => id).join(', ') || 'breaking'}, got nothing breaking`
  if (one['breaking'] === false && one['scope'] === 'all' && one['mode'] === 'exact')
    return alarms.length === 0 ? '' : `expected nothing breaking, got ${String(alarms.length)}`
  if (one['breaking'] === false && one['mode'] === 'verdict') return alarms.length === 0 ? '' : 'expected nothing breaking'
  if (one['breaking'] === false)
    return alarms.length === 0
      ? ''
      : `(scope) expected nothing breaking of ${(one['expected'] as { id: string }[]).map(({ id }) => id).join(', ') || (one['scope'] as string[]).slice(0, 3).join(', ')}`
  return null
}

function openapitools({ expected }: Case, changes: readonly UnplacedChange[]): string | null {
  const alarms = changes.filter(isAlarm)
  if (expected.compatible === false) return alarms.length > 0 ? '' : 'expected incompatible'
  if (expected.compatible === true && expected.onByDefault !== false)
    return alarms.length === 0 ? (expected.changed === false && changes.length > 0 ? 'expected no change' : '') : 'expected compatible'
  if (expected.endpointsChanged === true) return changes.length > 0 ? '' : 'expected changes'
  return null
}

/** criteo and Azure: ERR and WARN are findings that break somebody. */
function byLevel(one: Case, changes: readonly UnplacedChange[]): string | null {
  if (one['breaking'] === true)
    return changes.some(isAlarm)
      ? ''
      : `expected ${(one['expected'] as { id: string; level: string }[]).map(({ id, level }) => `${id} ${level}`).join(', ')}`
  if (one['breaking'] === false) return changes.some(isAlarm) ? 'expected nothing breaking' : ''
  return changes.length > 0 || one['expected'].length === 0
    ? ''
    : `expected ${(one['expected'] as { id: string }[]).map(({ id }) => id).join(', ')}`
}

function byVerdict(one: Case, changes: readonly UnplacedChange[]): string {
  return changes.some(isAlarm) === one['breaking'] ? '' : `expected ${one['breaking'] === true ? 'breaking' : 'nothing breaking'}`
}
