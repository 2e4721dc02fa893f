/** js-yaml's events as nodes: where each begins and ends in the text, what its key says, what an alias stands for. */
import {
  COLLECTION_STYLE,
  EVENT_ID,
  getScalarValue,
  load,
  SCALAR_STYLE,
  type Event,
  type MappingEvent,
  type ScalarEvent,
  type SequenceEvent,
} from 'js-yaml'
import { yamlSchema } from './parse-yaml.ts'

export interface Stream {
  readonly text: string
  readonly events: readonly Event[]
  /** Event indexes by anchor name, in document order; built when the first alias is met. */
  anchors: ReadonlyMap<string, readonly number[]> | null
  /** Offset behind the last character of what has been read. Must stand before a node when `startOfNode` is asked for an empty one. */
  end: number
}

/** The offset where a node's own text begins, behind its anchor and tag. */
export function startOfNode(stream: Stream, event: Event): number {
  switch (event.type) {
    case EVENT_ID.SCALAR:
      return startOfScalar(stream, event)
    case EVENT_ID.MAPPING:
    case EVENT_ID.SEQUENCE:
      return event.start
    case EVENT_ID.ALIAS:
      return event.anchorStart - 1
    case EVENT_ID.DOCUMENT:
    case EVENT_ID.POP:
      return stream.end
  }
}

function startOfScalar(stream: Stream, event: ScalarEvent): number {
  const { text } = stream
  if (event.valueStart < 0) return event.anchorStart > 0 ? event.anchorStart - 1 : event.tagStart >= 0 ? event.tagStart : dashBehind(stream)
  if (event.style === SCALAR_STYLE.PLAIN) return event.valueStart
  if (event.style === SCALAR_STYLE.LITERAL_BLOCK || event.style === SCALAR_STYLE.FOLDED_BLOCK) return headerBefore(text, event.valueStart)
  return event.valueStart - 1
}

/** An empty list item has no text: its dash stands for it. */
function dashBehind({ text, end }: Stream): number {
  for (let offset = end; offset < text.length; offset += 1) {
    const character = text.charAt(offset)
    if (character === '-') return offset
    if (character === '#') offset = lineEnd(text, offset)
    else if (!/[\s,[]/.test(character)) return end
  }
  return end
}

function lineEnd(text: string, offset: number): number {
  const end = text.indexOf('\n', offset)
  return end < 0 ? text.length : end
}

/** The `|` or `>` on the line before the text of a block scalar. */
function headerBefore(text: string, valueStart: number): number {
  const lineStart = text.lastIndexOf('\n', valueStart - 2) + 1
  const match = /[|>][-+0-9]*[ \t]*(?:[ \t]#.*)?\r?\n?$/.exec(text.slice(lineStart, valueStart))
  return match === null ? valueStart : lineStart + match.index
}

/** The index behind the node at `index`; moves `stream.end` to the node's end. */
export function endOfNode(stream: Stream, index: number): number {
  const open: number[] = []
  let position = index
  do {
    const event = stream.events[position]
    if (event === undefined) return position
    if (event.type === EVENT_ID.POP) childEnd(stream, open.pop() ?? index)
    else if (event.type === EVENT_ID.MAPPING || event.type === EVENT_ID.SEQUENCE) {
      open.push(position)
      stream.end = Math.max(event.start + (isBracketed(stream, event, position) ? 1 : 0), stream.end)
    } else stream.end = Math.max(endOfLeaf(event), stream.end)
    position += 1
  } while (open.length > 0)
  return position
}

function endOfLeaf(event: Event): number {
  if (event.type === EVENT_ID.ALIAS) return event.anchorEnd
  if (event.type !== EVENT_ID.SCALAR) return 0
  const isQuoted = event.style === SCALAR_STYLE.SINGLE_QUOTED || event.style === SCALAR_STYLE.DOUBLE_QUOTED
  return Math.max(event.valueEnd + (isQuoted ? 1 : 0), event.anchorEnd, event.tagEnd)
}

/** Moves `stream.end` behind the closing bracket of the collection at `index`, when it has brackets and all its entries have been read. */
export function childEnd(stream: Stream, index: number): void {
  const event = stream.events[index]
  if (event === undefined || (event.type !== EVENT_ID.MAPPING && event.type !== EVENT_ID.SEQUENCE) || !isBracketed(stream, event, index))
    return
  let offset = Math.max(stream.end, event.start + 1)
  for (; offset < stream.text.length; offset += 1) {
    const character = stream.text.charAt(offset)
    if (character === '#' && /\s/.test(stream.text.charAt(offset - 1))) offset = lineEnd(stream.text, offset)
    else if (character === ']' || character === '}') break
  }
  stream.end = offset + 1
}

/** False for block style, and for the pair in `[a: 1]`, which is a map without brackets of its own. */
function isBracketed(stream: Stream, event: MappingEvent | SequenceEvent, index: number): boolean {
  if (event.style !== COLLECTION_STYLE.FLOW) return false
  const first = stream.events[index + 1]
  const isPair = first !== undefined && 'start' in first && first.start === event.start
  return !isPair && (stream.text.charAt(event.start) === '[' || stream.text.charAt(event.start) === '{')
}

/** True for a scalar without quotes: only a plain `<<` merges. */
export function isPlain(event: Event): boolean {
  return event.type === EVENT_ID.SCALAR && event.style === SCALAR_STYLE.PLAIN
}

/** The key at `index` as it names the entry of the parsed map; null for a key that is no text. */
export function keyText(stream: Stream, index: number): string | null {
  const event = stream.events[index]
  if (event?.type === EVENT_ID.ALIAS) {
    const target = aliasTarget(stream, index)
    return stream.events[target]?.type === EVENT_ID.SCALAR ? keyText(stream, target) : null
  }
  if (event?.type !== EVENT_ID.SCALAR) return null
  if (event.valueStart < 0) return 'null'
  const text = getScalarValue(stream.text, event)
  const isText = !isPlain(event) || event.tagStart >= 0 || isPlainNumber.test(text) || !mayBeOtherThanText.test(text)
  return isText ? text : String(load(text, { schema: yamlSchema }))
}

/** Numbers that are written as they are read; statuses, mostly. */
const isPlainNumber = /^(?:0|[1-9]\d{0,14})$/

/** Plain scalars that YAML reads as a number, boolean or null: `0x10:` is the key `16`. */
const mayBeOtherThanText = /^(?:[-+.]?[0-9][0-9a-fA-FoOxX.+-]*|[-+]?\.(?:inf|nan)|null|true|false|~)$/i

/** The index of the node that the alias at `index` stands for: the last with that anchor before it. */
export function aliasTarget(stream: Stream, index: number): number {
  const alias = stream.events[index]
  if (alias?.type !== EVENT_ID.ALIAS) return index
  stream.anchors ??= anchorsOf(stream)
  const candidates = stream.anchors.get(stream.text.slice(alias.anchorStart, alias.anchorEnd)) ?? []
  return candidates.findLast((candidate) => candidate < index) ?? index
}

function anchorsOf(stream: Stream): ReadonlyMap<string, readonly number[]> {
  const anchors = new Map<string, number[]>()
  stream.events.forEach((event, index) => {
    if (!('tagStart' in event) || event.anchorStart < 0) return
    const name = stream.text.slice(event.anchorStart, event.anchorEnd)
    const known = anchors.get(name)
    if (known === undefined) anchors.set(name, [index])
    else known.push(index)
  })
  return anchors
}
