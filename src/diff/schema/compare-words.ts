/** Facts that change no set: words for people, defaults, deprecation, read-only and write-only, XML, extensions. */
import { isList, isObject } from '../../openapi/values.ts'
import type { Node } from '../../openapi/types.ts'
import { sameJson } from '../same-json.ts'
import { keywordPlace, localFact } from './report.ts'
import type { Compared, LocalFact } from './report.ts'
import { keyword } from './term.ts'
import type { Conjunct } from './term.ts'
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
      compareWritten({ aspect, subject: name, old: written(compared.baseConjuncts, name), now: written(compared.headConjuncts, name) }),
    ),
    ...compareWritten({
      aspect: 'example',
      subject: 'example',
      old: examples(compared.baseConjuncts),
      now: examples(compared.headConjuncts),
    }),
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
function compareWritten({ aspect, subject, old, now }: Comparison): readonly LocalFact[] {
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

function written(conjuncts: readonly Conjunct[], name: string): readonly Written[] {
  return conjuncts.flatMap((conjunct) => {
    const value = keyword(conjunct, name)
    const place = value === undefined ? null : keywordPlace(conjunct, name)
    return place === null ? [] : [{ place, value }]
  })
}

/** `example` is one of `examples`. */
function examples(conjuncts: readonly Conjunct[]): readonly Written[] {
  return conjuncts.flatMap((conjunct) => {
    const [one, list] = [keyword(conjunct, 'example'), keyword(conjunct, 'examples')]
    const single = one === undefined ? null : keywordPlace(conjunct, 'example')
    const several = isList(list) ? list.map((value, at) => ({ place: keywordPlace(conjunct, 'examples', at), value })) : []
    return [{ place: single, value: one }, ...several].flatMap(({ place, value }) => (place === null ? [] : [{ place, value }]))
  })
}

function compareFlag({ baseConjuncts: base, headConjuncts: head }: Compared, name: string, aspect: SchemaAspect): readonly LocalFact[] {
  const [was, is] = [carries(base, name), carries(head, name)]
  if (was === is) return []
  const place = (conjuncts: readonly Conjunct[]): Node | null => written(conjuncts, name).find(({ value }) => value === true)?.place ?? null
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

function carries(conjuncts: readonly Conjunct[], name: string): boolean {
  return conjuncts.some((conjunct) => keyword(conjunct, name) === true)
}

/** Extensions, except those that the engine reads itself. */
const readExtensions = new Set(['x-extensible-enum', 'x-nullable'])

function compareExtensions(compared: Compared): readonly LocalFact[] {
  const names = new Set(
    [...compared.baseConjuncts, ...compared.headConjuncts].flatMap(({ node }) => (isObject(node.value) ? Object.keys(node.value) : [])),
  )
  return [...names]
    .filter((name) => name.startsWith('x-') && !readExtensions.has(name))
    .flatMap((name) =>
      compareWritten({
        aspect: 'extension',
        subject: name,
        old: written(compared.baseConjuncts, name),
        now: written(compared.headConjuncts, name),
      }),
    )
}
