import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { createServer, type Server } from 'node:http'
import type { AddressInfo } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { pathToFileURL } from 'node:url'
import { Worker } from 'node:worker_threads'
import openapiDiff from 'openapi-diff'
import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest'
import { askOpenapiDiff } from '../../src/diff/second-opinion/ask.ts'
import { asOpenapi30, miniDocuments } from '../../src/diff/second-opinion/mini-document.ts'
import { secondOpinion } from '../../src/diff/second-opinion/second-opinion.ts'
import { listOperations } from '../../src/openapi/operations.ts'
import { compared, order, read, type Json } from './described.ts'

const secret = 'the contents of a local file'
let server: Server
let folder: string
let requests: string[] = []
let places: Record<'http' | 'file' | 'path', string>

beforeAll(async () => {
  server = createServer((request, response) => {
    requests.push(request.url ?? '')
    response.end(JSON.stringify({ type: 'string', title: secret }))
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  folder = await mkdtemp(join(tmpdir(), 'specgate-doors-'))
  const path = join(folder, 'secret.json')
  await writeFile(path, JSON.stringify({ type: 'string', title: secret }))
  places = { http: `http://127.0.0.1:${String((server.address() as AddressInfo).port)}/x`, file: pathToFileURL(path).href, path }
})

afterAll(async () => {
  await new Promise((resolve) => server.close(resolve))
  await rm(folder, { recursive: true })
})

beforeEach(() => {
  requests = []
})

const kinds = ['http', 'file', 'path'] as const

/** A document that leads out of itself, as the tool would read it. */
function leadingOut($ref: string): string {
  return JSON.stringify({ ...order({ request: { $ref }, response: { allOf: [{ $ref }] } }), openapi: '3.0.3' })
}

test('left to itself, the tool follows such references: what the other tests are for', async () => {
  for (const kind of ['http', 'path'] as const) {
    const content = leadingOut(places[kind])
    const plain = JSON.stringify({ ...order({ request: { type: 'object' }, response: { type: 'object' } }), openapi: '3.0.3' })
    const outcome = await openapiDiff.diffSpecs({
      sourceSpec: { content, location: 'base', format: 'openapi3' },
      destinationSpec: { content: plain, location: 'head', format: 'openapi3' },
    })
    expect(JSON.stringify(outcome)).toContain(secret)
  }
  expect(requests.length).toBeGreaterThan(0)
})

test('behind closed doors it follows nothing, even where a document leads out', async () => {
  const plain = JSON.stringify({ ...order({ request: { type: 'object' } }), openapi: '3.0.3' })
  const questions = kinds.map((kind) => ({ base: leadingOut(places[kind]), head: plain }))
  expect(await askOpenapiDiff(questions, 20_000)).toEqual(kinds.map(() => ({ silence: 'failed' })))
  expect(requests).toEqual([])
})

test('the thread says itself that its doors are closed', async () => {
  const worker = new Worker(new URL('../../src/diff/second-opinion/opinion-worker.ts', import.meta.url), { env: {}, execArgv: [] })
  const next = (): Promise<unknown> => new Promise((resolve) => worker.once('message', resolve))
  expect(await next()).toBe('ready')
  for (const kind of kinds) {
    worker.postMessage({ base: leadingOut(places[kind]), head: leadingOut(places[kind]) })
    const told = JSON.stringify(await next())
    expect(told).toContain('failure')
    expect(told).not.toContain(secret)
  }
  await worker.terminate()
  expect(requests).toEqual([])
})

test.each(kinds)('a description full of references that lead out is asked about without them (%s)', async (kind) => {
  const $ref = places[kind]
  const hostile = (type: string): Json =>
    order(
      {
        request: {
          type: 'object',
          description: { $ref },
          example: { $ref },
          'x-note': { $ref },
          default: { $ref },

          properties: {
            $ref: { type },
            a: { $ref },
            b: { allOf: [{ $ref }], $id: $ref },
            [$ref]: { type },
            c: { const: { $ref } },
            d: { enum: [{ $ref }] },
          },
          required: [$ref],
          discriminator: { propertyName: 'a', mapping: { a: $ref } },
        },
      },
      { 'x-root': { $ref }, components: { schemas: { A: { $ref } } } },
    )
  const described = compared(hostile('number'), hostile('integer'))
  const { operations } = await secondOpinion([described], { budgetMs: 20_000 })
  expect(operations).toMatchObject([{ verdict: 'agrees' }])
  expect(requests).toEqual([])
  const [operation] = listOperations(described.head)
  if (operation === undefined) throw new Error('The description has an operation.')
  const mini = miniDocuments({ base: { api: described.base, operation }, head: { api: described.head, operation } })
  const text = mini === null ? null : asOpenapi30(mini.head)
  expect(text).toContain('integer')
  expect(text).not.toContain('$ref')
  expect(text).not.toContain($ref)
})

test('nothing that people wrote is in a question but numbers', () => {
  const words = ['alpha', 'beta', '__proto__', 'constructor', 'gamma']
  const api = read(
    order({
      response: JSON.parse(
        `{"title":"alpha","description":"beta","pattern":"gamma","format":"alpha","required":["beta","__proto__"],"properties":{"__proto__":{"type":"string"},"constructor":{"enum":["alpha"]},"beta":{"type":"alpha"}},"x-gamma":"gamma"}`,
      ) as Json,
    }),
  )
  const [operation] = listOperations(api)
  if (operation === undefined) throw new Error('The description has an operation.')
  const mini = miniDocuments({ base: { api, operation }, head: { api, operation } })
  const text = mini === null ? '' : (asOpenapi30(mini.head) ?? '')
  expect(text).toContain('p0')
  for (const word of words) expect(text).not.toContain(word)
})
