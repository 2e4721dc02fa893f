/** Laws of the differ on whole generated descriptions: edits are found in the right class, rewritings are silent, directions mirror. */
import fc from 'fast-check'
import { expect, test } from 'vitest'
import { diffDescriptions } from '../../src/diff/diff.ts'
import { compareClasses } from '../../src/diff/law.ts'
import type { UnplacedChange } from '../../src/model/change.ts'
import { readDescription } from '../../src/openapi/read.ts'
import type { ApiDescription } from '../../src/openapi/types.ts'
import { edits, type Edit } from './documents/edits.ts'
import { documents, operationIn, operationKeys, type Json } from './documents/generate.ts'
import { refactorings } from './documents/refactorings.ts'

const runs = { numRuns: 25, seed: 7 }

function read(document: Json): ApiDescription {
  const result = readDescription({ text: JSON.stringify(document), path: 'openapi.json' })
  if (!('api' in result)) throw new Error(result.problems.map(({ message }) => message).join(' '))
  return result.api
}

function changesOf(base: Json, head: Json): readonly UnplacedChange[] {
  return diffDescriptions(read(base), read(head)).changes
}

function rewritten(document: Json, rewrite: (copy: Json) => void): Json {
  const copy = structuredClone(document)
  rewrite(copy)
  return copy
}

const shortly = ({ rule, class: of, message }: UnplacedChange): string => `${rule} (${of}): ${message}`
const keysFor = (edit: Edit) => fc.constantFrom(...operationKeys.filter((key) => edit.needsBody === undefined || /^P/.test(key)))

test('a description is the same as itself', () => {
  fc.assert(
    fc.property(documents, (document) => {
      expect(changesOf(document, structuredClone(document)).map(shortly)).toEqual([])
    }),
    runs,
  )
})

/** Where the edit changes nothing: the operation already lets everybody in. */
const isIdle = ({ security }: Edit, document: Json, key: string): boolean =>
  security === 'weakening' && operationIn(document, key)['security'] === undefined && document['security'] === undefined

test.each(edits.map((edit) => [edit.name, edit] as const))('it is found when %s', (_name, edit) => {
  fc.assert(
    fc.property(documents, keysFor(edit), (document, key) => {
      fc.pre(!isIdle(edit, document, key))
      const changes = changesOf(
        document,
        rewritten(document, (copy) => void edit.apply(copy, key)),
      )
      const told = changes.map(shortly)
      expect(edit.rules, told.join('\n')).toEqual(expect.arrayContaining([...new Set(changes.map(({ rule }) => rule))]))
      expect(changes.map((change) => change.class).sort((left, right) => compareClasses(left, right))[0], told.join('\n')).toBe(edit.class)
      expect(changes.map(({ security }) => security)).toContain(edit.security ?? null)
      for (const { reaches } of changes) expect(reaches.map(({ method, path }) => `${method} ${path}`)).toEqual([key])
    }),
    runs,
  )
})

test.each(refactorings.map((refactoring) => [refactoring.name, refactoring] as const))('nothing is reported for %s', (_name, { apply }) => {
  fc.assert(
    fc.property(documents, (document) => {
      const head = rewritten(document, apply)
      expect(changesOf(document, head).map(shortly)).toEqual([])
      expect(changesOf(head, document).map(shortly)).toEqual([])
    }),
    runs,
  )
})

test('an edit is found with the same words when the document was rewritten, too', () => {
  const rewriting = fc.constantFrom(...refactorings.filter(({ name }) => /another order|within allOf|references|other names/.test(name)))
  fc.assert(
    fc.property(
      documents,
      fc.constantFrom(...edits),
      fc.constantFrom('POST /things', 'PUT /things/{id}'),
      rewriting,
      (document, edit, key, { apply }) => {
        const head = rewritten(document, (copy) => void edit.apply(copy, key))
        const plainly = changesOf(document, head).map((change) => `${change.rule} ${change.class}`)
        const both = edit.name.includes('removed') ? head : rewritten(head, (copy) => void safely(apply, copy))
        expect(
          changesOf(document, both)
            .map((change) => `${change.rule} ${change.class}`)
            .sort(),
        ).toEqual(plainly.sort())
      },
    ),
    { ...runs, numRuns: 60 },
  )
})

/** Some rewritings count on parts that an edit may have taken away. */
function safely(apply: (document: Json) => void, document: Json): void {
  const copy = structuredClone(document)
  try {
    apply(copy)
  } catch {
    return
  }
  for (const key of Object.keys(document)) delete document[key]
  Object.assign(document, copy)
}

test('the other way round, the same elements changed', () => {
  const places = (changes: readonly UnplacedChange[], from: 'base' | 'head', to: 'base' | 'head'): string[] =>
    changes.map((change) => `${change[from]?.pointer ?? '-'} => ${change[to]?.pointer ?? '-'}`).sort()
  fc.assert(
    fc.property(documents, fc.uniqueArray(fc.constantFrom(...edits), { minLength: 1, maxLength: 3 }), (document, several) => {
      const head = rewritten(document, (copy) => {
        for (const [index, edit] of several.entries()) {
          const key = ['POST /things', 'PUT /things/{id}', 'GET /things'][edit.needsBody === undefined ? index : 0]
          if (key !== undefined && operationIn(copy, key) !== undefined) safely((one) => void edit.apply(one, key), copy)
        }
      })
      expect(places(changesOf(document, head), 'base', 'head')).toEqual(places(changesOf(head, document), 'head', 'base'))
    }),
    { ...runs, numRuns: 60 },
  )
})
