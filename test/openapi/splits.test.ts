/** A split is no removal, and hides none. */
import { expect, test } from 'vitest'
import { review } from '../../src/run.ts'
import { snapshotOf } from '../builders.ts'

const operation = (name: string, more = '') => `  /${name}:
    get:
      operationId: ${name}
${more}      responses: { '200': { description: Fine., content: { application/json: { schema: { $ref: '#/components/schemas/Thing' } } } } }
`

function describe(names: readonly string[], { more = '', required = '[id]' } = {}): string {
  return `openapi: 3.0.3
info: { title: Shop, version: 1.0.0 }
servers: [{ url: https://api.example.com }]
security: [{ bearer: [] }]
paths:
${names.map((name) => operation(name, more)).join('')}components:
  securitySchemes: { bearer: { type: http, scheme: bearer } }
  schemas: { Thing: { type: object, required: ${required}, properties: { id: { type: string } } } }
`
}

const base = { 'openapi.yaml': describe(['a', 'b', 'c', 'd', 'e']) }

async function reviewed(head: Record<string, string>) {
  const { apis, findings } = await review(snapshotOf(base, head))
  return {
    apis: apis.map(({ path, state, previousPath }) => `${path} ${state} ${previousPath ?? '-'}`),
    findings: findings.map(({ rule, operation: of }) => `${rule} ${of === null ? '' : of.path}`.trim()),
  }
}

test('a part that is taken out into a new description is no removal', async () => {
  expect(await reviewed({ 'openapi.yaml': describe(['a', 'b', 'c']), 'more.yaml': describe(['d', 'e']) })).toEqual({
    apis: ['more.yaml moved openapi.yaml', 'openapi.yaml changed -'],
    findings: [],
  })
})

test('a description that falls into parts, none of them half of it, is no removal', async () => {
  expect(await reviewed({ 'x.yaml': describe(['a', 'b']), 'y.yaml': describe(['c', 'd']), 'z.yaml': describe(['e']) })).toEqual({
    apis: ['x.yaml moved openapi.yaml', 'y.yaml moved openapi.yaml', 'z.yaml moved openapi.yaml'],
    findings: [],
  })
})

test('what is in no part was removed', async () => {
  const { findings } = await reviewed({ 'openapi.yaml': describe(['a', 'b']), 'more.yaml': describe(['d', 'e']) })
  expect(findings).toEqual(['operation-removed /c'])
})

test('a break and a weakening on the way are found', async () => {
  const open = await reviewed({
    'openapi.yaml': describe(['a', 'b', 'c']),
    'more.yaml': describe(['d', 'e'], { more: '      security: []\n' }),
  })
  expect(new Set(open.findings.filter((one) => one.startsWith('operation-security')))).toEqual(
    new Set(['operation-security-weakened /d', 'operation-security-weakened /e']),
  )
  const optional = await reviewed({ 'openapi.yaml': describe(['a', 'b', 'c']), 'more.yaml': describe(['d', 'e'], { required: '[]' }) })
  expect(optional.findings.length).toBeGreaterThan(0)
})

test('a new description that merely shares an operation is new', async () => {
  const { apis } = await reviewed({ 'openapi.yaml': describe(['a', 'b', 'c', 'd']), 'more.yaml': describe(['e', 'f', 'g']) })
  expect(apis).toEqual(['more.yaml added -', 'openapi.yaml changed -'])
})
