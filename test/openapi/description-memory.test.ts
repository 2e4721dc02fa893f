import { expect, test } from 'vitest'
import { remembered, type RememberedDescription } from '../../src/openapi/description-memory.ts'
import { readDescription } from '../../src/openapi/read.ts'

const root = (ref: string) => `openapi: 3.1.0
info: { title: Orders, version: 1.0.0 }
paths: {}
components: { schemas: { Order: { $ref: ${ref} } } }
`

function reader(texts: Record<string, string>) {
  const known = new Map<string, RememberedDescription>()
  const memory = { get: (key: string) => known.get(key), set: (key: string, value: RememberedDescription) => void known.set(key, value) }
  let reads = 0
  const read = (tree: Record<string, string>) =>
    remembered({ tree, memory }, 'openapi.yaml', () => {
      reads += 1
      const files = Object.fromEntries(Object.entries(tree).map(([path, blob]) => [path, texts[blob] ?? '']))
      return readDescription({ text: files['openapi.yaml'] ?? '', path: 'openapi.yaml', files })
    })
  return { read, reads: () => reads }
}

test('the same blobs are read once', () => {
  const { read, reads } = reader({ a: root('order.yaml'), b: 'type: object' })
  const first = read({ 'openapi.yaml': 'a', 'order.yaml': 'b' })
  expect(read({ 'openapi.yaml': 'a', 'order.yaml': 'b', 'other.yaml': 'c' })).toEqual(first)
  expect(reads()).toBe(1)
})

test('another referenced file under the same root is read', () => {
  const { read, reads } = reader({ a: root('order.yaml'), b: 'type: object', c: 'type: string' })
  read({ 'openapi.yaml': 'a', 'order.yaml': 'b' })
  const second = read({ 'openapi.yaml': 'a', 'order.yaml': 'c' })
  expect('api' in second && second.api.documents.get('order.yaml')?.value).toEqual({ type: 'string' })
  expect(reads()).toBe(2)
})

test('a description that lacked a file is read again when the file is there', () => {
  const { read } = reader({ a: root('order.yaml'), b: 'type: object' })
  const before = read({ 'openapi.yaml': 'a' })
  expect('api' in before && before.api.problems.map(({ kind }) => kind)).toEqual(['reference'])
  const after = read({ 'openapi.yaml': 'a', 'order.yaml': 'b' })
  expect('api' in after && after.api.problems).toEqual([])
})

test('what cannot be read is never kept', () => {
  const { read, reads } = reader({ a: 'openapi: [' })
  for (let round = 0; round < 2; round += 1) expect('api' in read({ 'openapi.yaml': 'a' })).toBe(false)
  expect(reads()).toBe(2)
})
