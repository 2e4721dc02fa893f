import { expect, test } from 'vitest'
import type { OperationOpinion } from '../../src/model/second-opinion.ts'
import { renderSecondOpinion } from '../../src/render/second-opinion.ts'

const opinion: OperationOpinion = {
  api: 'orders',
  operation: { method: 'POST', path: '/orders' },
  verdict: 'disagrees',
  sentence: 'It finds nothing in the request body that breaks a client, where a breaking change is reported.',
}

test('the section is folded, says what it is worth, and has a row for each operation', () => {
  const markdown = renderSecondOpinion({
    operations: [opinion, { ...opinion, operation: { method: 'GET', path: '/orders' }, verdict: 'agrees' }],
    notAsked: 3,
    elapsedMs: 900,
  })
  expect(markdown.split('\n')[0]).toBe('<details><summary>Second opinion by openapi-diff on 2 operations: 1 disagree, 1 agree</summary>')
  expect(markdown).toContain('| `orders` | `POST /orders` | disagrees | It finds nothing')
  expect(markdown).toContain('clears nothing')
  expect(markdown).toContain('not asked about 3 more operations')
  expect(markdown.trimEnd().endsWith('</details>')).toBe(true)
})

test('without operations there is no section', () => {
  expect(renderSecondOpinion({ operations: [], notAsked: 0, elapsedMs: 1 })).toBe('')
})

test('names that pull requests choose cannot leave their cells', () => {
  const hostile = { ...opinion, api: '</details> @all', operation: { method: 'GET', path: '/a|b`</details>\n| c' } }
  const markdown = renderSecondOpinion({ operations: [hostile], notAsked: 0, elapsedMs: 1 })
  expect(markdown.split('\n').filter((line) => line.includes('</details>') && !line.startsWith('| `'))).toEqual(['</details>'])
  expect(markdown.split('\n').filter((line) => line.startsWith('|'))).toHaveLength(3)
})
