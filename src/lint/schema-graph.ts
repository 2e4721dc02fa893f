/**
 * Every schema that operations reach in one direction, each object once, with the ways back to the operations. Knows the direction of data
 * (who sends it), not what a rule looks for. Linear in the objects reached, however often they occur.
 */
import { childPointer } from '../openapi/json-pointer.ts'
import { resolve } from '../openapi/resolve.ts'
import type { ApiDescription, MediaType, Node, Operation, SchemaNode } from '../openapi/types.ts'
import { isList, isObject } from '../openapi/values.ts'
import type { Use } from './rule.ts'
import { subtypesOf } from './subtypes.ts'

/** Where an operation hands a schema in or out. */
export interface Root {
  readonly operation: Operation
  readonly status: string | null
  /** How a trail begins: '' for bodies, `header Set-Cookie`, `query filter`. */
  readonly start: string
  /** The media type, header or parameter that carries the schema. */
  readonly carrier: Node
  /** The operation's place in the document. */
  readonly order: number
}

export interface Visit {
  readonly node: SchemaNode
  /** `by` says how, where that matters: as a member of an `allOf`, or by a reference. */
  readonly incoming: { readonly from: Visit | Root; readonly label: string; readonly by?: 'member' | 'reference' }[]
}

/** A property where it is declared. `owner` is the schema that declares it. */
export interface DeclaredProperty {
  readonly name: string
  readonly node: SchemaNode
  readonly owner: Visit
  readonly visit: Visit | null
}

export interface SchemaGraph {
  readonly visits: readonly Visit[]
  readonly properties: readonly DeclaredProperty[]
}

/** Keywords that hold one subschema, and how a trail goes on behind them. `not` is left out: what it describes is never sent. */
const single: readonly (readonly [string, string])[] = [
  ['items', '[]'],
  ['contains', '[]'],
  ['unevaluatedItems', '[]'],
  ['additionalItems', '[]'],
  ['additionalProperties', '.*'],
  ['unevaluatedProperties', '.*'],
  ['if', ''],
  ['then', ''],
  ['else', ''],
  ['contentSchema', ''],
]
const lists: readonly (readonly [string, string])[] = [
  ['allOf', ''],
  ['anyOf', ''],
  ['oneOf', ''],
  ['prefixItems', '[]'],
  ['items', '[]'],
]
const maps: readonly (readonly [string, string])[] = [
  ['patternProperties', '.*'],
  ['dependentSchemas', ''],
]

/** Walks from the roots, breadth first. */
export function schemaGraph(api: ApiDescription, roots: readonly { readonly root: Root; readonly schema: SchemaNode }[]): SchemaGraph {
  const graph = new GraphBuilder(api)
  for (const { root, schema } of roots) graph.reach(schema, { from: root, label: '' })
  return graph.finish()
}

/** Mutable while the walk lasts; nobody else sees it. */
class GraphBuilder {
  private readonly known = new Map<object, Visit>()
  private readonly visits: Visit[] = []
  private readonly properties: DeclaredProperty[] = []
  /** By the value of a parent: all that stand behind its discriminator. */
  private readonly families = new Map<unknown, Visit>()
  private readonly api: ApiDescription

  constructor(api: ApiDescription) {
    this.api = api
  }

  reach(node: SchemaNode, incoming: Visit['incoming'][number]): Visit | null {
    if (!isObject(node.value)) return null
    let visit = this.known.get(node.value)
    if (visit === undefined) {
      visit = { node, incoming: [] }
      this.known.set(node.value, visit)
      this.visits.push(visit)
    }
    visit.incoming.push(incoming)
    return visit
  }

  finish(): SchemaGraph {
    for (let at = 0; at < this.visits.length; at += 1) {
      const visit = this.visits[at]
      if (visit !== undefined) this.expand(visit)
    }
    return { visits: this.visits, properties: this.properties }
  }

  private expand(visit: Visit): void {
    const { node } = visit
    if (!isObject(node.value)) return
    const ref = Object.hasOwn(node.value, '$ref') ? node.value['$ref'] : undefined
    const target = typeof ref === 'string' ? resolve(this.api, node, ref) : undefined
    if (target !== undefined) {
      this.reach({ ...target, dialect: node.dialect }, { from: visit, label: '', by: 'reference' })
      this.reachSubtypes(visit, { ...target, dialect: node.dialect })
    }
    this.expandProperties(visit)
    for (const [keyword, label] of single) this.child(visit, [keyword], label)
    for (const [keyword, label] of lists) {
      const members = own(node.value, keyword)
      if (isList(members)) members.forEach((_, index) => this.child(visit, [keyword, index], label))
    }
    for (const [keyword, label] of maps) {
      const entries = own(node.value, keyword)
      if (isObject(entries)) for (const key of Object.keys(entries)) this.child(visit, [keyword, key], label)
    }
  }

  /** A member of an `allOf` takes up the parent alone; anybody else who names it may mean any of its subtypes, all by one way. */
  private reachSubtypes(visit: Visit, parent: SchemaNode): void {
    let family = this.families.get(parent.value)
    if (family === undefined) {
      const subtypes = subtypesOf(this.api, parent)
      if (subtypes.length === 0 || isOnlyMember(visit)) return
      family = { node: parent, incoming: [] }
      this.families.set(parent.value, family)
      for (const subtype of subtypes) this.reach({ ...subtype, dialect: parent.dialect }, { from: family, label: '' })
    }
    if (!isOnlyMember(visit)) family.incoming.push({ from: visit, label: '' })
  }

  private expandProperties(visit: Visit): void {
    const properties = own(visit.node.value, 'properties')
    if (!isObject(properties)) return
    for (const name of Object.keys(properties)) {
      const reached = this.child(visit, ['properties', name], `.${name}`)
      const node = childNode(visit.node, ['properties', name])
      this.properties.push({ name, node, owner: visit, visit: reached })
    }
  }

  private child(visit: Visit, keys: readonly (string | number)[], label: string): Visit | null {
    const [keyword = ''] = keys
    if (own(visit.node.value, keyword) === undefined) return null
    const node = childNode(visit.node, keys)
    return isList(node.value) ? null : this.reach(node, keyword === 'allOf' ? { from: visit, label, by: 'member' } : { from: visit, label })
  }
}

function own(value: unknown, key: string | number): unknown {
  if (isList(value)) return typeof key === 'number' ? value[key] : undefined
  return isObject(value) && Object.hasOwn(value, key) ? value[key] : undefined
}

function childNode(node: SchemaNode, keys: readonly (string | number)[]): SchemaNode {
  let { pointer } = node
  let value: unknown = node.value
  for (const key of keys) {
    pointer = childPointer(pointer, key)
    value = own(value, key)
  }
  return { file: node.file, pointer, value, dialect: node.dialect }
}

/** True when the schema only ever counts together with others: each way to it leads through an `allOf`. */
export function isOnlyMember(visit: Visit, depth = 0): boolean {
  return (
    depth < 20 &&
    visit.incoming.every(({ from, by }) => by === 'member' || (by === 'reference' && 'node' in from && isOnlyMember(from, depth + 1)))
  )
}

interface Step {
  readonly visit: Visit
  readonly trail: string
  readonly below: Step | null
}

/** Every operation that reaches the visit, with the shortest trail from it. Linear in the part of the graph above the visit. */
export function usesOf(visit: Visit, ending = ''): readonly Use[] {
  const uses = new Map<Root, Use>()
  const seen = new Set<Visit>([visit])
  const steps: Step[] = [{ visit, trail: ending, below: null }]
  for (let at = 0; at < steps.length; at += 1) {
    const step = steps[at]
    if (step === undefined) break
    for (const { from, label } of step.visit.incoming) {
      const trail = label + step.trail
      if (!('node' in from)) {
        if (!uses.has(from))
          uses.set(from, {
            operation: from.operation,
            status: from.status,
            trail: from.start + trail,
            carrier: from.carrier,
            way: () => wayDown(step),
          })
      } else if (!seen.has(from)) {
        seen.add(from)
        steps.push({ visit: from, trail, below: step })
      }
    }
  }
  return [...uses].sort(([left], [right]) => left.order - right.order).map(([, use]) => use)
}

function wayDown(top: Step): readonly Node[] {
  const way: Node[] = []
  for (let step: Step | null = top; step !== null; step = step.below) way.push(step.visit.node)
  return way
}

/** The roots through which an operation sends data to its clients: responses, and the requests of webhooks and callbacks. */
export function sentRoots(operations: readonly Operation[]): readonly { readonly root: Root; readonly schema: SchemaNode }[] {
  return operations.flatMap((operation, order) =>
    operation.kind === 'operation' ? answerRoots(operation, order) : requestRoots(operation, order),
  )
}

/** The roots through which an operation receives data from its clients: requests, and the responses to webhooks and callbacks. */
export function receivedRoots(operations: readonly Operation[]): readonly { readonly root: Root; readonly schema: SchemaNode }[] {
  return operations.flatMap((operation, order) =>
    operation.kind === 'operation' ? requestRoots(operation, order) : answerRoots(operation, order),
  )
}

type Rooted = readonly { readonly root: Root; readonly schema: SchemaNode }[]

function answerRoots(operation: Operation, order: number): Rooted {
  return operation.responses.flatMap((response) => {
    const at = { operation, order, status: response.status }
    const headers = response.headers.flatMap((header) => {
      const root = { ...at, start: `header ${header.name.toLowerCase()}`, carrier: header.node }
      return [...(header.schema === null ? [] : [{ root, schema: header.schema }]), ...mediaRoots(header.content, root)]
    })
    return [...mediaRoots(response.content, { ...at, start: '', carrier: response.node }), ...headers]
  })
}

function requestRoots(operation: Operation, order: number): Rooted {
  const at = { operation, order, status: null }
  const body =
    operation.requestBody === null
      ? []
      : mediaRoots(operation.requestBody.content, { ...at, start: '', carrier: operation.requestBody.node })
  const parameters = operation.parameters.flatMap((parameter) => {
    const root = { ...at, start: `${parameter.in} ${parameter.name}`, carrier: parameter.node }
    return [...(parameter.schema === null ? [] : [{ root, schema: parameter.schema }]), ...mediaRoots(parameter.content, root)]
  })
  return [...body, ...parameters]
}

function mediaRoots(content: readonly MediaType[], root: Root): Rooted {
  return content.flatMap((media) =>
    [media.schema, media.itemSchema].flatMap((schema) => (schema === null ? [] : [{ root: { ...root, carrier: media.node }, schema }])),
  )
}
