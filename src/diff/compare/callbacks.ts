/** The callbacks of an operation: the server calls, so that who writes what is turned round. */
import type { Operation } from '../../openapi/types.ts'
import type { OperationScope } from '../comparison.ts'
import type { Fact } from '../fact.ts'
import { code } from '../words.ts'
import { inOperation } from './scope.ts'

/** All differences in callbacks, paired by name, expression and method; `compare` looks into the pairs. */
export function* callbackFacts(scope: OperationScope, compare: (scope: OperationScope) => Iterable<Fact>): Generator<Fact> {
  const { pairs, moved, removed, added } = matched(scope.pair.base.callbacks, scope.pair.head.callbacks)
  for (const { base, head } of moved) {
    const words = { where: callbackName(base), from: code(expressionOf(base)), to: code(expressionOf(head)) }
    yield inOperation(scope, { rule: 'callback-url-changed', place: callbackPlace(base), words, base: base.pathItem, head: head.pathItem })
  }
  for (const pair of [...pairs, ...moved]) {
    const { base, head } = pair
    if (scope.unchanged(base.node, head.node) && scope.unchanged(base.pathItem, head.pathItem)) continue
    yield* compare({
      ...scope,
      pair,
      called: `${callbackName(head)} of ${scope.called}`,
      requestWriter: 'server',
      place: [...scope.place, ...callbackPlace(base)],
    })
  }
  for (const base of removed)
    yield inOperation(scope, {
      rule: 'callback-removed',
      place: callbackPlace(base),
      words: { where: `${callbackName(base)} of ${scope.called}` },
      base: base.node,
    })
  for (const head of added)
    yield inOperation(scope, {
      rule: 'callback-added',
      place: callbackPlace(head),
      words: { where: `${callbackName(head)} of ${scope.called}` },
      head: head.node,
    })
}

interface Matched {
  readonly pairs: readonly { readonly base: Operation; readonly head: Operation }[]
  readonly moved: readonly { readonly base: Operation; readonly head: Operation }[]
  readonly removed: readonly Operation[]
  readonly added: readonly Operation[]
}

function matched(base: readonly Operation[], head: readonly Operation[]): Matched {
  const heads = new Map(head.map((callback) => [`${callback.method} ${callback.path}`, callback]))
  const pairs = base.flatMap((callback) => {
    const other = heads.get(`${callback.method} ${callback.path}`)
    return other === undefined ? [] : [{ base: callback, head: other }]
  })
  const [left, right] = [
    base.filter((callback) => !pairs.some((pair) => pair.base === callback)),
    head.filter((callback) => !pairs.some((pair) => pair.head === callback)),
  ]
  const moved = left.flatMap((callback) => {
    const sameName = (other: Operation): boolean => nameOf(other) === nameOf(callback) && other.method === callback.method
    const [other, ...others] = right.filter(sameName)
    return other !== undefined && others.length === 0 && left.filter(sameName).length === 1 ? [{ base: callback, head: other }] : []
  })
  return {
    pairs,
    moved,
    removed: left.filter((callback) => !moved.some((pair) => pair.base === callback)),
    added: right.filter((callback) => !moved.some((pair) => pair.head === callback)),
  }
}

/** `callback:<name> <expression>`: the name ends at the first space. */
function nameOf({ path }: Operation): string {
  return path.slice('callback:'.length).split(' ')[0] ?? ''
}

function expressionOf({ path }: Operation): string {
  return path.slice(path.indexOf(' ') + 1)
}

function callbackName(callback: Operation): string {
  return `callback ${code(nameOf(callback))}`
}

function callbackPlace(callback: Operation): readonly string[] {
  return ['callbacks', nameOf(callback), callback.method]
}
