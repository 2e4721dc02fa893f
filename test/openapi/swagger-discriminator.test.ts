import { expect, test } from 'vitest'
import { readDescription } from '../../src/openapi/read.ts'

test('in Swagger 2.0 a discriminator is the name of a property', () => {
  const pet = { type: 'object', discriminator: 'kind', required: ['kind'], properties: { kind: { type: 'string' } } }
  const text = JSON.stringify({ swagger: '2.0', info: { title: 'Pets', version: '1' }, paths: {}, definitions: { Pet: pet } })
  const result = readDescription({ text, path: 'swagger.json' })
  expect('api' in result ? result.api.problems : result.problems).toEqual([])
})
