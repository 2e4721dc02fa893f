import { expect, test } from 'vitest'
import { cover } from './fields/cover.ts'
import { fields } from './fields/fields.ts'
import { publishedFields } from './fields/published.ts'
import { coveragePage, reasonOf } from './fields/table.ts'

const answers = cover()

const named = ({ object, field, version, direction, edit }: (typeof answers)[number]): string =>
  `${object} ${field.name}, ${edit} (${version}, ${direction})`

test('every edit of every field is reported, or it is written down why not', () => {
  const unanswered = answers.filter((answer) => answer.answers?.length === 0 && reasonOf(answer) === undefined)
  expect(unanswered.map(named)).toEqual([])
})

test('no reason is written for what is reported', () => {
  const stale = answers.filter((answer) => (answer.answers?.length ?? 0) > 0 && reasonOf(answer) !== undefined)
  expect(stale.map((answer) => `${named(answer)}: ${String(answer.answers)}`)).toEqual([])
})

/** Names that the published schemas have and the specifications have not, or that mean nothing where they stand. */
const notFields = new Map([
  ['3.0 Header Object allowEmptyValue', 'It applies to query parameters only.'],
  ['3.0 Header Object allowReserved', 'It applies to query parameters only.'],
  ['3.1 Header Object allowEmptyValue', 'It applies to query parameters only.'],
  ['3.1 Server Variable Object descriptions', 'A slip of the schema: the field is called `description`.'],
  ['3.1 Link Object body', 'A slip of the schema: the field is called `server`.'],
])

test('no field of the published schemas is missing', () => {
  const missing = publishedFields().flatMap(({ version, object, fields: published }) => {
    const known = fields[object].filter(({ versions }) => versions?.includes(version) ?? true).map(({ name }) => name)
    const isKnown = (name: string): boolean => known.includes(name) || notFields.has(`${version} ${object} ${name}`)
    return published.filter((name) => !isKnown(name)).map((name) => `${version} ${object} ${name}`)
  })
  expect(missing).toEqual([])
})

test('docs/coverage.md shows what is compared', async () => {
  await expect(coveragePage(answers)).toMatchFileSnapshot('../../docs/coverage.md')
})
