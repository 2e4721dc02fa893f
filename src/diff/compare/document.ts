/** What belongs to the description as a whole: words about it, its version, its extensions. */
import { childNode, mapNode, rootNode } from '../../openapi/nodes.ts'
import type { JsonObject, Node } from '../../openapi/types.ts'
import type { Comparison } from '../comparison.ts'
import { changedExtensions, changedKeys } from '../documentation.ts'
import type { KeyChange } from '../documentation.ts'
import { fact } from '../fact.ts'
import type { Fact } from '../fact.ts'
import { code, shown } from '../words.ts'

const infoKeys = ['title', 'summary', 'description', 'termsOfService', 'contact', 'license']

/** One docs fact for each part that changed. */
export function* documentFacts({ base, head }: Comparison): Generator<Fact> {
  const roots = { base: rootNode(base), head: rootNode(head) }
  const infos = { base: part(roots.base, 'info'), head: part(roots.head, 'info') }
  for (const { key, ...at } of changedKeys(infos.base, infos.head, ['version'])) {
    yield fact({
      rule: 'api-version-changed',
      place: ['info', key],
      words: { where: 'the API', from: shown(at.base?.value), to: shown(at.head?.value) },
      ...at,
      near: roots.head,
    })
  }
  yield* documented('info/', changedKeys(infos.base, infos.head, infoKeys), roots.head)
  yield* documented('', changedKeys(roots.base, roots.head, ['tags', 'externalDocs']), roots.head)
  for (const holder of ['', 'info', 'paths', 'components']) {
    const [before, after] = holder === '' ? [roots.base, roots.head] : [part(roots.base, holder), part(roots.head, holder)]
    const prefix = holder === '' || holder === 'info' ? '' : `${holder}/`
    for (const { key, ...at } of changedExtensions(before, after)) {
      const name = `${prefix}${key}`
      yield fact({ rule: 'api-extension-changed', place: [name], words: { where: 'the API', name: code(name) }, ...at, near: roots.head })
    }
  }
}

function* documented(prefix: string, changes: readonly KeyChange[], near: Node): Generator<Fact> {
  for (const { key, ...at } of changes) {
    yield fact({
      rule: 'api-documentation-changed',
      place: [`${prefix}${key}`],
      words: { where: 'the API', name: code(`${prefix}${key}`) },
      ...at,
      near,
    })
  }
}

function part(root: Node<JsonObject>, key: string): Node<JsonObject> {
  return mapNode(childNode(root, key)) ?? { ...root, value: {} }
}
