/** The named collections that rules look at. Each is computed once for a side, and only when a rule asks. */
import { childPointer, tokensOf } from '../openapi/json-pointer.ts'
import { effectiveOperation, rawOperations } from '../openapi/operations.ts'
import type { RawOperation } from '../openapi/operations.ts'
import { documentServers, effectiveServers } from '../openapi/servers.ts'
import type { JsonObject, Node, Operation, Parameter, SecurityScheme, Server } from '../openapi/types.ts'
import { isObject, objectField, textField } from '../openapi/values.ts'
import { sensitiveName } from '../sensitive/sensitivity.ts'
import type { SensitiveName } from '../sensitive/sensitivity.ts'
import { collection } from './described.ts'
import type { Described } from './described.ts'
import { effectiveSchema, keywordsInDepth, nothing } from './effective-schema.ts'
import type { EffectiveSchema } from './effective-schema.ts'
import { receivedRoots, schemaGraph, sentRoots, usesOf } from './schema-graph.ts'
import type { DeclaredProperty, SchemaGraph, Visit } from './schema-graph.ts'
import type { Use } from './rule.ts'

/** Operations that clients call; webhooks and callbacks are left out. */
export const operations = collection<Operation>((described) => described.operations.filter((operation) => operation.kind === 'operation'))

/** Webhooks and callbacks: what we call. */
export const outgoingOperations = collection<Operation>((described) =>
  described.operations.filter((operation) => operation.kind !== 'operation'),
)

export interface PropertySubject {
  readonly name: string
  readonly node: DeclaredProperty['node']
  readonly owner: Visit
  readonly effective: EffectiveSchema
  readonly sensitive: SensitiveName | null
  /** Every operation whose data holds the property. */
  readonly uses: () => readonly Use[]
}

const sentGraphs = collection<SchemaGraph>((described) => [schemaGraph(described.api, sentRoots(described.operations))])
const receivedGraphs = collection<SchemaGraph>((described) => [schemaGraph(described.api, receivedRoots(described.operations))])

/** Properties that clients receive, each where it is declared. `writeOnly` ones are left out: they are never sent. */
export const responseProperties = collection<PropertySubject>((described) =>
  propertiesOf(described, sentGraphs).filter((property) => property.effective.keywords['writeOnly'] !== true),
)

/** Properties that clients send. `readOnly` ones are left out. */
export const requestProperties = collection<PropertySubject>((described) =>
  propertiesOf(described, receivedGraphs).filter((property) => property.effective.keywords['readOnly'] !== true),
)

export interface SchemaSubject {
  readonly visit: Visit
  readonly effective: EffectiveSchema
  readonly uses: () => readonly Use[]
}

/** Every schema that clients fill in, parameters and headers included. */
export const requestSchemas = collection<SchemaSubject>((described) => schemasOf(described, receivedGraphs))

/** Every schema that clients read. */
export const responseSchemas = collection<SchemaSubject>((described) => schemasOf(described, sentGraphs))

function propertiesOf(described: Described, graphs: (described: Described) => readonly SchemaGraph[]): readonly PropertySubject[] {
  const { api, settings } = described
  return graphs(described).flatMap((graph) =>
    graph.properties.map(({ name, node, owner }) => {
      const effective = effectiveSchema(api, node)
      const sensitive = sensitiveName(fullName(name, owner), keywordsInDepth(api, node), settings.vocabulary)
      return { name, node, owner, effective, sensitive, uses: () => usesOf(owner, `.${name}`) }
    }),
  )
}

/** Names that say nothing without the object they are in: `card: { number }`. */
const generic = new Set(['number', 'no', 'hash', 'salt', 'secret', 'seed', 'pan', 'securitycode', 'security_code'])

/** The name, with that of the object before it where it says nothing alone: the property that holds the object, or its component. */
function fullName(name: string, { node, incoming }: Visit): string {
  if (!generic.has(name.toLowerCase())) return name
  const holder = incoming.find(({ label }) => label.startsWith('.'))?.label.slice(1) ?? tokensOf(node.pointer).at(-1) ?? ''
  return `${holder} ${name}`
}

function schemasOf(described: Described, graphs: (described: Described) => readonly SchemaGraph[]): readonly SchemaSubject[] {
  return graphs(described).flatMap((graph) =>
    graph.visits.map((visit) => ({ visit, effective: effectiveSchema(described.api, visit.node), uses: () => usesOf(visit) })),
  )
}

export interface ParameterSubject {
  readonly parameter: Parameter
  readonly operations: readonly Operation[]
  readonly effective: EffectiveSchema
  readonly uses: () => readonly Use[]
}

/** Parameters, each where it is declared, with the operations that take it. */
export const parameters = collection<ParameterSubject>((described) => {
  const byNode = new Map<unknown, { readonly parameter: Parameter; readonly operations: Operation[] }>()
  for (const operation of operations(described)) {
    for (const parameter of operation.parameters) {
      const known = byNode.get(parameter.node.value)
      if (known === undefined) byNode.set(parameter.node.value, { parameter, operations: [operation] })
      else known.operations.push(operation)
    }
  }
  return [...byNode.values()].map(({ parameter, operations: taking }) => ({
    parameter,
    operations: taking,
    effective: parameter.schema === null ? nothing : effectiveSchema(described.api, parameter.schema),
    uses: () => taking.map((operation) => ({ operation, status: null, trail: `${parameter.in} ${parameter.name}` })),
  }))
})

export interface SchemeSubject {
  readonly scheme: SecurityScheme
  readonly value: JsonObject
  readonly uses: () => readonly Use[]
}

/** Security schemes, declared ones first; those nobody uses included. */
export const securitySchemes = collection<SchemeSubject>((described) => {
  const found = new Map<unknown, SchemeSubject>()
  const add = (scheme: SecurityScheme): void => {
    if (found.has(scheme.node.value)) return
    found.set(scheme.node.value, { scheme, value: scheme.node.value, uses: () => usingScheme(described, scheme) })
  }
  declaredSchemes(described).forEach(add)
  for (const operation of operations(described))
    for (const alternative of operation.security) for (const { scheme } of alternative) if (scheme !== null) add(scheme)
  return [...found.values()]
})

function usingScheme(described: Described, scheme: SecurityScheme): readonly Use[] {
  return operations(described)
    .filter((operation) =>
      operation.security.some((alternative) => alternative.some((demand) => demand.scheme?.node.value === scheme.node.value)),
    )
    .map(wholeOperation)
}

/** The use of an operation as such. */
export function wholeOperation(operation: Operation): Use {
  return { operation, status: null, trail: '' }
}

function declaredSchemes({ api }: Described): readonly SecurityScheme[] {
  const inside = objectField(api.root, 'components')
  const written = api.version === '2.0' ? objectField(api.root, 'securityDefinitions') : objectField(inside, 'securitySchemes')
  const above = api.version === '2.0' ? '/securityDefinitions' : '/components/securitySchemes'
  return Object.entries(written ?? {}).flatMap(([name, value]) => {
    const type = textField(value, 'type')
    return type === null || !isObject(value) ? [] : [{ name, type, node: { file: api.path, pointer: childPointer(above, name), value } }]
  })
}

export interface ServerSubject {
  readonly server: Server
  readonly uses: () => readonly Use[]
}

/** Servers of the whole description, in scope or not, each where it is written. */
export const servers = collection<ServerSubject>(({ api }) => {
  const byPlace = new Map<string, { readonly server: Server; readonly served: RawOperation[] }>()
  const add = (server: Server, served: RawOperation | null): void => {
    const key = `${server.node.file}#${server.node.pointer} ${server.url}`
    const known = byPlace.get(key) ?? { server, served: [] }
    if (served !== null) known.served.push(served)
    byPlace.set(key, known)
  }
  for (const server of documentServers(api)) add(server, null)
  for (const raw of rawOperations(api)) for (const server of effectiveServers(api, raw)) add(server, raw)
  return [...byPlace.values()].map(({ server, served }) => ({
    server,
    uses: () => served.map((raw) => wholeOperation(effectiveOperation(api, raw))),
  }))
})

/** The description as a whole: one subject. */
export const descriptions = collection<Node<JsonObject>>(({ api }) => [{ file: api.path, pointer: '', value: api.root }])
