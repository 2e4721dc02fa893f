/** Release notes from changes: sorted by what readers look for, as Markdown and as JSON, and safe wherever they are pasted. */
import { expect, test } from 'vitest'
import { changelogOf } from '../../src/review/changelog.ts'
import { changelogJson, changelogMarkdown, changelogToCopy } from '../../src/render/changelog.ts'
import { fit, paragraph } from '../../src/render/blocks.ts'
import { apiReview, operation, review } from '../builders.ts'

const api = { id: 'orders', title: 'Orders', version: { base: '1.8.0', head: '2.0.0' } }
const changes = [
  { class: 'docs', message: 'The description of `GET /orders` changed.', rule: 'operation-documentation-changed' },
  {
    class: 'nonbreaking',
    message: 'Added `GET /orders/{id}/events`.',
    rule: 'operation-added',
    operation: operation('GET /orders/{id}/events'),
  },
  { class: 'nonbreaking', message: '`POST /orders` is deprecated.', rule: 'operation-deprecated' },
  { class: 'nonbreaking', message: '`GET /users/{id}` now returns `passwordHash`.', rule: 'response-property-added', security: 'exposure' },
  {
    class: 'breaking',
    message: 'The property `total` was removed.',
    rule: 'response-property-removed',
    reaches: [operation('GET /orders'), operation('POST /orders')],
  },
  { class: 'dangerous', message: 'The maximum grew.', rule: 'request-maximum-widened' },
] as const

test('what breaks comes first, what is written about it last', () => {
  expect(changelogMarkdown({ schema: 'specgate/changelog@1', apis: [changelogOf(api, changes)] })).toBe(`## Orders 1.8.0 → 2.0.0

### Breaking

- The property \`total\` was removed. – reaches \`GET /orders\`, \`POST /orders\`

### Security

- \`GET /users/{id}\` now returns \`passwordHash\`. (exposure)

### Deprecated

- \`POST /orders\` is deprecated.

### Added

- Added \`GET /orders/{id}/events\`.

### Changed

- The maximum grew.

### Documentation

- The description of \`GET /orders\` changed.
`)
})

test('the JSON has a schema, and every entry its rule and operations', () => {
  const json = JSON.parse(changelogJson({ schema: 'specgate/changelog@1', apis: [changelogOf(api, changes)] })) as unknown
  expect(json).toMatchObject({
    schema: 'specgate/changelog@1',
    apis: [
      {
        id: 'orders',
        left: 0,
        entries: [{ kind: 'breaking', rule: 'response-property-removed', operations: ['GET /orders', 'POST /orders'] }, {}, {}, {}, {}, {}],
      },
    ],
  })
})

test('thousands of changes are cut and counted; nothing changed says so', () => {
  const many = changelogOf(
    api,
    Array.from({ length: 2000 }, (_, index) => ({ class: 'docs', message: `Change ${index}.` }) as const),
  )
  expect([many.entries.length, many.left]).toEqual([500, 1500])
  expect(changelogMarkdown({ schema: 'specgate/changelog@1', apis: [] })).toBe('**No change.**\n')
})

test('the check run holds both forms to copy, and neither where nothing changed', () => {
  const held = review({ apis: [apiReview({ entries: changelogOf(api, changes) })] })
  const text = fit([...changelogToCopy(held), paragraph('')], 60_000)
  expect(text).toMatch(/```markdown\n## Orders[\s\S]*```json\n\{\n {2}"schema": "specgate\/changelog@1"/)
  expect(changelogToCopy(review({ apis: [apiReview({})] }))).toEqual([])
})
