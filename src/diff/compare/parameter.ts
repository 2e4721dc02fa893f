/** Two versions of one parameter: whether it must be sent, how it is written, what it may hold. */
import type { Parameter } from '../../openapi/types.ts'
import { childNode } from '../../openapi/nodes.ts'
import type { OperationScope } from '../comparison.ts'
import { changedExtensions, changedKeys } from '../documentation.ts'
import type { Fact, FactDraft } from '../fact.ts'
import { lifecycleChanges, stabilityLevel } from '../lifecycle.ts'
import { code, shown } from '../words.ts'
import { contentFacts } from './content.ts'
import { changedFormat, isScalar, widensToList } from './list-form.ts'
import { parameterName, parameterPlace } from './parameter-words.ts'
import type { ParameterPair } from './parameter-words.ts'
import { schemaFacts } from './schema.ts'
import { documentationFacts, inOperation } from './scope.ts'

/** All differences between the two versions, which stand in the same place under the same name. */
export function* parameterPairFacts(scope: OperationScope, pair: ParameterPair): Generator<Fact> {
  if (scope.unchanged(pair.base.node, pair.head.node) && sameForm(pair)) return
  const at = { scope, pair, where: parameterName(scope, pair.head), place: parameterPlace(scope, pair.head) }
  yield* presenceFacts(at)
  yield* lifecycleFacts(at)
  yield* valueFacts(at)
  yield* wordFacts(at)
}

interface At {
  readonly scope: OperationScope
  readonly pair: ParameterPair
  readonly where: string
  readonly place: readonly string[]
}

/** Of a Swagger 2.0 parameter, the same text may mean the same and still be read in another way on the other side (2.0 against 3.0). */
function sameForm({ base, head }: ParameterPair): boolean {
  return base.required === head.required && base.style === head.style && base.explode === head.explode
}

function draft({ pair, where, place }: At, rule: string, more: Partial<FactDraft> = {}): FactDraft {
  return {
    rule,
    base: pair.base.node,
    head: pair.head.node,
    ...more,
    place: [...place, ...(more.place ?? [])],
    words: { where, ...more.words },
  }
}

function keyNodes({ pair }: At, key: string): Pick<Fact, 'base' | 'head'> {
  return { base: childNode(pair.base.node, key) ?? pair.base.node, head: childNode(pair.head.node, key) ?? pair.head.node }
}

function* presenceFacts(at: At): Generator<Fact> {
  const { scope, pair } = at
  if (pair.base.required !== pair.head.required) {
    const rule = pair.head.required ? 'request-parameter-became-required' : 'request-parameter-became-optional'
    yield inOperation(scope, draft(at, rule, keyNodes(at, 'required')))
  }
  for (const [key, name] of [
    ['allowEmptyValue', 'empty-value'],
    ['allowReserved', 'reserved'],
  ] as const) {
    if (pair.base[key] === pair.head[key]) continue
    yield inOperation(scope, draft(at, `request-parameter-${name}-${pair.head[key] ? 'accepted' : 'refused'}`, keyNodes(at, key)))
  }
}

function* lifecycleFacts(at: At): Generator<Fact> {
  const { scope, pair } = at
  const level = stabilityLevel(scope.pair.base.node.value)
  for (const change of lifecycleChanges(pair.base.node.value, pair.head.node.value, { settings: scope.settings, level })) {
    if (change.key === 'x-stability-level') continue
    yield inOperation(
      scope,
      draft(at, `request-parameter-${change.fact}`, {
        place: [change.key],
        words: { where: at.where, ...change },
        ...keyNodes(at, change.key),
      }),
    )
  }
}

function* valueFacts(at: At): Generator<Fact> {
  const { scope, pair, where, place } = at
  const { base, head } = pair
  if (base.content.length > 0 && head.content.length > 0) {
    yield* contentFacts(scope, { base: base.content, head: head.content, writer: scope.requestWriter, where, place, near: head.node })
  } else if (base.content.length > 0 || head.content.length > 0) {
    yield inOperation(
      scope,
      draft(at, 'request-parameter-content-changed', { words: { where, from: writtenAs(base), to: writtenAs(head) } }),
    )
  } else if (widensToList(scope, pair)) {
    yield inOperation(scope, draft(at, 'request-parameter-widened-to-list', keyNodes(at, 'schema')))
  } else {
    yield* styleFacts(at)
    yield* nestedFormatFacts(at)
    const required = { base: base.required, head: head.required }
    yield* schemaFacts(scope, {
      pair: { base: base.schema, head: head.schema },
      writer: scope.requestWriter,
      where,
      whole: 'the value',
      place,
      required,
      mediaType: null,
    })
  }
}

/** `style` and `explode` say how lists and objects are written; single values look the same in most (OpenAPI 3.1, Style Examples). */
function* styleFacts(at: At): Generator<Fact> {
  const { scope, pair } = at
  const { base, head } = pair
  const isAlike =
    [base, head].every(({ style }) => style !== 'matrix' && style !== 'label') &&
    isScalar(scope, 'base', base.schema) &&
    isScalar(scope, 'head', head.schema)
  for (const key of ['style', 'explode'] as const) {
    if (base[key] === head[key] || (key === 'explode' && base.style !== head.style) || !bothLists(at)) continue
    const words = { where: at.where, from: shown(base[key]), to: shown(head[key]) }
    yield inOperation(
      scope,
      draft(at, `request-parameter-${key}-changed`, { words, guards: isAlike ? ['scalar'] : [], ...keyNodes(at, key) }),
    )
  }
}

/** Lists within lists (Swagger 2.0). */
function* nestedFormatFacts(at: At): Generator<Fact> {
  const change = changedFormat(at.scope, { base: at.pair.base.node.value, head: at.pair.head.node.value })
  if (change === null) return
  const words = { where: at.where, from: code(change.from), to: code(change.to) }
  yield inOperation(at.scope, draft(at, 'request-parameter-style-changed', { words, place: ['items'], ...keyNodes(at, 'items') }))
}

/** From a single value to a list the type itself changes, and says enough. */
function bothLists({ scope, pair }: At): boolean {
  return isScalar(scope, 'base', pair.base.schema) === isScalar(scope, 'head', pair.head.schema)
}

function writtenAs({ content }: Parameter): string {
  return content.length > 0 ? content.map(({ type }) => code(type)).join(', ') : 'plain text by `schema`'
}

function* wordFacts(at: At): Generator<Fact> {
  const { scope, pair } = at
  const changes = [
    ...changedKeys(pair.base.node, pair.head.node, ['description', 'example', 'examples']),
    ...changedExtensions(pair.base.node, pair.head.node),
  ]
  yield* documentationFacts(scope, draft(at, 'request-parameter-documentation-changed'), changes)
}
