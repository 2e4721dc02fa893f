/**
 * From one pair of schemas to all facts below it: follows the steps of each report and gives every fact its path, its component and the
 * guards of the property it stands in. Each pair of terms is visited once, so recursion ends and shared components cost once.
 */
import type { Node } from '../../openapi/types.ts'
import { compareTerms } from './compare-terms.ts'
import { componentAt } from './component-at.ts'
import type { Engine } from './engine.ts'
import { termIn } from './engine.ts'
import { keywordPlace } from './report.ts'
import type { LocalFact } from './report.ts'
import { depthOf, pathOf, startAt, stepFrom } from './stand.ts'
import type { Stand } from './stand.ts'
import { keyword } from './term.ts'
import type { Effect, OnBoth, SchemaAspect, SchemaFact, SchemaGuards, SchemaPair, Writer } from './types.ts'

/** All facts about a pair of schemas; those nearest to the root come first. */
export function walk(engine: Engine, { base, head }: SchemaPair, writer: Writer): readonly SchemaFact[] {
  const located = { base: base && { world: engine.base, node: base }, head: head && { world: engine.head, node: head } }
  if (located.base !== null && located.head !== null && engine.unchanged.alike(located.base, located.head)) return []
  const facts = new Map<string, SchemaFact>()
  const seen = new Set<string>()
  const start = startAt(
    { base: termIn(engine, engine.base, base), baseEntry: base },
    { head: termIn(engine, engine.head, head), headEntry: head },
  )
  const waiting = [start]
  for (const stand of waiting) {
    if (revisits(seen, stand)) continue
    const report = compareTerms(engine, stand.base, stand.head)
    for (const local of report.facts) if (!stand.wordsOnly || local.effect === 'equal') addFact(facts, factAt(stand, local, writer))
    for (const step of report.steps) if (step.base !== step.head) waiting.push(stepFrom(stand, step, writer))
  }
  return [...facts.values()]
}

/** The guards of the innermost property are part of the question: what is optional here may be required there. */
function revisits(seen: Set<string>, { base, head, property, bound, wordsOnly }: Stand): boolean {
  const { required } = property
  const key = [base.id, head.id, bound, wordsOnly, required.base, required.head].join(' ')
  if (seen.has(key)) return true
  seen.add(key)
  return false
}

function factAt(stand: Stand, local: LocalFact, writer: Writer): SchemaFact {
  const { below, property: _property, openEnum: _openEnum, docsOnly: _docsOnly, ...rest } = local
  const places = placesOf(stand, local)
  const element = places.head ?? places.base
  const component = componentAt(element)?.name ?? null
  const path = [...pathOf(stand, element), ...below]
  const componentPath = component === null ? path : path.slice(depthOf(stand, component))
  return {
    ...rest,
    ...places,
    guards: guardsOf(stand, local, writer),
    path,
    componentPath,
    near: places.head === null ? nearest(stand, local) : null,
    component,
  }
}

function guardsOf(stand: Stand, local: LocalFact, writer: Writer): SchemaGuards {
  const guards = local.property ?? stand.property
  const outer = stand.property.deprecated
  const deprecated = { base: guards.deprecated.base || outer.base, head: guards.deprecated.head || outer.head }
  const { openEnum, docsOnly } = local
  return {
    ...guards,
    deprecated,
    bound: isBound(stand, local, writer),
    openEnum,
    docsOnly,
    atRoot: stand.atRoot && local.below.length === 0,
  }
}

/** A fact about a property binds when the property exists for the writer on the side that decides. */
function isBound({ bound }: Stand, { aspect, property }: LocalFact, writer: Writer): boolean {
  if (property === null || !bound) return bound
  const hidden = writer === 'client' ? property.readOnly : property.writeOnly
  if (aspect === 'property-added' || aspect === 'property-became-required') return !hidden.head
  return aspect === 'property-removed' || aspect === 'property-became-optional' ? !hidden.base : true
}

/** What nobody wrote down in a place of its own stands where the schemas are written. */
function placesOf({ baseEntry, headEntry }: Stand, { base, head }: LocalFact): OnBoth<Node | null> {
  return base === null && head === null ? { base: baseEntry, head: headEntry } : { base, head }
}

/** What a fact's element stood in, within the schema. */
const listOf: Partial<Record<SchemaAspect, string>> = { 'property-removed': 'properties', 'enum-value-removed': 'enum' }

/** The map, list or else schema in head in which something is gone. */
function nearest({ head, headEntry }: Stand, { aspect }: LocalFact): Node | null {
  const list = listOf[aspect]
  const holder = list === undefined ? undefined : head.conjuncts.find((conjunct) => keyword(conjunct, list) !== undefined)
  if (holder !== undefined && list !== undefined) return keywordPlace(holder, list)
  return head.conjuncts.find(({ node }) => node.file !== '' || node.pointer !== '')?.node ?? headEntry
}

/** One cause may narrow one kind of values and widen another. */
function togetherAs(left: Effect, right: Effect): Effect {
  if (left === right || right === 'equal') return left
  if (left === 'equal') return right
  return left === 'unknown' || right === 'unknown' ? 'unknown' : 'incomparable'
}

/** The same cause met on two ways is one fact: the first, shortest way is kept. */
function addFact(facts: Map<string, SchemaFact>, fact: SchemaFact): void {
  const place = (node: Node | null): string => (node === null ? '' : `${node.file}#${node.pointer}`)
  const key = [fact.aspect, place(fact.base), place(fact.head), fact.subject].join(' ')
  const known = facts.get(key)
  if (known === undefined) facts.set(key, fact)
  else facts.set(key, { ...known, effect: togetherAs(known.effect, fact.effect), reason: known.reason === '' ? fact.reason : known.reason })
}
