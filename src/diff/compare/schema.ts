/** Schema facts of the engine as facts of an operation: which rule, whom it binds, what it reveals, and how it is called. */
import type { Node } from '../../openapi/types.ts'
import { ruleOf } from '../catalogue.ts'
import { compareOnce } from '../compare-once.ts'
import { componentName } from '../components.ts'
import type { OperationScope } from '../comparison.ts'
import type { Effect } from '../effect.ts'
import { exposureOf } from '../exposure.ts'
import type { Fact, Words } from '../fact.ts'
import { elementName } from '../schema-element.ts'
import { schemaRule } from '../schema-rule.ts'
import type { SchemaFact } from '../schema/types.ts'
import { isRenamedTarget, taggedEffect } from '../tagged-union.ts'
import { code, listed, shown } from '../words.ts'
import { inOperation } from './scope.ts'
import { guardsOf } from './schema-guards.ts'
import { changeWords, reasonWords } from './schema-words.ts'
import { lifecycleOfSchema } from './schema-lifecycle.ts'
import type { SchemaUse } from './schema-use.ts'
import { isValueList, joinedValues } from './schema-values.ts'
import type { Joined } from './schema-values.ts'

/** All differences between the two schemas, and between the subtypes that a value may be by discriminator. */
export function* schemaFacts(scope: OperationScope, use: SchemaUse): Generator<Fact> {
  const { pair } = use
  if (pair.base === null && pair.head === null) return
  if (pair.base?.dialect === pair.head?.dialect && scope.unchanged(pair.base, pair.head)) return
  yield* pairFacts(scope, use)
  if (pair.base === null || pair.head === null) return
  for (const [tag, subtype] of scope.subtypePairs(pair.head))
    yield* pairFacts(scope, { ...use, pair: subtype, place: [...use.place, 'discriminator', tag] })
}

function* pairFacts(scope: OperationScope, use: SchemaUse): Generator<Fact> {
  for (const found of joinedFacts(scope, use)) {
    const special = lifecycleOfSchema(scope, found.first)
    if (special === null) yield schemaFact(scope, use, found)
    else for (const change of special) yield lifecycleFact(scope, use, { found, change })
  }
}

const joinedBefore = new WeakMap<readonly SchemaFact[], readonly Joined[]>()

/** What is worth a sentence. Facts about a shared schema come again with each operation that uses it. */
function joinedFacts({ schemas }: OperationScope, use: SchemaUse): readonly Joined[] {
  const facts = compareOnce(schemas, use.pair, use.writer)
  const known = joinedBefore.get(facts)
  if (known !== undefined) return known
  const joined = joinedValues(facts.filter((found) => !isToldByOwner(use, found) && !isRenamedTarget(schemas, found, use.writer)))
  joinedBefore.set(facts, joined)
  return joined
}

/** In Swagger 2.0 a parameter is its own schema; words about it are the parameter's. */
function isToldByOwner({ pair }: SchemaUse, { aspect, guards }: SchemaFact): boolean {
  return guards.atRoot && guards.docsOnly && (pair.head ?? pair.base)?.dialect === '2.0-parameter' && aspect !== 'default'
}

function schemaFact(scope: OperationScope, use: SchemaUse, joined: Joined): Fact {
  const found = { ...joined, first: asTagged(scope, joined.first) }
  const { first } = found
  const rule = found.isRespelled ? `${direction(use)}-schema-documentation-changed` : schemaRule(first, use.writer, use.mediaType)
  const name = use.mediaType === null ? (use.place.at(-1) ?? '') : ''
  return inOperation(scope, {
    rule,
    effect: effectOf(rule, first),
    writer: use.writer,
    guards: [...guardsOf(scope, use, first), ...ruleOf(rule).guards],
    ...exposureOf(scope, first, { writer: use.writer, name }),
    ...nodesOf(first),
    component: first.component,
    place: [...use.place, ...first.path, first.aspect],
    words: wordsOf(use, found),
    content: found.values.length > 1 ? found.values : [first.baseValue, first.headValue],
    schema: { pair: use.pair, fact: first },
  })
}

/** Alternatives that a tag tells apart do not overlap. */
function asTagged(scope: OperationScope, found: SchemaFact): SchemaFact {
  const effect = taggedEffect(scope, found)
  return effect === null ? found : { ...found, effect, reason: '' }
}

function direction({ writer }: SchemaUse): 'request' | 'response' {
  return writer === 'client' ? 'request' : 'response'
}

/** Words for people and settings that bind nobody keep their rule's effect; sets of values have the one that was proved. */
function effectOf(rule: string, { effect }: SchemaFact): Effect {
  const usual = ruleOf(rule).effect
  return usual === 'annotates' || usual === 'behaves' || effect === 'equal' ? usual : effect
}

function nodesOf({ base, head, near }: SchemaFact): { base: Node | null; head: Node | null; near: Node | null } {
  return { base, head, near: head === null ? near : null }
}

const sharedWords = new WeakMap<SchemaFact, Words>()

/** Words about a shared schema do not speak of its use. */
function wordsOf(use: SchemaUse, joined: Joined): Words {
  if (joined.first.component === null) return newWords(use, joined)
  let words = sharedWords.get(joined.first)
  if (words === undefined) sharedWords.set(joined.first, (words = newWords(use, joined)))
  return words
}

function newWords(use: SchemaUse, { first, values }: Joined): Words {
  const { component } = first
  const path = component === null ? first.path : first.componentPath
  const isList = isValueList(first)
  return {
    where: component === null ? use.where : componentName(component),
    element: elementName(path, component === null ? use.whole : 'the value'),
    name: code(first.aspect === 'format' ? 'format' : first.subject),
    from: isList ? listed(values) : (verb(first) ?? shown(first.baseValue)),
    to: isList ? listed(values) : (verb(first) ?? shown(first.headValue)),
    change: changeWords(first),
    reason: reasonWords(first),
  }
}

/** Flags are spoken of, not shown. */
function verb({ aspect, headValue }: SchemaFact): string | null {
  return aspect === 'read-only' || aspect === 'write-only' ? (headValue === true ? 'is now' : 'is no longer') : null
}

function lifecycleFact(
  scope: OperationScope,
  use: SchemaUse,
  { found, change }: { found: Joined; change: NonNullable<ReturnType<typeof lifecycleOfSchema>>[number] },
): Fact {
  const { first } = found
  return inOperation(scope, {
    rule: `${direction(use)}-property-${change.fact}`,
    writer: use.writer,
    guards: first.guards.bound ? [] : ['unbound'],
    ...nodesOf(first),
    component: first.component,
    place: [...use.place, ...first.path, change.key],
    words: { ...wordsOf(use, found), from: change.from, to: change.to, reason: change.reason },
    content: [first.baseValue, first.headValue],
  })
}
