/**
 * The shapes of this room: documents as read, nodes in them, and one effective view of operations for Swagger 2.0 and
 * OpenAPI 3.0, 3.1 and 3.2. Values are the parsed documents themselves, never copies, so identity can be used as a memo key.
 */
import type { Problem } from '../model/place.ts'

export type JsonObject = { readonly [key: string]: unknown }
export type SpecVersion = '2.0' | '3.0' | '3.1' | '3.2'

/** What a caller hands in. `path` is the root's path in the repository; `files` the other files of the description, by repository path. */
export interface Source {
  readonly text: string
  readonly path?: string
  readonly files?: Readonly<Record<string, string>>
}

export interface SourceDocument {
  readonly path: string
  readonly text: string
  readonly format: 'json' | 'yaml'
  readonly value: unknown
  /** How many keys the maps of a JSON value have, together; null where they were not counted, as in YAML. */
  readonly keys: number | null
}

export interface ApiDescription {
  /** Repository path of the root document. */
  readonly path: string
  readonly version: SpecVersion
  readonly root: JsonObject
  /** The root and every file reached by relative `$ref`, by repository path. */
  readonly documents: ReadonlyMap<string, SourceDocument>
  /** What is wrong but does not stop a comparison: references that lead nowhere, parts of the wrong shape. */
  readonly problems: readonly Problem[]
}

export type ReadResult = { readonly api: ApiDescription } | { readonly problems: readonly Problem[] }

/** A description on both sides of a pull request. */
export interface DescriptionPair {
  /** At head; at base when the description is removed. */
  readonly path: string
  /** At base, when it differs. */
  readonly previousPath: string | null
  /** null where the description does not exist on that side. */
  readonly base: ReadResult | null
  readonly head: ReadResult | null
}

/** A value and where it stands. `pointer` is where the value really is (behind references), for messages and lines. */
export interface Node<T = unknown> {
  readonly file: string
  readonly pointer: string
  readonly value: T
}

/** A schema before its own `$ref` is followed. `dialect` says how to read its keywords; `2.0-parameter` is a Swagger 2.0 parameter, header or items object. */
export interface SchemaNode extends Node {
  readonly dialect: '2.0' | '2.0-parameter' | '3.0' | '3.1'
}

export interface Operation {
  readonly kind: 'operation' | 'webhook' | 'callback'
  /** Upper case: `GET`. */
  readonly method: string
  /** The template as written; `webhook:<name>` and `callback:<name> <expression>` (under its operation's key) for the others. */
  readonly path: string
  readonly node: Node<JsonObject>
  readonly pathItem: Node<JsonObject>
  readonly operationId: string | null
  readonly tags: readonly string[]
  readonly deprecated: boolean
  /** Effective parameters: the path item's merged with the operation's, references followed; header names keep their spelling. */
  readonly parameters: readonly Parameter[]
  readonly requestBody: RequestBody | null
  readonly responses: readonly Response[]
  /** Effective requirement: the operation's, else the document's. An empty list means no authentication. */
  readonly security: readonly SecurityAlternative[]
  /** Where the effective requirement is written; null when it is written nowhere. */
  readonly securityAt: Node | null
  /** Effective servers: operation, else path item, else document (2.0: schemes, host, basePath). */
  readonly servers: readonly Server[]
  readonly callbacks: readonly Operation[]
}

export interface Parameter {
  readonly name: string
  readonly in: string
  readonly required: boolean
  readonly deprecated: boolean
  readonly style: string
  readonly explode: boolean
  readonly allowReserved: boolean
  readonly allowEmptyValue: boolean
  readonly schema: SchemaNode | null
  readonly content: readonly MediaType[]
  readonly node: Node<JsonObject>
}

export interface RequestBody {
  readonly required: boolean
  readonly content: readonly MediaType[]
  readonly node: Node<JsonObject>
}

export interface Response {
  /** `200`, `2XX` (upper case) or `default`. */
  readonly status: string
  readonly headers: readonly Header[]
  readonly content: readonly MediaType[]
  readonly links: Node<JsonObject> | null
  readonly node: Node<JsonObject>
}

export interface Header {
  readonly name: string
  readonly required: boolean
  readonly deprecated: boolean
  readonly style: string
  readonly explode: boolean
  readonly schema: SchemaNode | null
  readonly content: readonly MediaType[]
  readonly node: Node<JsonObject>
}

export interface MediaType {
  /** As written; diff/ normalises case and parameters. */
  readonly type: string
  readonly schema: SchemaNode | null
  /** 3.2: schema of each item of a stream. */
  readonly itemSchema: SchemaNode | null
  readonly encoding: JsonObject | null
  readonly node: Node<JsonObject>
}

/** One way to authenticate: all of these schemes together. An empty list is anonymous access. */
export type SecurityAlternative = readonly SecurityDemand[]

export interface SecurityDemand {
  /** The name in the description; never compared across sides, the definition is. */
  readonly name: string
  readonly scopes: readonly string[]
  readonly scheme: SecurityScheme | null
}

export interface SecurityScheme {
  readonly name: string
  readonly type: string
  readonly node: Node<JsonObject>
}

export interface Server {
  readonly url: string
  readonly variables: JsonObject
  readonly node: Node
}
