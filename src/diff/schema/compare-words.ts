/** Facts that change no set: words for people, defaults, deprecation, read-only and write-only, XML, extensions. */
import { isList, isObject } from '../../openapi/values.ts'
import type { Node } from '../../openapi/types.ts'
import { sameJson } from '../same-json.ts'
import { isFlagged } from './compare-objects.ts'
import { keywordPlace, localFact } from './report.ts'
import type { Compared, LocalFact } from './report.ts'
import { keyword } from './term.ts'
import type { Term } from './term.ts'
import type { SchemaAspect } from './types.ts'

const wordKeywords: readonly (readonly [string, SchemaAspect])[] = [
  ['title', 'title'],
  ['description', 'description'],
  ['externalDocs', 'external-docs'],
  ['$comment', 'comment'],
  ['xml', 'xml'],
  ['default', 'default'],
]

/** Facts about everything that stands beside the set of values. */
export function compareWords(compared: Compared): readonly LocalFact[] {
  return [
    ...wordKeywords.flatMap(([name, aspect]) =>
      compareWritten(compared, { aspect, subject: name, old: written(compared.base, name), now: written(compared.head, name) }),
    ),
    ...compareWritten(compared, { aspect: 'example', subject: 'example', old: examples(compared.base), now: examples(compared.head) }),
    ...compareFlag(compared, 'deprecated', 'deprecated'),
    ...compareFlag(compared, 'readOnly', 'read-only'),
    ...compareFlag(compared, 'writeOnly', 'write-only'),
    ...compareExtensions(compared),
  ]
}

interface Written {
  readonly place: Node
  readonly value: unknown
}

interface Comparison {
  readonly aspect: SchemaAspect
  readonly subject: string
  readonly old: readonly Written[]
  readonly now: readonly Written[]
}

/** What head no longer says, or newly says; where it is said does not matter. */
function compareWritten(_compared: Compared, { aspect, subject, old, now }: Comparison): readonly LocalFact[] {
  const gone = old.filter(({ value }) => !now.some((other) => sameJson(value, other.value)))
  const fresh = now.filter(({ value }) => !old.some((other) => sameJson(value, other.value)))
  return Array.from({ length: Math.max(gone.length, fresh.length) }, (_, at) => {
    const [base, head] = [gone[at], fresh[at]]
    const values = { ...(base === undefined ? {} : { baseValue: base.value }), ...(head === undefined ? {} : { headValue: head.value }) }
    return localFact({
      aspect,
      effect: 'equal',
      subject,
      base: base?.place ?? null,
      head: head?.place ?? null,
      docsOnly: aspect !== 'default',
      ...values,
    })
  })
}

function written(term: Term, name: string): readonly Written[] {
  return term.conjuncts.flatMap((conjunct) => {
    const value = keyword(conjunct, name)
    const place = value === undefined ? null : keywordPlace(conjunct, name)
    return place === null ? [] : [{ place, value }]
  })
}

/** `example` is one of `examples`. */
function examples(term: Term): readonly Written[] {
  return term.conjuncts.flatMap((conjunct) => {
    const [one, list] = [keyword(conjunct, 'example'), keyword(conjunct, 'examples')]
    const single = one === undefined ? null : keywordPlace(conjunct, 'example')
    const several = isList(list) ? list.map((value, at) => ({ place: keywordPlace(conjunct, 'examples', at), value })) : []
    return [{ place: single, value: one }, ...several].flatMap(({ place, value }) => (place === null ? [] : [{ place, value }]))
  })
}

function compareFlag({ base, head }: Compared, name: string, aspect: SchemaAspect): readonly LocalFact[] {
  const [was, is] = [isFlagged(base, name), isFlagged(head, name)]
  if (was === is) return []
  const place = (term: Term): Node | null => written(term, name).find(({ value }) => value === true)?.place ?? null
  return [
    localFact({
      aspect,
      effect: 'equal',
      subject: name,
      base: place(base),
      head: place(head),
      docsOnly: aspect === 'deprecated',
      baseValue: was,
      headValue: is,
    }),
  ]
}

/** Extensions, except those that the engine reads itself. */
const readExtensions = new Set(['x-extensible-enum', 'x-nullable'])

function compareExtensions(compared: Compared): readonly LocalFact[] {
  const names = new Set(
    [...compared.base.conjuncts, ...compared.head.conjuncts].flatMap(({ node }) => (isObject(node.value) ? Object.keys(node.value) : [])),
  )
  return [...names]
    .filter((name) => name.startsWith('x-') && !readExtensions.has(name))
    .flatMap((name) =>
      compareWritten(compared, {
        aspect: 'extension',
        subject: name,
        old: written(compared.base, name),
        now: written(compared.head, name),
      }),
    )
}
