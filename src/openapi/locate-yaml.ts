/** Offsets in YAML of any style, from js-yaml's stream of events; from the tree of the `yaml` package for what js-yaml refuses. */
import { EVENT_ID as EVENT, parseEvents, type Event } from 'js-yaml'
import { maxDepth } from './limits.ts'
import { locateInYamlTree } from './locate-yaml-tree.ts'
import type { TrieNode } from './pointer-trie.ts'
import { aliasTarget, childEnd, endOfNode, isPlain, keyText, startOfNode, type Stream } from './yaml-events.ts'

/** Writes the offsets of all pointers of the tree into it. Aliases and merge keys lead to where the value is written. */
export function locateInYaml(text: string, root: TrieNode): void {
  const events = eventsOf(text)
  const first = events?.[1]
  if (events === null || first === undefined) return locateInYamlTree(text, root)
  const stream: Stream = { text, events, anchors: null, end: 0 }
  root.start = startOfNode(stream, first)
  readNode(stream, 1, root)
  root.end = stream.end
}

function eventsOf(text: string): readonly Event[] | null {
  try {
    return parseEvents(text, { maxDepth })
  } catch {
    return null
  }
}

/** Reads the node at `index` for the places below `node`; returns the index behind it and leaves `stream.end` at its end. */
function readNode(stream: Stream, index: number, node: TrieNode): number {
  const event = stream.events[index]
  if (event === undefined || node.children.size === 0) return endOfNode(stream, index)
  if (event.type === EVENT.MAPPING) return readMapping(stream, index, { node, merged: new Set() })
  if (event.type === EVENT.SEQUENCE) return readSequence(stream, index, node)
  if (event.type === EVENT.ALIAS) elsewhere(stream, () => void readNode(stream, aliasTarget(stream, index), node))
  return endOfNode(stream, index)
}

/** A map that is being read for a tree node, and the merged maps already read for it: they may be reached many times over. */
interface Reading {
  readonly node: TrieNode
  readonly merged: Set<number>
}

function readMapping(stream: Stream, index: number, reading: Reading): number {
  const { node } = reading
  const merges: number[] = []
  let position = index + 1
  for (let key = stream.events[position]; key !== undefined && key.type !== EVENT.POP; key = stream.events[position]) {
    const start = startOfNode(stream, key)
    const name = keyText(stream, position)
    const child = name === null ? undefined : node.children.get(name)
    const valueAt = endOfNode(stream, position)
    if (name === '<<' && isPlain(key)) merges.push(valueAt)
    const wanted = child !== undefined && child.start < 0 ? child : undefined
    position = wanted === undefined ? endOfNode(stream, valueAt) : readNode(stream, valueAt, wanted)
    if (wanted !== undefined) mark(wanted, start, stream.end)
  }
  childEnd(stream, index)
  for (const merge of merges) elsewhere(stream, () => readMerged(stream, merge, reading))
  return position + 1
}

/** What a merge key brings in, for the places that the map itself does not have. Of several maps the first that has a key counts. */
function readMerged(stream: Stream, index: number, reading: Reading): void {
  const event = stream.events[index]
  if (event === undefined || reading.merged.has(index) || [...reading.node.children.values()].every((child) => child.start >= 0)) return
  reading.merged.add(index)
  if (event.type === EVENT.ALIAS) readMerged(stream, aliasTarget(stream, index), reading)
  if (event.type === EVENT.MAPPING) readMapping(stream, index, reading)
  if (event.type !== EVENT.SEQUENCE) return
  for (let item = index + 1; stream.events[item]?.type !== EVENT.POP && item < stream.events.length; item = endOfNode(stream, item))
    readMerged(stream, item, reading)
}

function readSequence(stream: Stream, index: number, node: TrieNode): number {
  let position = index + 1
  let count = 0
  for (let item = stream.events[position]; item !== undefined && item.type !== EVENT.POP; item = stream.events[position]) {
    const child = node.children.get(String(count))
    const start = startOfNode(stream, item)
    position = child === undefined ? endOfNode(stream, position) : readNode(stream, position, child)
    // An empty item ends behind its dash, so that the next one finds its own.
    stream.end = Math.max(stream.end, start + 1)
    if (child !== undefined) mark(child, start, stream.end)
    count += 1
  }
  childEnd(stream, index)
  return position + 1
}

function mark(node: TrieNode, start: number, end: number): void {
  node.start = start
  node.end = end
}

/** Reads in another part of the text without losing the place. */
function elsewhere(stream: Stream, read: () => void): void {
  const { end } = stream
  read()
  stream.end = end
}
