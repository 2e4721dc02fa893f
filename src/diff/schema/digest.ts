/**
 * A hash of what a schema means. Schemas are hashed in normal form, so `$ref` and `allOf` leave no trace. Recursive schemas are hashed
 * by rounds over their circle until no round tells more of them apart; how the circle is written down does not matter.
 */
import type { ApiDescription, SchemaNode } from '../../openapi/types.ts'
import { isList } from '../../openapi/values.ts'
import { hashHex } from '../../sha256.ts'
import { canonicalForm } from './canonical-form.ts'
import { createEngine, termIn } from './engine.ts'
import type { Engine } from './engine.ts'
import type { Term } from './term.ts'

interface Digests {
  readonly engine: Engine
  readonly final: Map<Term, string>
  /** For members of circles: the hash over final hashes, to recognise the same schema written outside of the circle. */
  readonly unrolled: Map<string, string>
  /** Of schemas that hold no others, by their text: most properties of a description read like many others. */
  readonly leaves: Map<string, string>
}

const known = new WeakMap<ApiDescription, Digests>()

/**
 * 32 hex digits: same under `$ref` inlining, renaming, key order, `allOf` rearrangement and dialect; other with any other set of values,
 * default, discriminator or read-only mark. Words for people, examples and extensions do not count.
 */
export function schemaDigest(api: ApiDescription, node: SchemaNode): string {
  let digests = known.get(api)
  if (digests === undefined) {
    const engine = createEngine(api, api, { enums: 'tolerant' })
    known.set(api, (digests = { engine, final: new Map(), unrolled: new Map(), leaves: new Map() }))
  }
  const term = termIn(digests.engine, digests.engine.base, node)
  return digests.final.get(term) ?? directDigest(digests, { open: new Set(), broken: false }, term) ?? digestFrom(digests, term)
}

interface Descent {
  readonly open: Set<Term>
  /** A circle was met, or the schemas are nested too deep for the stack. */
  broken: boolean
}

/** Deeper schemas are hashed without recursion. */
const maxNesting = 300

/** The digest of a term that is no part of a circle and leads to none: most of them. */
function directDigest(digests: Digests, descent: Descent, term: Term): string | null {
  const settled = digests.final.get(term)
  if (settled !== undefined) return settled
  if (descent.open.has(term) || descent.open.size > maxNesting) descent.broken = true
  if (descent.broken) return null
  descent.open.add(term)
  const hash = hashOf(digests, term, (child) => directDigest(digests, descent, child) ?? '')
  descent.open.delete(term)
  if (descent.broken) return null
  const digest = digests.unrolled.get(hash) ?? hash
  digests.final.set(term, digest)
  return digest
}

function digestFrom(digests: Digests, root: Term): string {
  for (const circle of circlesFrom(digests, root)) settle(digests, circle)
  return digests.final.get(root) ?? ''
}

interface Circle {
  readonly members: readonly Term[]
  readonly recursive: boolean
}

function settle(digests: Digests, { members, recursive }: Circle): void {
  if (!recursive) {
    for (const term of members) {
      const hash = hashOf(digests, term, (child) => digests.final.get(child) ?? '')
      digests.final.set(term, digests.unrolled.get(hash) ?? hash)
    }
    return
  }
  for (const [term, label] of refine(digests, members)) digests.final.set(term, label)
  for (const term of members)
    digests.unrolled.set(
      hashOf(digests, term, (child) => digests.final.get(child) ?? ''),
      digests.final.get(term) ?? '',
    )
}

type Labels = ReadonlyMap<Term, string>

/** Schemas of a circle that differ only further on than this share what is told of each, and differ by their circle. */
const maxRounds = 60

/** Rounds until the number of different labels stays the same: then a label names a schema, and all labels together tell the whole circle. */
function refine(digests: Digests, members: readonly Term[]): Labels {
  let before: Labels = new Map(members.map((term) => [term, 'circle']))
  for (let count = 1, round = 1; ; round++) {
    const after = nextRound(digests, members, before)
    const different = new Set(after.values()).size
    if (different === count || round === maxRounds) return namedByCircle(before, after)
    count = different
    before = after
  }
}

function nextRound(digests: Digests, members: readonly Term[], labels: Labels): Labels {
  const label = (child: Term): string => labels.get(child) ?? digests.final.get(child) ?? ''
  return new Map(members.map((term) => [term, hashOf(digests, term, label)]))
}

/** `after` says of each schema, in terms of the names in `before`, what it is. */
function namedByCircle(before: Labels, after: Labels): Labels {
  const definitions = new Set([...after].map(([term, label]) => `${before.get(term) ?? ''}=${label}`))
  const circle = hashHex([...definitions].sort().join(' '))
  return new Map([...after].map(([term, label]) => [term, hashHex(`${label} ${circle}`)]))
}

function hashOf({ engine, leaves }: Digests, term: Term, label: (child: Term) => string): string {
  const text = leafText(term)
  const known = text === null ? undefined : leaves.get(text)
  if (known !== undefined) return known
  const hash = hashHex(canonicalForm(engine, term, label))
  if (text !== null) leaves.set(text, hash)
  return hash
}

/** Keywords of which canonical-form.ts takes no notice, and which are seldom the same. */
const words = new Set(['title', 'description', 'example', 'examples', 'externalDocs', '$comment'])

/** Longer texts are seldom met twice. */
const longestLeaf = 300

/** Kinds of values that have no parts, and so no further schemas. */
const scalarTypes = new Set<unknown>(['string', 'integer', 'number', 'boolean'])

/** All that a schema of a scalar says besides words; else null. */
function leafText({ conjuncts, never }: Term): string | null {
  const [only, ...others] = conjuncts
  if (only === undefined || others.length > 0 || never || only.without.size > 0) return null
  if (!scalarTypes.has(only.node.value['type'])) return null
  let text: string = only.dialect
  for (const [key, value] of Object.entries(only.node.value)) {
    if (words.has(key)) continue
    if (typeof value === 'object' && value !== null && !isPlainList(value)) return null
    text += ` ${key} ${JSON.stringify(value) ?? ''}`
    if (text.length > longestLeaf) return null
  }
  return text
}

function isPlainList(value: object): boolean {
  return isList(value) && value.every((item) => typeof item !== 'object' || item === null)
}

interface Frame {
  readonly term: Term
  readonly children: readonly Term[]
  at: number
}

/** Strongly connected components, innermost first (Tarjan, without recursion); terms with a digest are left out. */
function circlesFrom({ engine, final }: Digests, root: Term): readonly Circle[] {
  const order = new Map<Term, number>()
  const low = new Map<Term, number>()
  const stack: Term[] = []
  const onStack = new Set<Term>()
  const circles: Circle[] = []
  const open = (term: Term): Frame => {
    order.set(term, order.size)
    low.set(term, order.get(term) ?? 0)
    stack.push(term)
    onStack.add(term)
    return { term, children: childrenOf(engine, term).filter((child) => !final.has(child)), at: 0 }
  }
  const lower = (term: Term, to: number | undefined): void => void low.set(term, Math.min(low.get(term) ?? 0, to ?? Infinity))
  const frames = [open(root)]
  for (let frame = frames.at(-1); frame !== undefined; frame = frames.at(-1)) {
    const child = frame.children[frame.at++]
    if (child !== undefined) {
      if (!order.has(child)) frames.push(open(child))
      else if (onStack.has(child)) lower(frame.term, order.get(child))
      continue
    }
    frames.pop()
    const parent = frames.at(-1)
    if (parent !== undefined) lower(parent.term, low.get(frame.term))
    if (low.get(frame.term) !== order.get(frame.term)) continue
    const members = stack.splice(stack.indexOf(frame.term))
    for (const member of members) onStack.delete(member)
    circles.push({ members, recursive: members.length > 1 || frame.children.includes(frame.term) })
  }
  return circles
}

function childrenOf(engine: Engine, term: Term): readonly Term[] {
  const children = new Set<Term>()
  canonicalForm(engine, term, (child) => {
    children.add(child)
    return ''
  })
  return [...children]
}
