import { expect, test } from 'vitest'
import { secondOpinion } from '../../src/diff/second-opinion/second-opinion.ts'
import { compared, order, type Json } from './described.ts'

/** Far more than a run needs, since other tests may have the processor. */
const budgetMs = 20_000

async function opinionOf(base: Json, head: Json) {
  const { operations } = await secondOpinion([compared(base, head)], { budgetMs })
  return operations[0]
}

const named = { type: 'object', properties: { name: { type: 'string' } } }
const strictlyNamed = { ...named, required: ['name'] }

const bodies = [
  ['a property that became required in a request', { request: named }, { request: strictlyNamed }, 'agrees'],
  ['a property that became optional in a response', { response: strictlyNamed }, { response: named }, 'agrees'],
  ['a longer text in a request', { request: { maxLength: 3 } }, { request: { maxLength: 4 } }, 'agrees'],
  ['null in a response', { response: { type: 'string' } }, { response: { type: ['string', 'null'] } }, 'agrees'],
  ['an exclusive bound', { request: { minimum: 1 } }, { request: { exclusiveMinimum: 1 } }, 'agrees'],
  ['a value that left an enum', { request: { enum: ['a', 'b'] } }, { request: { enum: ['a'] } }, 'no-answer'],
  ['a new optional property of a request', { request: {} }, { request: { properties: { a: { type: 'string' } } } }, 'no-answer'],
  [
    'a property that only responses have',
    { request: { properties: { id: { type: 'string', readOnly: true } } } },
    { request: { properties: { id: { type: 'number', readOnly: true } } } },
    'no-answer',
  ],
] as const

test('what it knows it is asked about, and the rest is no answer', async () => {
  const apis = bodies.map(([name, base, head]) => ({ ...compared(order(base), order(head)), api: name }))
  const { operations } = await secondOpinion(apis, { budgetMs })
  const verdicts = new Map(operations.map(({ api, verdict }) => [api, verdict]))
  expect(bodies.map(([name]) => [name, verdicts.get(name)])).toEqual(bodies.map(([name, , , verdict]) => [name, verdict]))
  expect(operations[0]?.sentence).toContain('that breaks clients')
})

test('nullable of OpenAPI 3.0 is asked about although the tool does not know it', async () => {
  const nullable = (flag: boolean): Json => ({ ...order({ response: { type: 'string', nullable: flag } }), openapi: '3.0.3' })
  expect((await opinionOf(nullable(false), nullable(true)))?.verdict).toBe('agrees')
})

test('a description whose schemas refer to themselves is asked about with the circle cut', async () => {
  const tree = (least: number): Json =>
    order(
      { request: { $ref: '#/components/schemas/Tree' } },
      {
        components: {
          schemas: {
            Tree: {
              type: 'object',
              properties: { children: { type: 'array', minItems: least, items: { $ref: '#/components/schemas/Tree' } } },
            },
          },
        },
      },
    )
  expect(await opinionOf(tree(0), tree(1))).toMatchObject({
    verdict: 'agrees',
    operation: { method: 'POST', path: '/orders' },
    api: 'orders',
  })
})

test('Swagger 2.0 is asked about like the others', async () => {
  const form = (type: string): Json => ({
    swagger: '2.0',
    info: { title: 'Orders', version: '1' },
    paths: { '/orders': { post: { parameters: [{ in: 'formData', name: 'size', type }], responses: { 200: { description: 'ok' } } } } },
  })
  expect(await opinionOf(form('number'), form('integer'))).toMatchObject({ verdict: 'agrees' })
})

test('where nothing reaches a body, nothing is asked and no time is spent', async () => {
  const described = compared(order({ request: named }), { ...order({ request: named }), info: { title: 'Orders', version: '2' } })
  expect(await secondOpinion([described], { budgetMs })).toMatchObject({ operations: [], notAsked: 0 })
})

test('a question that never ends is ended with the budget, and nothing is left running', async () => {
  const variant = (at: number): Json => ({
    type: 'object',
    required: [`a${String(at)}`],
    properties: { [`a${String(at)}`]: { type: 'string' } },
  })
  const four = [0, 1, 2, 3].map(variant)
  const nested = (maxLength: number): Json => ({
    oneOf: four.map((one) => ({
      ...one,
      properties: { ...(one['properties'] as Json), below: { oneOf: four, properties: { c: { maxLength } } } },
    })),
  })
  const described = compared(order({ response: nested(5) }), order({ response: nested(6) }))
  const start = performance.now()
  const { operations } = await secondOpinion([described], { budgetMs: 1500 })
  expect(performance.now() - start).toBeLessThan(6000)
  expect(operations).toMatchObject([{ verdict: 'no-answer', sentence: 'It did not finish in the time it has.' }])
})

test('without time there is no answer', async () => {
  const { operations } = await secondOpinion([compared(order({ request: named }), order({ request: strictlyNamed }))], { budgetMs: 0 })
  expect(operations).toMatchObject([{ verdict: 'no-answer' }])
})

test('schemas that grow exponentially when written out are not asked about', async () => {
  const ladder = (type: string): Json => {
    const schemas: Json = { S0: { type } }
    for (let step = 1; step < 30; step += 1) {
      const below = { $ref: `#/components/schemas/S${String(step - 1)}` }
      schemas[`S${String(step)}`] = { type: 'object', properties: { left: below, right: below } }
    }
    return order({ request: { $ref: '#/components/schemas/S29' } }, { components: { schemas } })
  }
  expect(await opinionOf(ladder('number'), ladder('integer'))).toMatchObject({
    verdict: 'no-answer',
    sentence: 'The bodies are larger than what it can compare in seconds.',
  })
})

test('at most twenty operations are asked about, and the others are counted', async () => {
  const many = (type: string): Json => {
    const [post] = Object.values(order({ request: { type } })['paths'] as Json)
    return { ...order({}), paths: Object.fromEntries(Array.from({ length: 25 }, (_, at) => [`/orders${String(at)}`, post])) }
  }
  const opinion = await secondOpinion([compared(many('number'), many('integer'))], { budgetMs })
  expect(opinion.operations.map(({ verdict }) => verdict)).toEqual(Array.from({ length: 20 }, () => 'agrees'))
  expect(opinion.notAsked).toBe(5)
})
