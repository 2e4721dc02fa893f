/**
 * How the cost of a warm review grows: with the size of the description while the change stays the same, and with the size of the change while
 * the description stays the same. Generated descriptions, so that anybody can repeat it. Draws docs/performance.svg with `--draw`.
 */
import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { readDescription } from '../src/openapi/read.ts'
import { diffDescriptions } from '../src/diff/diff.ts'
import { review } from '../src/run.ts'
import { drawCharts, type Line } from './draw.ts'
import { median } from './measure.ts'
import { reviewJson } from './review-snapshot.ts'

const rounds = 7
const path = 'openapi.json'

/** A description of `operations` operations (about 2.4 kB each), of which the first `changed` lose a property of their response. */
function describe(operations: number, changed: number): string {
  const paths: Record<string, unknown> = {}
  const schemas: Record<string, unknown> = {}
  for (let index = 0; index < operations; index += 1) {
    const name = `Thing${index}`
    paths[`/things-${index}/{id}`] = { get: operation(name, index), put: operation(name, index + operations) }
    schemas[name] = schema(index, index < changed)
  }
  return JSON.stringify(
    {
      openapi: '3.1.0',
      info: { title: 'Things', version: '1.0.0' },
      security: [{ bearer: [] }],
      paths,
      components: { securitySchemes: { bearer: { type: 'http', scheme: 'bearer' } }, schemas },
    },
    null,
    2,
  )
}

function operation(name: string, index: number): unknown {
  const content = { 'application/json': { schema: { $ref: `#/components/schemas/${name}` } } }
  return {
    operationId: `operation${index}`,
    summary: `What operation ${index} does, in a sentence of usual length.`,
    parameters: [{ name: 'id', in: 'path', required: true, schema: { type: 'string', maxLength: 40 } }],
    responses: {
      200: { description: 'The thing.', content },
      401: { description: 'Not authenticated.' },
      404: { description: 'Not there.' },
    },
  }
}

function schema(index: number, isChanged: boolean): unknown {
  const names = Array.from({ length: 10 }, (_, position) => `field${index}x${position}`)
  const kept = isChanged ? names.slice(1) : names
  const properties = Object.fromEntries(
    kept.map((name) => [name, { type: 'string', description: `What ${name} means to its readers.`, maxLength: 200 }]),
  )
  return { type: 'object', required: [names[2]], properties }
}

async function cpu(work: () => unknown): Promise<number> {
  const times: number[] = []
  for (let round = 0; round < rounds; round += 1) {
    globalThis.gc?.()
    const before = process.cpuUsage()
    await work()
    const { user, system } = process.cpuUsage(before)
    times.push((user + system) / 1000)
  }
  return median(times.slice(2))
}

function read(text: string) {
  const result = readDescription({ text, path })
  if (!('api' in result)) throw new Error('A generated description cannot be read.')
  return result.api
}

interface Measured {
  readonly x: number
  readonly floor: number
  readonly diff: number
  readonly review: number
}

async function measureOne(operations: number, changed: number, x: (text: string) => number): Promise<Measured> {
  const [base, head] = [describe(operations, 0), describe(operations, changed)]
  const floor = await cpu(() => JSON.parse(head))
  const apis: (readonly [ReturnType<typeof read>, ReturnType<typeof read>])[] = Array.from({ length: rounds }, () => [
    read(base),
    read(head),
  ])
  const diff = await cpu(() => {
    const [before, after] = apis.pop() ?? [read(base), read(head)]
    return diffDescriptions(before, after)
  })
  const whole = await cpu(() => review(reviewJson({ [path]: base }, { [path]: head })))
  return { x: x(head), floor, diff, review: whole }
}

function print(title: string, unit: string, rows: readonly Measured[]): void {
  console.log(`\n## ${title}\n\n| ${unit} | JSON.parse of one side | diff | whole review |\n|--:|--:|--:|--:|`)
  for (const { x, floor, diff, review: whole } of rows)
    console.log(`| ${x.toFixed(x < 10 ? 1 : 0)} | ${floor.toFixed(1)} | ${diff.toFixed(1)} | ${whole.toFixed(1)} |`)
}

function lines(rows: readonly Measured[]): Line[] {
  const line = (name: string, of: (one: Measured) => number): Line => ({ name, points: rows.map((one) => [one.x, of(one)] as const) })
  return [line('whole review', (one) => one.review), line('diff', (one) => one.diff), line('JSON.parse of one side', (one) => one.floor)]
}

const megabytes = (text: string): number => text.length / 1_000_000
const bySize: Measured[] = []
for (const operations of [100, 500, 1000, 2000, 3000, 4000]) bySize.push(await measureOne(operations, 1, megabytes))
print('Size of the description, one change (CPU ms)', 'MB', bySize)

const byChange: Measured[] = []
for (const changed of [1, 50, 100, 200, 400]) byChange.push(await measureOne(1000, changed, () => changed))
print('Size of the change, 1,000 components (CPU ms)', 'changed components', byChange)

if (process.argv.includes('--draw'))
  writeFileSync(
    join(import.meta.dirname, '../docs/performance.svg'),
    drawCharts([
      { title: 'One change, larger and larger descriptions', x: 'MB', y: 'CPU ms', lines: lines(bySize) },
      { title: 'More and more changes, one description', x: 'changed components', y: 'CPU ms', lines: lines(byChange) },
    ]),
  )
