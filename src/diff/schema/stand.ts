/** Where a walk through two schemas stands: which terms, how it got there, and what holds for all that lies there. */
import type { Node, SchemaNode } from '../../openapi/types.ts'
import { componentOf } from './component-at.ts'
import type { PropertyGuards, Step } from './report.ts'
import type { Conjunct, Term } from './term.ts'
import type { OnBoth, Writer } from './types.ts'

export interface Stand {
  readonly base: Term
  readonly head: Term
  readonly baseEntry: SchemaNode | null
  readonly headEntry: SchemaNode | null
  /** Without members of unions: those are in `labels`. */
  readonly path: readonly string[]
  readonly labels: readonly Label[]
  readonly roots: Root | null
  readonly property: PropertyGuards
  readonly atRoot: boolean
  /** The writer sends the value. */
  readonly bound: boolean
  readonly wordsOnly: boolean
}

/** A member of a union at this very value. What stands in the schema around the union is no part of the member. */
export interface Label {
  readonly segments: readonly string[]
  readonly around: ReadonlySet<Conjunct>
}

/** A component that was entered, at a depth of the path, and those entered before it. */
interface Root {
  readonly component: string
  readonly depth: number
  readonly before: Root | null
}

const no: OnBoth<boolean> = { base: false, head: false }

const noProperty: PropertyGuards = { required: no, declared: no, closed: no, readOnly: no, writeOnly: no, deprecated: no }

/** At the root of both schemas. */
export function startAt(base: Pick<Stand, 'base' | 'baseEntry'>, head: Pick<Stand, 'head' | 'headEntry'>): Stand {
  const roots = rootsAt(null, { base: base.base, head: head.head }, 0)
  return { ...base, ...head, path: [], labels: [], roots, property: noProperty, atRoot: true, bound: true, wordsOnly: false }
}

/** One step further in. */
export function stepFrom(stand: Stand, step: Step, writer: Writer): Stand {
  const { base, head, baseEntry, headEntry } = step
  const isMember = step.around !== null
  const label = step.around === null ? [] : [{ segments: step.segments, around: step.around }]
  const path = isMember ? stand.path : [...pathOf(stand, headEntry ?? baseEntry), ...step.segments]
  const property = propertyOf(stand, step)
  return {
    ...{ base, head, baseEntry, headEntry, path, property },
    labels: isMember ? [...stand.labels, ...label] : [],
    roots: rootsAt(stand.roots, step, path.length),
    atRoot: stand.atRoot && isMember,
    bound: stand.bound && isSent(property, writer),
    wordsOnly: stand.wordsOnly || step.wordsOnly,
  }
}

/** The path of an element at this value: through the members of unions up to the one that it stands in. */
export function pathOf({ path, labels }: Stand, element: Node | null): readonly string[] {
  const outside = element === null ? -1 : labels.findIndex(({ around }) => standsIn(around, element))
  const inside = outside < 0 ? labels : labels.slice(0, outside)
  return [...path, ...inside.flatMap(({ segments }) => segments)]
}

/** The element is written in one of the schemas, not in a member of its unions. */
function standsIn(conjuncts: ReadonlySet<Conjunct>, { file, pointer }: Node): boolean {
  for (const { node } of conjuncts) {
    if (node.file !== file || !pointer.startsWith(node.pointer)) continue
    const rest = pointer.slice(node.pointer.length)
    if ((rest === '' || rest.startsWith('/')) && !/^\/(?:oneOf|anyOf)\/\d/.test(rest)) return true
  }
  return false
}

function propertyOf({ property }: Stand, step: Step): PropertyGuards {
  if (step.around !== null) return property
  const own = step.property ?? { ...noProperty, readOnly: property.readOnly, writeOnly: property.writeOnly }
  const either = (left: OnBoth<boolean>, right: OnBoth<boolean>): OnBoth<boolean> => ({
    base: left.base || right.base,
    head: left.head || right.head,
  })
  return { ...own, deprecated: either(property.deprecated, own.deprecated) }
}

/** On one side at least: clients send no readOnly properties, servers no writeOnly ones (OpenAPI 3.0, Schema Object). */
function isSent({ readOnly, writeOnly }: PropertyGuards, writer: Writer): boolean {
  const hidden = writer === 'client' ? readOnly : writeOnly
  return !(hidden.base && hidden.head)
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
export function depthOf({ roots }: Stand, component: string): number {
  for (let root = roots; root !== null; root = root.before) if (root.component === component) return root.depth
  return 0
}
