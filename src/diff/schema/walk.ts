/**
 * From one pair of schemas to all facts below it: follows the steps of each report, gives every fact its path, its component and the
 * guards of the property it stands in. Each pair of terms is visited once, so recursion ends and shared components cost once.
 */
import type { Node, SchemaNode } from '../../openapi/types.ts'
import { compareTerms } from './compare-terms.ts'
import { componentAt, componentOf } from './component-at.ts'
import type { Engine } from './engine.ts'
import { termIn } from './engine.ts'
import type { LocalFact, PropertyGuards, Step } from './report.ts'
import type { Conjunct, Term } from './term.ts'
import type { Effect, OnBoth, SchemaFact, SchemaPair, Writer } from './types.ts'

/** Where the walk stands. */
interface Stand {
  readonly base: Term
  readonly head: Term
  readonly baseEntry: SchemaNode | null
  readonly headEntry: SchemaNode | null
  readonly path: readonly string[]
  readonly roots: Root | null
  readonly property: PropertyGuards
  readonly atRoot: boolean
  readonly bound: boolean
}

/** A component that was entered, at a depth of the path, and those entered before it. */
interface Root {
  readonly component: string
  readonly depth: number
  readonly before: Root | null
}

const no: OnBoth<boolean> = { base: false, head: false }

const noProperty: PropertyGuards = { required: no, declared: no, closed: no, readOnly: no, writeOnly: no, deprecated: no }

/** All facts about a pair of schemas, in reading order. */
export function walk(engine: Engine, pair: SchemaPair, writer: Writer): readonly SchemaFact[] {
  if (pair.base !== null && pair.head !== null && unchanged(engine, pair.base, pair.head)) return []
  const facts = new Map<string, SchemaFact>()
  const seen = new Set<string>()
  const waiting: Stand[] = [startOf(engine, pair)]
  for (let at = 0; at < waiting.length; at++) {
    const stand = waiting[at]
    if (stand === undefined || revisits(seen, stand)) continue
    const report = compareTerms(engine, stand.base, stand.head)
    for (const local of report.facts) addFact(facts, factAt(stand, local, writer))
    for (const step of report.steps) if (step.base !== step.head) waiting.push(next(stand, step, writer))
  }
  return [...facts.values()]
}

function unchanged(engine: Engine, base: SchemaNode, head: SchemaNode): boolean {
  return engine.unchanged.alike({ world: engine.base, node: base }, { world: engine.head, node: head })
}

function startOf(engine: Engine, { base, head }: SchemaPair): Stand {
  const terms = { base: termIn(engine, engine.base, base), head: termIn(engine, engine.head, head) }
  const roots = rootsAt(null, terms, 0)
  return { ...terms, baseEntry: base, headEntry: head, path: [], roots, property: noProperty, atRoot: true, bound: true }
}

/** The guards of the innermost property are part of the question: what is optional here may be required there. */
function revisits(seen: Set<string>, { base, head, property, bound }: Stand): boolean {
  const { required } = property
  const key = [base.id, head.id, bound, required.base, required.head].join(' ')
  if (seen.has(key)) return true
  seen.add(key)
  return false
}

/** Components whose root is part of the terms. */
function rootsAt(before: Root | null, terms: OnBoth<Term>, depth: number): Root | null {
  let roots = before
  for (const { conjuncts } of [terms.base, terms.head]) {
    for (const { node } of conjuncts) {
      const component = componentOf(node)
      if (component?.root === true) roots = { component: component.name, depth, before: roots }
    }
  }
  return roots
}

/** The depth at which the component was entered last. */
function depthOf(roots: Root | null, component: string): number {
  for (let root = roots; root !== null; root = root.before) if (root.component === component) return root.depth
  return 0
}

function next(stand: Stand, step: Step, writer: Writer): Stand {
  const path = [...stand.path, ...step.segments]
  const property =
    step.property ??
    (step.segments[0] === 'oneOf' || step.segments.length === 0 ? stand.property : { ...noProperty, ...inherited(stand.property) })
  const deprecated = {
    base: stand.property.deprecated.base || property.deprecated.base,
    head: stand.property.deprecated.head || property.deprecated.head,
  }
  const bound = stand.bound && sends(property, writer)
  const { base, head, baseEntry, headEntry } = step
  return {
    base,
    head,
    baseEntry,
    headEntry,
    path,
    roots: rootsAt(stand.roots, step, path.length),
    property: { ...property, deprecated },
    atRoot: stand.atRoot && step.property === null && step.segments[0] === 'oneOf',
    bound,
  }
}

/** What an item of a list still has from the property that holds the list. */
function inherited({ readOnly, writeOnly, deprecated }: PropertyGuards): Pick<PropertyGuards, 'readOnly' | 'writeOnly' | 'deprecated'> {
  return { readOnly, writeOnly, deprecated }
}

/** The writer sends the property on one side at least: clients no readOnly ones, servers no writeOnly ones (OpenAPI 3.0, Schema Object). */
function sends({ readOnly, writeOnly }: PropertyGuards, writer: Writer): boolean {
  const hidden = writer === 'client' ? readOnly : writeOnly
  return !(hidden.base && hidden.head)
}

/** A fact about a property binds when the property exists for the writer on the side that decides. */
function binds(stand: Stand, local: LocalFact, writer: Writer): boolean {
  if (local.property === null || !stand.bound) return stand.bound
  const hidden = writer === 'client' ? local.property.readOnly : local.property.writeOnly
  if (local.aspect === 'property-added' || local.aspect === 'property-became-required') return !hidden.head
  if (local.aspect === 'property-removed' || local.aspect === 'property-became-optional') return !hidden.base
  return true
}

function factAt(stand: Stand, local: LocalFact, writer: Writer): SchemaFact {
  const { below, property, openEnum, docsOnly, ...rest } = local
  const path = [...stand.path, ...below]
  const places = below.length > 0 ? { base: local.base, head: local.head } : entered(stand, local)
  const component = componentAt(places.head ?? places.base)?.name ?? null
  const guards = property ?? stand.property
  return {
    ...rest,
    ...places,
    guards: {
      ...guards,
      deprecated: {
        base: guards.deprecated.base || stand.property.deprecated.base,
        head: guards.deprecated.head || stand.property.deprecated.head,
      },
      bound: binds(stand, local, writer),
      openEnum,
      docsOnly,
      atRoot: stand.atRoot && below.length === 0,
    },
    path,
    componentPath: component === null ? path : path.slice(depthOf(stand.roots, component)),
    near: places.head === null ? nearest(stand, local) : null,
    component,
  }
}

/** A reference on one side only: there the fact stands at the reference, not in what it leads to. */
function entered({ baseEntry, headEntry }: Stand, { base, head }: LocalFact): OnBoth<Node | null> {
  return { base: base ?? null, head: head ?? (base === null ? headEntry : null) ?? (base === null && head === null ? baseEntry : null) }
}

function nearest({ head, headEntry }: Stand, _local: LocalFact): Node | null {
  const written: Conjunct | undefined = head.conjuncts.find(({ node }) => node.file !== '' || node.pointer !== '')
  return written?.node ?? headEntry
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
  facts.set(
    key,
    known === undefined
      ? fact
      : { ...known, effect: togetherAs(known.effect, fact.effect), reason: known.reason === '' ? fact.reason : known.reason },
  )
}
