/**
 * Reads a policy file as YAML 1.2 and remembers where every key and value stands. Aliases are refused (anchors are for people, aliases
 * for bombs), so are duplicate keys, tags and anything larger or deeper than a policy can be. Knows nothing of what a policy says.
 */
import { isAlias, isMap, isScalar, isSeq, LineCounter, parseDocument } from 'yaml'
import type { Problem, ProblemKind } from '../model/place.ts'

/** Largest policy or waiver file, in characters; UTF-8 needs at least as many bytes. */
const largestPolicy = 64 * 1024
/** Deepest nesting of a policy; the grammar needs eleven levels. */
const deepestNesting = 40

export type Path = readonly (string | number)[]

export interface YamlText {
  readonly value: unknown
  /** A problem at an element: at its key when the key is what is wrong. A path that does not exist is placed at its nearest parent. */
  readonly problemAt: (path: Path, message: string, at?: 'key' | 'value') => Problem
}

/** The value with places, or what is wrong with the text. Never throws. */
export function readYaml(text: string, file: string): YamlText | { readonly problems: readonly Problem[] } {
  if (text.length > largestPolicy) {
    const message = `The file has ${text.length} characters; a policy file has at most ${largestPolicy} (64 KiB).`
    return { problems: [{ ...start, file, message, kind: 'too-large' }] }
  }
  try {
    return readDocument(text, file)
  } catch {
    return { problems: [{ ...start, file, message: 'The file is nested too deeply to be a policy.', kind: 'too-large' }] }
  }
}

const start = { pointer: '', line: 1, column: 1 } as const

function readDocument(text: string, file: string): YamlText | { readonly problems: readonly Problem[] } {
  const lines = new LineCounter()
  const document = parseDocument(text, {
    version: '1.2',
    schema: 'core',
    uniqueKeys: true,
    strict: true,
    merge: false,
    lineCounter: lines,
    prettyErrors: false,
  })
  const place = (offset: number) => {
    const { line, col } = lines.linePos(offset)
    return { line: Math.max(1, line), column: Math.max(1, col) }
  }
  const problem = (offset: number, message: string, kind: ProblemKind): Problem => ({ message, file, pointer: '', ...place(offset), kind })
  const mistakes = [...document.errors, ...document.warnings].map((mistake) =>
    problem(mistake.pos[0], sentenceOf(mistake.message), 'syntax'),
  )
  if (mistakes.some(({ message }) => message.startsWith('Maximum call stack'))) throw new RangeError('nested too deeply')
  if (mistakes.length > 0) return { problems: mistakes.slice(0, 20) }
  const reading: Reading = { offsets: new Map(), refused: [] }
  const value = plainValue(document.contents, [], reading)
  if (reading.refused.length > 0)
    return { problems: reading.refused.slice(0, 20).map(({ offset, message }) => problem(offset, message, 'syntax')) }
  return {
    value,
    problemAt: (path, message, at = 'value') => ({
      message,
      file,
      pointer: pointerOf(path),
      ...place(offsetOf(reading, path, at)),
      kind: 'policy',
    }),
  }
}

interface Reading {
  /** By JSON pointer. */
  readonly offsets: Map<string, { readonly key: number | null; readonly value: number }>
  readonly refused: { readonly offset: number; readonly message: string }[]
}

/** Maps become objects without a prototype, so that `__proto__` is a key like any other. */
function plainValue(node: unknown, path: Path, reading: Reading): unknown {
  if (path.length > deepestNesting) throw new RangeError('nested too deeply')
  if (isAlias(node)) {
    reading.refused.push({ offset: node.range?.[0] ?? 0, message: `The alias \`*${node.source}\` is not allowed: write the value out.` })
    return null
  }
  if (isMap(node)) return plainMap(node, path, reading)
  if (isSeq(node)) {
    note(reading, path, node.range?.[0])
    return node.items.map((item, index) => plainValue(item, [...path, index], reading))
  }
  if (isScalar(node)) {
    note(reading, path, node.range?.[0])
    return node.value
  }
  return null
}

interface MapNode {
  readonly items: readonly unknown[]
  readonly range?: readonly number[] | null | undefined
}

function plainMap(node: MapNode, path: Path, reading: Reading): unknown {
  note(reading, path, node.range?.[0])
  const entries = new Map<string, unknown>()
  for (const item of node.items) {
    const { key, value } = pairOf(item)
    const name = nameOfKey(key)
    if (name === null) {
      reading.refused.push({ offset: node.range?.[0] ?? 0, message: 'A key is a word.' })
      continue
    }
    const below = [...path, name.text]
    reading.offsets.set(pointerOf(below), { key: name.offset, value: name.offset })
    entries.set(name.text, plainValue(value, below, reading))
  }
  return withoutPrototype(entries)
}

function nameOfKey(key: unknown): { readonly text: string; readonly offset: number } | null {
  if (!isScalar(key) || (typeof key.value !== 'string' && typeof key.value !== 'number')) return null
  return { text: String(key.value), offset: key.range?.[0] ?? 0 }
}

function pairOf(item: unknown): { readonly key: unknown; readonly value: unknown } {
  if (typeof item !== 'object' || item === null) return { key: null, value: null }
  return { key: 'key' in item ? item.key : null, value: 'value' in item ? item.value : null }
}

function withoutPrototype(entries: ReadonlyMap<string, unknown>): unknown {
  const object: unknown = Object.create(null)
  if (typeof object === 'object' && object !== null)
    for (const [key, value] of entries) Object.defineProperty(object, key, { value, enumerable: true, configurable: true, writable: true })
  return object
}

function note(reading: Reading, path: Path, offset: number | undefined): void {
  const pointer = pointerOf(path)
  reading.offsets.set(pointer, { key: reading.offsets.get(pointer)?.key ?? null, value: offset ?? 0 })
}

function offsetOf(reading: Reading, path: Path, at: 'key' | 'value'): number {
  for (let length = path.length; length >= 0; length--) {
    const found = reading.offsets.get(pointerOf(path.slice(0, length)))
    if (found !== undefined) return at === 'key' || length < path.length ? (found.key ?? found.value) : found.value
  }
  return 0
}

/** RFC 6901. */
export function pointerOf(path: Path): string {
  return path.map((part) => `/${String(part).replaceAll('~', '~0').replaceAll('/', '~1')}`).join('')
}

function sentenceOf(message: string): string {
  const text = message.replaceAll(/\s+/g, ' ').trim()
  return /[.!?]$/.test(text) ? text : `${text}.`
}
