/** Applies every edit to every field and records what the differ answers. */
import type { UnplacedChange } from '../../../src/model/change.ts'
import { diffDescriptions } from '../../../src/diff/diff.ts'
import { readDescription } from '../../../src/openapi/read.ts'
import type { ApiDescription } from '../../../src/openapi/types.ts'
import { fields, type Edit, type Field } from './fields.ts'
import { objects, type Direction, type Json, type ObjectOf, type ObjectPlaces, type Version } from './objects.ts'

export interface Answer {
  readonly object: ObjectOf
  readonly field: Field
  readonly version: Version
  readonly direction: Direction
  readonly edit: Edit
  /** `rule (class)`, sorted; empty when nothing is reported; null when the document cannot be read. */
  readonly answers: readonly string[] | null
}

const edits: readonly Edit[] = ['add', 'remove', 'modify']

/** One answer for each field, version, direction and edit. */
export function cover(): readonly Answer[] {
  return Object.entries(objects).flatMap(([name, places]) => {
    if (!isObject(name)) return []
    return fields[name].flatMap((field) => answersTo(name, places, field))
  })
}

function isObject(name: string): name is ObjectOf {
  return Object.hasOwn(fields, name)
}

function answersTo(object: ObjectOf, { versions, minimal, places }: ObjectPlaces, field: Field): readonly Answer[] {
  return versions
    .filter((version) => field.versions?.includes(version) ?? true)
    .flatMap((version) =>
      directionsOf(places).flatMap(([direction, place]) =>
        edits
          .filter((edit) => edit !== 'modify' || field.values.length === 2)
          .map((edit) => {
            const [base, head] = sides(field, edit).map((value) => place(withField(field.beside ?? minimal, field.name, value), version))
            return { object, field, version, direction, edit, answers: compare(base ?? {}, head ?? {}) }
          }),
      ),
    )
}

function directionsOf(places: ObjectPlaces['places']) {
  return (['none', 'request', 'response'] as const).flatMap((direction) => {
    const place = places[direction]
    return place === undefined ? [] : [[direction, place] as const]
  })
}

/** The field's value on each side; `undefined` where it is absent. */
function sides({ values: [first, second] }: Field, edit: Edit): readonly [unknown, unknown] {
  const table: Record<Edit, readonly [unknown, unknown]> = { add: [undefined, first], remove: [first, undefined], modify: [first, second] }
  return table[edit]
}

function withField(object: Json, name: string, value: unknown): Json {
  const { [name]: _own, ...rest } = object
  return value === undefined ? rest : { ...rest, [name]: value }
}

function compare(base: Json, head: Json): readonly string[] | null {
  const [left, right] = [read(base), read(head)]
  return left === null || right === null ? null : diffDescriptions(left, right).changes.map(shortly).sort()
}

function shortly({ rule, class: of, security }: UnplacedChange): string {
  return `\`${rule}\` ${of}${security === null ? '' : `, ${security}`}`
}

function read(value: Json): ApiDescription | null {
  const result = readDescription({ text: JSON.stringify(value), path: 'openapi.json' })
  return 'api' in result ? result.api : null
}
