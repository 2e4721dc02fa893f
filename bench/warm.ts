/** The phases in a warm process, each beside the floor: one JSON.parse (or YAML load) of one side of the same document. CPU milliseconds, medians. */
import { readFileSync } from 'node:fs'
import { load } from 'js-yaml'
import { diffDescriptions } from '../src/diff/diff.ts'
import { footprintOf } from '../src/diff/footprint.ts'
import { lintDescription } from '../src/lint/lint.ts'
import { readDescription } from '../src/openapi/read.ts'
import { reviewJson } from './review-snapshot.ts'
import { review } from '../src/run.ts'
import { measuredPairs, type Pair } from './pairs.ts'
import { median } from './measure.ts'

const rounds = 7

async function cpu(work: () => unknown): Promise<number> {
  const times: number[] = []
  for (let round = 0; round < rounds; round += 1) {
    const before = process.cpuUsage()
    await work()
    const { user, system } = process.cpuUsage(before)
    times.push((user + system) / 1000)
  }
  return median(times.slice(2))
}

function api(text: string, path: string) {
  const read = readDescription({ text, path })
  if (!('api' in read)) throw new Error(read.problems[0]?.message)
  return read.api
}

/** What a review asks of the linter. */
function scoped([base, head]: ReturnType<typeof sidesOf>): Parameters<typeof lintDescription> {
  return [head, base, { footprint: footprintOf(base, head) }]
}

function sidesOf(base: string, head: string, path: string) {
  return [api(base, path), api(head, path)] as const
}

async function row(pair: Pair, kind: string): Promise<string> {
  const [base, head] = [readFileSync(pair.base, 'utf8'), readFileSync(pair.head, 'utf8')]
  const path = pair.head.split('/').at(-1) ?? 'openapi.yaml'
  const floor = await cpu(() => (head.trimStart().startsWith('{') ? JSON.parse(head) : load(head)))
  const read = await cpu(() => api(head, path))
  const sides = () => sidesOf(base, head, path)
  const reading = await cpu(() => sides())
  const cells: number[] = [floor, read]
  if (kind === 'diff') cells.push((await cpu(() => diffDescriptions(...sides()))) - reading)
  if (kind === 'lint')
    cells.push(
      (await cpu(() => lintDescription(sides()[1], null))) - reading,
      (await cpu(() => lintDescription(...scoped(sides())))) - 2 * reading,
    )
  if (kind === 'review') cells.push(await cpu(() => review(reviewJson({ [path]: base }, { [path]: head }))))
  return `| ${pair.name} | ${cells.map((ms) => Math.max(0, ms).toFixed(1)).join(' | ')} | ${((cells.at(-1) ?? 0) / floor).toFixed(2)} × |`
}

const columns: Readonly<Record<string, readonly string[]>> = {
  diff: ['floor', 'read one side', 'diff alone'],
  lint: ['floor', 'read one side', 'lint head in full', 'lint what changed'],
  review: ['floor', 'read one side', 'whole review'],
}

const [kind = 'diff'] = process.argv.slice(2)
const names = columns[kind] ?? []
console.log(`\n| warm, CPU ms | ${names.join(' | ')} | last against the floor |\n|---|${names.map(() => '--:').join('|')}|--:|`)
for (const pair of measuredPairs()) console.log(await row(pair, kind))
