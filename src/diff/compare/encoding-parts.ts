/**
 * How the parts of one body are written: the Encoding Object with its defaults, where the version heeds it. Source: OpenAPI 3.0.4,
 * 3.1.1 and 3.2.0, Media Type Object and Encoding Object. In Swagger 2.0 a form field says so itself (`collectionFormat`).
 */
import { childNode, entriesOfMap, itemNodes, mapNode } from '../../openapi/nodes.ts'
import { parameterStyle } from '../../openapi/parameter-style.ts'
import { resolve } from '../../openapi/resolve.ts'
import { headersOf } from '../../openapi/responses.ts'
import type { ApiDescription, Header, MediaType, Node, SchemaNode } from '../../openapi/types.ts'
import { field, isObject, textField } from '../../openapi/values.ts'
import { normalMediaType } from '../media-type.ts'
import { nestedFormats } from './list-form.ts'
import { partOf } from '../schema/index.ts'
import type { PartPath, SchemaContext } from '../schema/index.ts'

/** One side of a body. */
export interface EncodedBody {
  readonly api: ApiDescription
  readonly side: 'base' | 'head'
  readonly mediaType: MediaType
  /** `requestBody`, `responses` or something else that holds media types. */
  readonly holder: string
}

/** A part that an encoding speaks of. */
export interface PartPlace {
  /** For people and fingerprints: `avatar`, `tags/name`, `item 0`. */
  readonly label: string
  readonly path: PartPath
  /** It stands in the items of a stream. */
  readonly inItems: boolean
  /** The media type of what the part stands in, without parameters. */
  readonly within: string
}

export interface WrittenPart {
  readonly place: PartPlace
  readonly node: Node
}

export interface EffectivePart {
  /** Null where the schema leaves it open, or `style` settles the form. */
  readonly types: readonly string[] | null
  /** Nobody wrote the types; they follow from the schema. */
  readonly isDefault: boolean
  /** Null where `style` is not heeded, or a single value looks the same in each. */
  readonly style: { readonly style: string; readonly explode: boolean } | null
  readonly allowReserved: boolean
  readonly headers: readonly Header[]
}

const form = 'application/x-www-form-urlencoded'

/** Encodings nested deeper are not read. */
const maxNesting = 8

/** The parts that are spoken of, by label; none where the specification says that encodings are ignored. */
export function writtenParts(body: EncodedBody): ReadonlyMap<string, WrittenPart> {
  const parts = new Map<string, WrittenPart>()
  const within = essence(body.mediaType.type)
  if (body.api.version === '2.0') addFields(body, parts, within)
  else if (isHeeded(body, within)) addParts(body, parts, { owner: body.mediaType.node, label: '', path: [], within })
  return parts
}

/** Up to 3.1 encodings count in request bodies only; in all versions for forms and multipart only. */
function isHeeded({ api, holder }: EncodedBody, within: string): boolean {
  const isHolder = holder === 'requestBody' || (api.version === '3.2' && holder === 'responses')
  return isHolder && isFormLike(within)
}

function isFormLike(type: string): boolean {
  return type === form || type.startsWith('multipart/')
}

interface Owner {
  readonly owner: Node
  readonly label: string
  readonly path: PartPath
  readonly within: string
}

function addParts(body: EncodedBody, parts: Map<string, WrittenPart>, { owner, label, path, within }: Owner): void {
  const add = (node: Node, step: string | number, name: string): void => {
    const inItems = name === 'items' && body.mediaType.itemSchema !== null && path.length === 0
    const place: PartPlace = { label: `${label}${name}`, path: inItems ? [] : [...path, step], inItems, within }
    parts.set(place.label, { place, node })
    const [type, ...others] = (textField(node.value, 'contentType') ?? '').split(',').map(essence)
    const isNested = body.api.version === '3.2' && type !== undefined && others.length === 0 && isFormLike(type)
    if (isNested && place.path.length < maxNesting)
      addParts(body, parts, { owner: node, label: `${place.label}/`, path: place.path, within: type })
  }
  const named = mapNode(childNode(owner, 'encoding'))
  for (const [name, node] of named === null ? [] : entriesOfMap(named)) add(node, name, name)
  if (body.api.version !== '3.2' || !within.startsWith('multipart/')) return
  const positions = itemNodes(body.api, owner, 'prefixEncoding')
  positions.forEach((node, index) => {
    add(node, index, `item ${String(index)}`)
  })
  const rest = childNode(owner, 'itemEncoding')
  if (rest !== undefined) add(rest, positions.length, 'items')
}

/** Swagger 2.0: the fields of a form are parameters. */
function addFields({ api, mediaType: { schema } }: EncodedBody, parts: Map<string, WrittenPart>, within: string): void {
  const properties = field(schema?.value, 'properties')
  if (schema?.dialect !== '2.0-parameter' || !isObject(properties)) return
  for (const [name, property] of Object.entries(properties)) {
    const node = resolve(api, schema, textField(property, '$ref') ?? '#')
    if (node !== undefined) parts.set(name, { place: { label: name, path: [name], inItems: false, within }, node })
  }
}

/** The part as it is written on this side, with all defaults; null where its schema does not list it. */
export function effectivePart(context: SchemaContext, body: EncodedBody, spoken: SpokenPart): EffectivePart | null {
  const { place, node } = spoken
  const schema: SchemaNode | null = place.inItems ? body.mediaType.itemSchema : body.mediaType.schema
  const part = partOf(context, body.side, { schema, path: place.path })
  if (part === null) return null
  const styled = honoursStyle(body, place.within)
  const hasHeaders = node !== null && body.api.version !== '2.0' && place.within.startsWith('multipart/')
  return {
    ...typesOf(body, spoken, part.contentType),
    style: styled && !part.isScalar ? styleOf(body.api, node) : null,
    allowReserved: styled && field(node?.value, 'allowReserved') === true,
    headers: hasHeaders ? headersOf(body.api, node) : [],
  }
}

export interface SpokenPart {
  readonly place: PartPlace
  /** Null where this side does not speak of it. */
  readonly node: Node | null
}

/** From 3.1 on a written style settles the form, and the type is ignored. */
function typesOf(body: EncodedBody, { place, node }: SpokenPart, otherwise: string | null): Pick<EffectivePart, 'types' | 'isDefault'> {
  const { version } = body.api
  const isStyled = version !== '3.0' && honoursStyle(body, place.within) && styleKeys.some((key) => field(node?.value, key) !== undefined)
  if (version === '2.0' || isStyled) return { types: null, isDefault: true }
  const written = textField(node?.value, 'contentType')
  if (written !== null) return { types: written.split(',').map(partType), isDefault: false }
  return { types: otherwise === null ? null : [otherwise], isDefault: true }
}

const styleKeys = ['style', 'explode', 'allowReserved'] as const

function honoursStyle({ api }: EncodedBody, within: string): boolean {
  return within === form || (within === 'multipart/form-data' && (api.version === '3.1' || api.version === '3.2'))
}

function styleOf(api: ApiDescription, node: Node | null): EffectivePart['style'] {
  if (api.version === '2.0' && isObject(node?.value)) {
    const { style, explode } = parameterStyle(api, node.value, 'formData')
    return { style: [style, ...nestedFormats(api, node.value)].join(' of '), explode }
  }
  const style = textField(node?.value, 'style') ?? 'form'
  const explode = field(node?.value, 'explode')
  return { style, explode: typeof explode === 'boolean' ? explode : style === 'form' }
}

function essence(type: string): string {
  return normalMediaType(type).split(';')[0] ?? ''
}

/** UTF-8 is what text is written in today (RFC 7578, section 5.1.2); saying so is nothing. */
function partType(type: string): string {
  return normalMediaType(type).replace(/^(text\/[^;]*);charset=utf-8$/, '$1')
}
