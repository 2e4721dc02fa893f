/** The texts written in a description: everything, examples, and what people read as Markdown. Walks the parts as they are written, data included. */
import { childPointer } from '../openapi/json-pointer.ts'
import type { Node } from '../openapi/types.ts'
import { isList, isObject } from '../openapi/values.ts'
import { collection } from './described.ts'

export interface TextSubject {
  readonly text: string
  /** The key it stands under. */
  readonly key: string
  readonly node: Node
}

/** Keys whose text is shown as Markdown. Source: OpenAPI 3.1, "CommonMark syntax MAY be used". */
const prose = new Set(['description', 'title', 'summary'])

/** Keys below which everything is data made up for readers. */
const sampleKeys = new Set(['example', 'examples', 'x-example', 'x-examples', 'default'])

/** Maps and lists within each other that are looked into; deeper than any description read. */
const maxDepth = 600

/** Texts long enough to hold a secret, wherever they stand. */
export const longTexts = collection<TextSubject>((described) =>
  described.parts.flatMap((part) => collect(part, (text) => text.length >= 12)),
)

/** Descriptions, titles and summaries; not those inside examples. */
export const proseTexts = collection<TextSubject>((described) =>
  described.parts.flatMap((part) => collect(part, (_text, key, sample) => !sample && prose.has(key))),
)

type Wanted = (text: string, key: string, sample: boolean) => boolean

function collect(part: Node, wanted: Wanted): readonly TextSubject[] {
  const found: TextSubject[] = []
  const keys: (string | number)[] = []
  const visit = (value: unknown, key: string, sample: boolean): void => {
    if (typeof value === 'string') {
      if (wanted(value, key, sample))
        found.push({
          text: value,
          key,
          node: { file: part.file, pointer: keys.reduce<string>((above, next) => childPointer(above, next), part.pointer), value },
        })
      return
    }
    if (keys.length > maxDepth) return
    if (isList(value)) value.forEach((item, index) => descend(item, index, sample))
    else if (isObject(value)) for (const name of Object.keys(value)) descend(value[name], name, sample || sampleKeys.has(name))
  }
  const descend = (value: unknown, key: string | number, sample: boolean): void => {
    if (typeof value !== 'string' && (typeof value !== 'object' || value === null)) return
    keys.push(key)
    visit(value, typeof key === 'string' ? key : '', sample)
    keys.pop()
  }
  visit(part.value, '', false)
  return found
}
