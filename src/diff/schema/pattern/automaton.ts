/** Deterministic automata for the texts in which a pattern is found somewhere; anchors bind it to the text's start or end. */
import { anyCharacter, lastCodePoint } from './characters.ts'
import type { CharacterSet } from './characters.ts'
import type { Expression } from './parse-pattern.ts'

/** Complete: every state has a successor for every class of characters. State 0 is the start. */
export interface Automaton {
  /** First code point of each class, ascending; the first is 0. */
  readonly classes: readonly number[]
  readonly next: readonly (readonly number[])[]
  readonly accepting: readonly boolean[]
}

/** Larger ones are refused: counted repetitions of thousands say little that a length bound does not. */
const maxNodes = 6_000
const maxStates = 3_000

/** Table cells and nodes visited: bounds time and memory for hostile patterns. */
const maxCells = 400_000

interface Nodes {
  /** Steps that read nothing; only at the start of the text; only at its end. */
  readonly free: number[][]
  readonly atStart: number[][]
  readonly atEnd: number[][]
  readonly reading: { readonly set: CharacterSet; readonly to: number }[][]
}

/** The automaton of an expression; null when it would be too large. */
export function automatonOf(expression: Expression): Automaton | null {
  const nodes: Nodes = { free: [], atStart: [], atEnd: [], reading: [] }
  const start = addNode(nodes)
  const inner = addNode(nodes)
  nodes.free[start]?.push(inner)
  nodes.reading[start]?.push({ set: anyCharacter, to: start })
  const end = build(nodes, expression, inner)
  if (end === null) return null
  nodes.reading[end]?.push({ set: anyCharacter, to: end })
  return determinise(nodes, { start, end })
}

function addNode(nodes: Nodes): number {
  nodes.free.push([])
  nodes.atStart.push([])
  nodes.atEnd.push([])
  return nodes.reading.push([]) - 1
}

/** Adds the expression after node `from`; returns the node after it, null when there are too many nodes. */
function build(nodes: Nodes, expression: Expression, from: number): number | null {
  if (nodes.free.length > maxNodes) return null
  switch (expression.kind) {
    case 'characters':
    case 'start':
    case 'end':
      return buildStep(nodes, expression, from)
    case 'sequence':
      return expression.parts.reduce<number | null>((at, part) => (at === null ? null : build(nodes, part, at)), from)
    case 'choice':
      return buildChoice(nodes, expression.options, from)
    case 'repeat':
      return buildRepeat(nodes, expression, from)
  }
}

function buildStep(nodes: Nodes, expression: Expression & { kind: 'characters' | 'start' | 'end' }, from: number): number {
  const to = addNode(nodes)
  if (expression.kind === 'characters') nodes.reading[from]?.push({ set: expression.set, to })
  else nodes[expression.kind === 'start' ? 'atStart' : 'atEnd'][from]?.push(to)
  return to
}

function buildChoice(nodes: Nodes, options: readonly Expression[], from: number): number | null {
  const to = addNode(nodes)
  for (const option of options) {
    const begin = addNode(nodes)
    nodes.free[from]?.push(begin)
    const end = build(nodes, option, begin)
    if (end === null) return null
    nodes.free[end]?.push(to)
  }
  return to
}

function buildRepeat(nodes: Nodes, { of, min, max }: Expression & { kind: 'repeat' }, from: number): number | null {
  let at: number | null = from
  for (let count = 0; count < min && at !== null; count++) at = build(nodes, of, at)
  if (at === null) return null
  const to = addNode(nodes)
  nodes.free[at]?.push(to)
  if (max === Infinity) {
    const loop = addNode(nodes)
    nodes.free[at]?.push(loop)
    const end = build(nodes, of, loop)
    if (end === null) return null
    nodes.free[end]?.push(loop, to)
    return to
  }
  for (let count = min; count < max; count++) {
    at = build(nodes, of, at)
    if (at === null) return null
    nodes.free[at]?.push(to)
  }
  return to
}

/** All code points at which some set begins or ends: between two of them all characters behave alike. */
function classesOf(nodes: Nodes): number[] {
  const starts = new Set([0])
  for (const steps of nodes.reading) {
    for (const { set } of steps) for (const [from, to] of set) starts.add(from).add(to + 1)
  }
  return [...starts].filter((start) => start <= lastCodePoint).sort((left, right) => left - right)
}

/** The nodes reachable without reading. */
function closure(nodes: Nodes, from: Iterable<number>, anchors: { readonly start: boolean; readonly end: boolean }): number[] {
  const reached = new Set(from)
  for (const node of reached) {
    for (const to of nodes.free[node] ?? []) reached.add(to)
    if (anchors.start) for (const to of nodes.atStart[node] ?? []) reached.add(to)
    if (anchors.end) for (const to of nodes.atEnd[node] ?? []) reached.add(to)
  }
  return [...reached].sort((left, right) => left - right)
}

/** Subset construction. Once the end node is reached without `$`, every longer text is accepted: such sets are one state. */
function determinise(nodes: Nodes, { start, end }: { start: number; end: number }): Automaton | null {
  const classes = classesOf(nodes)
  const numbers = new Map<string, number>()
  const sets: { readonly set: readonly number[]; readonly first: boolean }[] = []
  const numberOf = (set: readonly number[], first: boolean): number => {
    const reduced = set.includes(end) ? [end] : set
    const key = `${first ? '^' : ''}${reduced.join(',')}`
    let number = numbers.get(key)
    if (number === undefined) numbers.set(key, (number = sets.push({ set: reduced, first }) - 1))
    return number
  }
  numberOf(closure(nodes, [start], { start: true, end: false }), true)
  const next: number[][] = []
  let visited = 0
  for (let state = 0; state < sets.length; state++) {
    const { set = [] } = sets[state] ?? {}
    visited += set.length + classes.length
    if (sets.length > maxStates || visited > maxCells) return null
    const targets = targetsByClass(nodes, set, classes)
    next.push(targets.map((reached) => numberOf(closure(nodes, reached, { start: false, end: false }), false)))
  }
  const accepting = sets.map(({ set, first }) => closure(nodes, set, { start: first, end: true }).includes(end))
  return { classes, next, accepting }
}

function targetsByClass(nodes: Nodes, set: readonly number[], classes: readonly number[]): Set<number>[] {
  const targets = classes.map(() => new Set<number>())
  for (const node of set) {
    for (const { set: read, to } of nodes.reading[node] ?? []) {
      for (const [from, until] of read) {
        for (let at = classIndex(classes, from); at < classes.length && (classes[at] ?? 0) <= until; at++) targets[at]?.add(to)
      }
    }
  }
  return targets
}

/** The class that holds a code point. */
export function classIndex(classes: readonly number[], code: number): number {
  let low = 0
  let high = classes.length - 1
  while (low < high) {
    const middle = (low + high + 1) >> 1
    if ((classes[middle] ?? 0) <= code) low = middle
    else high = middle - 1
  }
  return low
}
