/**
 * Goes through a description once: loads the files that its references lead to, and collects what is wrong with references and shapes.
 * The target of a reference is walked as what it is used as, so files may be laid out in any way.
 */
import type { Complaint } from './complaint.ts'
import { explainMissing, shortened } from './explain-missing.ts'
import { one, type Expected, type Kind } from './grammar.ts'
import { maxProblems, maxReferenceHops } from './limits.ts'
import { tokensOf } from './json-pointer.ts'
import { resolve } from './resolve.ts'
import type { ApiDescription, Node } from './types.ts'
import { isList, isObject, textField } from './values.ts'
import { walkDescription, type Visitor } from './walk-description.ts'

export interface Survey {
  /** At most `maxProblems`. */
  readonly complaints: readonly Complaint[]
  /** How many more there are than are listed. */
  readonly unlisted: number
}

interface State {
  readonly api: ApiDescription
  readonly complaints: Complaint[]
  readonly queue: { readonly node: Node; readonly expected: Expected }[]
  readonly checked: Map<string, Map<string, Checked>>
  readonly walked: Map<Kind, Set<object>>
  unlisted: number
}

/** What is known of one reference text in one file. */
interface Checked {
  readonly target: Node | undefined
  /** Why it leads nowhere; null when it leads somewhere. */
  readonly broken: (() => string) | null
  readonly usedAs: Set<Expected>
}

/** Walks the root and everything it refers to. Asks `api.documents` for each file by `get`, so that a map which loads on demand gets to know them all. */
export function survey(api: ApiDescription): Survey {
  const state: State = { api, complaints: [], queue: [], checked: new Map(), walked: new Map(), unlisted: 0 }
  state.queue.push({ node: { file: api.path, pointer: '', value: api.root }, expected: one('description') })
  for (let next = state.queue.pop(); next !== undefined; next = state.queue.pop()) walk(state, next.node, next.expected)
  return state
}

function walk(state: State, node: Node, expected: Expected): void {
  const isRoot = expected === one('description')
  const visitor: Visitor = {
    enter: (value, kind) => isRoot || isFirstVisit(state, value, kind),
    misshapen: (shape, found, pointer) => complain(state, () => misshapen(node.file, pointer(), { shape, found })),
    reference: (ref, as, pointer) => visitReference(state, { file: node.file, ref, as, pointer }),
  }
  walkDescription({ value: node.value, pointer: node.pointer, expected }, visitor)
}

interface Reference {
  readonly file: string
  readonly ref: string
  readonly as: Expected
  readonly pointer: () => string
}

/** Whole components of the root are walked with the root; walking them again as targets would double the work. */
const wholeComponent =
  /^\/(?:components\/(?:schemas|responses|parameters|requestBodies|headers|securitySchemes|links|callbacks|pathItems|mediaTypes)|definitions|parameters|responses)\/[^/]+$/

function visitReference(state: State, reference: Reference): void {
  const { target, broken, usedAs } = checkedReference(state, reference)
  if (broken !== null) complain(state, () => ({ kind: 'reference', file: reference.file, pointer: reference.pointer(), message: broken() }))
  if (target === undefined || usedAs.has(reference.as)) return
  usedAs.add(reference.as)
  if (target.file !== state.api.path || !wholeComponent.test(target.pointer)) state.queue.push({ node: target, expected: reference.as })
}

function checkedReference(state: State, reference: Reference): Checked {
  let ofFile = state.checked.get(reference.file)
  if (ofFile === undefined) state.checked.set(reference.file, (ofFile = new Map<string, Checked>()))
  let known = ofFile.get(reference.ref)
  if (known === undefined) ofFile.set(reference.ref, (known = check(state.api, reference)))
  return known
}

function check(api: ApiDescription, { file, ref, as }: Reference): Checked {
  const usedAs = new Set<Expected>()
  // Examples may be kept in files of any format; nothing is compared in them.
  if (as === one('example') && !ref.startsWith('#')) return { target: undefined, broken: null, usedAs }
  const target = resolve(api, { file }, ref)
  if (target === undefined) return { target, broken: () => explainMissing(api, file, ref), usedAs }
  return { target, broken: isCircular(api, target) ? () => circularMessage(ref) : null, usedAs }
}

function circularMessage(ref: string): string {
  return `The reference \`${shortened(ref)}\` leads in a circle, or on and on, and never to a value. Let one of its links hold the value.`
}

/** A chain of references that has no end within reason. A chain that breaks is complained about where it breaks. */
function isCircular(api: ApiDescription, target: Node): boolean {
  let current: Node | undefined = target
  for (let hops = 0; hops < maxReferenceHops && current !== undefined; hops += 1) {
    const next = onlyReference(current.value)
    if (next === null) return false
    current = resolve(api, current, next)
  }
  return current !== undefined
}

/** The reference of an object that holds nothing else of weight. */
function onlyReference(value: unknown): string | null {
  const ref = textField(value, '$ref')
  return ref !== null && isObject(value) && Object.keys(value).every((key) => key === '$ref' || key === 'description' || key === 'summary')
    ? ref
    : null
}

function isFirstVisit(state: State, value: object, kind: Kind): boolean {
  let ofKind = state.walked.get(kind)
  if (ofKind === undefined) state.walked.set(kind, (ofKind = new Set<object>()))
  if (ofKind.has(value)) return false
  ofKind.add(value)
  return true
}

function complain(state: State, complaint: () => Complaint): void {
  if (state.complaints.length < maxProblems) state.complaints.push(complaint())
  else state.unlisted += 1
}

function misshapen(file: string, pointer: string, { shape, found }: { readonly shape: string; readonly found: unknown }): Complaint {
  const name = tokensOf(pointer).at(-1)
  const subject = name === undefined ? 'The document' : `\`${name}\``
  return { kind: 'structure', file, pointer, message: `${subject} should be ${shape}, and is ${shapeOf(found)}.` }
}

function shapeOf(value: unknown): string {
  if (isList(value)) return 'a list'
  if (isObject(value)) return 'a map'
  return value === null ? 'empty' : `a ${typeof value === 'string' ? 'text' : typeof value}`
}
