/** Where the time of one warm review goes, phase by phase, beside the floor. CPU milliseconds, medians. */
import { readFileSync } from 'node:fs'
import { load } from 'js-yaml'
import { diffDescriptions } from '../src/diff/diff.ts'
import { footprintOf } from '../src/diff/footprint.ts'
import { lintDescription } from '../src/lint/lint.ts'
import { readDescription } from '../src/openapi/read.ts'
import { localContext } from '../src/render/context.ts'
import { renderReport } from '../src/render/check-run.ts'
import { placeChanges, placeFindings } from '../src/review/place.ts'
import { review } from '../src/run.ts'
import { median } from './measure.ts'
import { measuredPairs, type Pair } from './pairs.ts'
import { reviewJson } from './review-snapshot.ts'

const rounds = 9
/** Rounds that are thrown away: the first ones run unoptimised code. */
const warmUp = 3

const phases = [
  'floor',
  'read base',
  'read head',
  'what differs',
  'judge changes',
  'lint',
  'look up lines',
  'render',
  'whole review',
  'again, new head',
] as const
type Phase = (typeof phases)[number]

/** CPU milliseconds of each phase in one round. */
async function round(texts: { readonly base: string; readonly head: string; readonly path: string }): Promise<Record<Phase, number>> {
  const spent = new Map<Phase, number>()
  const timed = async <T>(phase: Phase, work: () => T | Promise<T>): Promise<T> => {
    globalThis.gc?.()
    const before = process.cpuUsage()
    const result = await work()
    const { user, system } = process.cpuUsage(before)
    spent.set(phase, (user + system) / 1000)
    return result
  }
  const { base, head, path } = texts
  await timed('floor', () => (head.trimStart().startsWith('{') ? JSON.parse(head) : load(head)))
  const before = await timed('read base', () => read(base, path))
  const after = await timed('read head', () => read(head, path))
  const footprint = await timed('what differs', () => {
    const found = footprintOf(before, after)
    found.unchangedPath('paths', '/')
    return found
  })
  const { changes } = await timed('judge changes', () => diffDescriptions(before, after))
  const { findings } = await timed('lint', () => lintDescription(after, before, { footprint }))
  await timed('look up lines', () => [
    placeChanges(changes, { base: before, head: after }),
    placeFindings(findings, { base: before, head: after }),
  ])
  const snapshot = reviewJson({ [path]: base }, { [path]: head })
  const memory = new Map()
  const reviewed = await timed('whole review', () => review(snapshot, { memory }))
  await timed('render', () => renderReport(reviewed, localContext))
  for (const key of memory.keys()) if (key.includes(' head:')) memory.delete(key)
  await timed('again, new head', () => review(snapshot, { memory }))
  return Object.fromEntries(phases.map((phase) => [phase, spent.get(phase) ?? 0])) as Record<Phase, number>
}

function read(text: string, path: string) {
  const result = readDescription({ text, path })
  if (!('api' in result)) throw new Error(result.problems[0]?.message)
  return result.api
}

async function row(pair: Pair): Promise<string> {
  const texts = {
    base: readFileSync(pair.base, 'utf8'),
    head: readFileSync(pair.head, 'utf8'),
    path: pair.head.split('/').at(-1) ?? 'openapi.yaml',
  }
  const all: Record<Phase, number>[] = []
  for (let count = 0; count < rounds; count += 1) all.push(await round(texts))
  const medians = phases.map((phase) => median(all.slice(warmUp).map((one) => one[phase])))
  return `| ${pair.name} | ${medians.map((ms) => ms.toFixed(1)).join(' | ')} | ${((medians.at(-2) ?? 0) / (medians[0] ?? 1)).toFixed(1)} × | ${((medians.at(-1) ?? 0) / (medians[0] ?? 1)).toFixed(1)} × |`
}

console.log(`\n| warm, CPU ms | ${phases.join(' | ')} | review against the floor | new head against the floor |`)
console.log(`|---|${phases.map(() => '--:').join('|')}|--:|--:|`)
for (const pair of measuredPairs()) console.log(await row(pair))
