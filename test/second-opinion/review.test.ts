/** What people see of the second opinion: a folded section, after everything that counts. */
import { expect, test } from 'vitest'
import { reviewMarkdown } from '../../src/render/markdown.ts'
import { reviewWithSecondOpinion } from '../../src/review-with-second-opinion.ts'
import { review } from '../../src/run.ts'
import { snapshotOf } from '../builders.ts'

const orders = (type: string) => `openapi: 3.0.3
info: { title: Orders, version: 1.0.0 }
paths:
  /orders:
    post:
      requestBody: { content: { application/json: { schema: { type: object, properties: { total: { type: ${type} } } } } } }
      responses: { '201': { description: Created. } }
`

const changed = snapshotOf({ 'openapi.yaml': orders('number') }, { 'openapi.yaml': orders('integer') })

test('the other tool agrees that a narrower request breaks, folded and without a say in the verdict', async () => {
  const { secondOpinion, ...rest } = await reviewWithSecondOpinion(changed)
  const plain = await review(changed)
  expect(rest).toEqual(plain)
  expect(secondOpinion?.operations.map(({ verdict }) => verdict)).toEqual(['agrees'])
  const page = reviewMarkdown({ ...rest, ...(secondOpinion === undefined ? {} : { secondOpinion }) })
  expect(page).toContain('<details><summary>Second opinion by openapi-diff on 1 operation: 1 agree</summary>')
  expect(reviewMarkdown(plain)).not.toContain('Second opinion')
}, 60_000)

test('nobody is asked where nothing changed', async () => {
  const same = snapshotOf({ 'openapi.yaml': orders('number') }, { 'openapi.yaml': `${orders('number')}# a word\n` })
  expect(await reviewWithSecondOpinion(same)).not.toHaveProperty('secondOpinion')
})
