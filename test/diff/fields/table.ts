/** The table of docs/coverage.md: one row for each field and direction, with what the differ answers to each edit. */
import type { Answer } from './cover.ts'
import type { Edit } from './fields.ts'

const intro = `# What the differ compares

For every field of every object of Swagger 2.0 and OpenAPI 3.0, 3.1 and 3.2 (and every keyword of JSON Schema 2020-12): which rule answers
when the field is added, removed or modified, with its class, and its security effect where it has one. Where nothing is reported, the row
says why. \`test/diff/coverage.test.ts\` makes the edits in minimal descriptions and writes this page; the answers are those of the example
values there, not of every value.
`

const edits: readonly Edit[] = ['add', 'remove', 'modify']
const directions = { none: '', request: 'request', response: 'response' } as const

/** The whole page. */
export function coveragePage(answers: readonly Answer[]): string {
  const byObject = Map.groupBy(answers, ({ object }) => object)
  return [intro, ...[...byObject].map(([object, ofObject]) => section(object, ofObject))].join('\n')
}

function section(object: string, answers: readonly Answer[]): string {
  return [
    `## ${object}\n`,
    '| Field | Versions | Direction | Added | Removed | Modified | Why nothing |',
    '|---|---|---|---|---|---|---|',
    ...rows(answers),
    '',
  ].join('\n')
}

/** Versions that answer alike share a row. */
function rows(answers: readonly Answer[]): readonly string[] {
  const byPlace = Map.groupBy(answers, ({ field, direction, version }) => `${field.name}\n${direction}\n${version}`)
  const versionsByRow = new Map<string, string[]>()
  for (const [, ofPlace] of byPlace) {
    const [first] = ofPlace
    if (first === undefined) continue
    const cells = edits.map((edit) => cell(ofPlace.find((answer) => answer.edit === edit)))
    const row = [`\`${first.field.name}\``, '@', directions[first.direction], ...cells, reasons(ofPlace)].join(' | ')
    versionsByRow.set(row, [...(versionsByRow.get(row) ?? []), first.version])
  }
  return [...versionsByRow].map(([row, versions]) => `| ${row.replace(' @ ', ` ${versions.join(', ')} `)} |`)
}

function cell(answer: Answer | undefined): string {
  if (answer === undefined) return ''
  if (answer.answers === null) return 'not readable'
  return answer.answers.length === 0 ? '–' : [...new Set(answer.answers)].join('<br>')
}

function reasons(answers: readonly Answer[]): string {
  return [...new Set(answers.flatMap((answer) => reasonOf(answer) ?? []))].join(' ')
}

/** The written reason why this edit is not reported, if there is one. */
export function reasonOf({ field, edit, version, direction }: Answer): string | undefined {
  const ignored = field.ignored?.(version, direction)
  if (ignored !== undefined) return ignored
  return typeof field.silent === 'string' ? field.silent : field.silent?.[edit]
}
