/** The headers of a response, paired by name without regard to case. */
import { childNode } from '../../openapi/nodes.ts'
import type { Header, Node } from '../../openapi/types.ts'
import type { OperationScope } from '../comparison.ts'
import { changedExtensions, changedKeys } from '../documentation.ts'
import type { Writer } from '../effect.ts'
import { newlyReturned } from '../exposure.ts'
import type { Fact, FactDraft } from '../fact.ts'
import { removalGuards } from '../lifecycle.ts'
import { sensitivityOf } from '../../sensitive/sensitivity.ts'
import { code, shown } from '../words.ts'
import { contentFacts } from './content.ts'
import { changedFormat, isScalar } from './list-form.ts'
import { schemaFacts } from './schema.ts'
import { documentationFacts, inOperation } from './scope.ts'

export interface Headers {
  readonly base: readonly Header[]
  readonly head: readonly Header[]
  readonly writer: Writer
  /** The response, as the end of a phrase. */
  readonly where: string
  readonly place: readonly string[]
  readonly near: Node
}

/** Headers by which a browser protects the user (OWASP Secure Headers Project); losing one opens what it closed. */
const protecting =
  /^(?:strict-transport-security|content-security-policy|x-content-type-options|x-frame-options|referrer-policy|permissions-policy|cross-origin-.*|x-permitted-cross-domain-policies)$/

/** All differences in headers. */
export function* headerFacts(scope: OperationScope, headers: Headers): Generator<Fact> {
  const [bases, heads] = [byName(headers.base), byName(headers.head)]
  for (const [name, base] of bases) {
    const head = heads.get(name)
    if (head === undefined) yield removedFact(scope, headers, base)
    else if (!scope.unchanged(base.node, head.node)) yield* pairFacts({ scope, headers, base, head })
  }
  for (const [name, head] of heads)
    if (!bases.has(name))
      yield inOperation(scope, {
        ...draft(headers, head, 'response-header-added'),
        ...newlyReturned([], [sensitivityOf(head.name, head.schema?.value) ?? []].flat()),
        head: head.node,
      })
}

function byName(headers: readonly Header[]): ReadonlyMap<string, Header> {
  return new Map(headers.map((header) => [header.name.toLowerCase(), header]))
}

function draft({ writer, where, place }: Headers, { name }: Header, rule: string): FactDraft {
  return { rule, writer, place: [...place, 'headers', name.toLowerCase()], words: { where: `the header ${code(name)} of ${where}` } }
}

function removedFact(scope: OperationScope, headers: Headers, header: Header): Fact {
  return inOperation(scope, {
    ...draft(headers, header, header.required ? 'response-required-header-removed' : 'response-header-removed'),
    guards: removalGuards(header.node.value, scope.settings.today),
    security: protecting.test(header.name.toLowerCase()) ? 'weakening' : null,
    base: header.node,
    near: childNode(headers.near, 'headers') ?? headers.near,
  })
}

interface HeaderPair {
  readonly scope: OperationScope
  readonly headers: Headers
  readonly base: Header
  readonly head: Header
}

function* pairFacts(pair: HeaderPair): Generator<Fact> {
  const { scope, headers, base, head } = pair
  const change = (rule: string, key: string): FactDraft => ({
    ...draft(headers, head, rule),
    base: childNode(base.node, key) ?? base.node,
    head: childNode(head.node, key) ?? head.node,
  })
  if (base.required !== head.required)
    yield inOperation(scope, change(head.required ? 'response-header-became-required' : 'response-header-became-optional', 'required'))
  if (base.deprecated !== head.deprecated) {
    const facts = change('response-header-deprecated', 'deprecated')
    yield inOperation(scope, { ...facts, words: { ...facts.words, to: head.deprecated ? 'now deprecated' : 'no longer deprecated' } })
  }
  yield* valueFacts(pair, change)
  const changes = [...changedKeys(base.node, head.node, ['description', 'example', 'examples']), ...changedExtensions(base.node, head.node)]
  yield* documentationFacts(scope, draft(headers, head, 'response-header-documentation-changed'), changes)
}

function* valueFacts(pair: HeaderPair, change: (rule: string, key: string) => FactDraft): Generator<Fact> {
  const { scope, headers, base, head } = pair
  const { place, words, writer = 'server' } = draft(headers, head, 'response-header-removed')
  if (base.content.length > 0 && head.content.length > 0) {
    yield* contentFacts(scope, { base: base.content, head: head.content, writer, where: words.where, place, near: head.node })
  } else if (base.content.length > 0 || head.content.length > 0) {
    const [from, to] = [base, head].map(({ content }) => content[0]?.type ?? 'schema')
    yield styleFact(scope, change('response-header-style-changed', 'content'), { name: 'form', from, to })
  } else {
    yield* styleFacts(pair, change)
    yield* nestedFormatFacts(pair, change)
    const required = { base: base.required, head: head.required }
    yield* schemaFacts(scope, {
      pair: { base: base.schema, head: head.schema },
      writer,
      where: words.where,
      whole: 'the value',
      place,
      required,
      mediaType: null,
    })
  }
}

function* styleFacts({ scope, base, head }: HeaderPair, change: (rule: string, key: string) => FactDraft): Generator<Fact> {
  const isAlike = isScalar(scope, 'base', base.schema) && isScalar(scope, 'head', head.schema)
  for (const key of ['style', 'explode'] as const) {
    if (base[key] === head[key]) continue
    const facts: FactDraft = { ...change('response-header-style-changed', key), guards: isAlike ? ['scalar'] : [] }
    yield styleFact(scope, facts, { name: key === 'style' ? '`style`' : '`explode` setting', from: base[key], to: head[key] })
  }
}

/** Lists within lists (Swagger 2.0). */
function* nestedFormatFacts({ scope, base, head }: HeaderPair, change: (rule: string, key: string) => FactDraft): Generator<Fact> {
  const format = changedFormat(scope, { base: base.node.value, head: head.node.value })
  if (format !== null) yield styleFact(scope, change('response-header-style-changed', 'items'), { name: '`collectionFormat`', ...format })
}

function styleFact(scope: OperationScope, facts: FactDraft, { name, from, to }: { name: string; from: unknown; to: unknown }): Fact {
  return inOperation(scope, { ...facts, words: { ...facts.words, name, from: shown(from), to: shown(to) } })
}
