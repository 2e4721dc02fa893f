/**
 * A finding together with what the policy may ask about it: its API, and each operation it affects with tags, stability and visibility.
 * What a pull request adds may call itself internal or a draft; then both that and what its API says hold, and a rule about either asks.
 */
import type { ApiFacts, ApiFinding, DecisionInput, ElementFacts, Stability, Visibility } from '../model/api-facts.ts'
import type { OperationKey } from '../model/change.ts'
import { compileGlobs } from './globs.ts'
import type { ApiEntry } from './written-policy.ts'

export interface Subject {
  /** Its number among the subjects of one decision: answers about it are remembered by that. */
  readonly index: number
  readonly finding: ApiFinding
  readonly api: ApiFacts | null
  readonly entry: ApiEntry | null
  /** At least one. */
  readonly elements: readonly Element[]
  /** Those whose owners are asked: what is shared has an owner of its own, besides those of the operations that it reaches. */
  readonly owned: readonly Element[]
}

/** One affected operation, or the component or document itself. Shared between findings. */
export interface Element {
  readonly operation: OperationKey | null
  readonly facts: ElementFacts | null
  readonly tags: readonly string[]
  /** At least one: each way in which its stability and visibility can be understood. */
  readonly readings: readonly Reading[]
}

/** An affected operation with one of its stabilities and visibilities. */
export interface Reading {
  /** Its number among the readings of one decision. */
  readonly index: number
  readonly element: Element
  readonly stability: Stability
  readonly visibility: Visibility
}

export interface SubjectIndex {
  readonly of: (finding: ApiFinding) => Subject
  readonly entryOf: (api: ApiFacts) => ApiEntry | null
  readonly apiOf: (id: string) => ApiFacts | null
}

/** The subjects of one decision. `ruling` are the entries whose stability and visibility count, where they are not the same. */
export function indexSubjects(
  input: Pick<DecisionInput, 'apis'>,
  entries: readonly ApiEntry[],
  ruling: readonly ApiEntry[] = entries,
): SubjectIndex {
  const apis = new Map(input.apis.map((api) => [api.id, api]))
  const entryByApi = new Map(input.apis.map((api) => [api.id, entryFor(api, entries)]))
  const rulingByApi = ruling === entries ? entryByApi : new Map(input.apis.map((api) => [api.id, entryFor(api, ruling)]))
  const elements = new Map<string, Element>()
  const subjects = new Map<ApiFinding, Subject>()
  let readings = 0
  const elementOf = (finding: ApiFinding, operation: OperationKey | null): Element => {
    const name = operation === null ? (finding.component ?? '') : `${operation.method} ${operation.path}`
    const key = `${operation === null ? 'component' : 'operation'}\n${finding.api}\n${name}`
    const found = elements.get(key)
    if (found !== undefined) return found
    const ruled = { api: apis.get(finding.api) ?? null, entry: rulingByApi.get(finding.api) ?? null, firstReading: readings }
    const element = createElement(ruled, operation, name)
    readings += element.readings.length
    elements.set(key, element)
    return element
  }
  const create = (finding: ApiFinding): Subject => {
    const elements = affected(finding).map((operation) => elementOf(finding, operation))
    const isShared = finding.operation === null && elements.some(({ operation }) => operation !== null)
    return {
      index: subjects.size,
      finding,
      api: apis.get(finding.api) ?? null,
      entry: entryByApi.get(finding.api) ?? null,
      elements,
      owned: isShared ? [elementOf(finding, null), ...elements] : elements,
    }
  }
  return {
    of: (finding) => {
      const found = subjects.get(finding) ?? create(finding)
      subjects.set(finding, found)
      return found
    },
    entryOf: (api) => entryByApi.get(api.id) ?? null,
    apiOf: (id) => apis.get(id) ?? null,
  }
}

/** Its own operation and those it reaches; a finding without any stands for itself. */
function affected(finding: ApiFinding): readonly (OperationKey | null)[] {
  if (finding.operation === null && finding.reaches.length === 0) return [null]
  if (finding.operation !== null && finding.reaches.length === 0) return [finding.operation]
  const [only] = finding.reaches
  if (finding.reaches.length === 1 && only !== undefined && (finding.operation === null || isSame(finding.operation, only))) return [only]
  const all = [...(finding.operation === null ? [] : [finding.operation]), ...finding.reaches]
  return [...new Map(all.map((operation) => [`${operation.method} ${operation.path}`, operation])).values()]
}

function isSame(a: OperationKey, b: OperationKey): boolean {
  return a.method === b.method && a.path === b.path
}

function createElement(api: ApiAndEntry & { readonly firstReading: number }, operation: OperationKey | null, name: string): Element {
  const table = operation === null ? api.api?.components : api.api?.operations
  const facts = table !== undefined && Object.hasOwn(table, name) ? (table[name] ?? null) : null
  const readings: Reading[] = []
  const element: Element = { operation, facts, tags: facts?.tags ?? [], readings }
  for (const stability of stabilitiesOf(facts, api))
    for (const visibility of visibilitiesOf(facts, api))
      readings.push({ index: api.firstReading + readings.length, element, stability, visibility })
  return element
}

type ApiAndEntry = { readonly api: ApiFacts | null; readonly entry: ApiEntry | null }

/** Unknown is stable: a rule about stable APIs then asks, rather than not. What is deprecated is that too, and still what it was. */
function stabilitiesOf(facts: ElementFacts | null, { api, entry }: ApiAndEntry): Stability[] {
  const ofApi = ofBase(api, 'stability') ?? entry?.stability ?? 'stable'
  if (facts === null) return [ofApi]
  const stabilities = known(facts.stability, ofApi, facts.onBase)
  return facts.deprecated ? [...new Set<Stability>([...stabilities, 'deprecated'])] : stabilities
}

/** Unknown is public. */
function visibilitiesOf(facts: ElementFacts | null, { api, entry }: ApiAndEntry): Visibility[] {
  const ofApi = entry?.visibility ?? ofBase(api, 'visibility') ?? 'public'
  return facts === null ? [ofApi] : known(facts.visibility, ofApi, facts.onBase)
}

/** What a new API says of itself frees it from nothing. */
function ofBase<Key extends 'stability' | 'visibility'>(api: ApiFacts | null, key: Key): ApiFacts[Key] | null {
  return api === null || api.sides === 'head' ? null : api[key]
}

function known<T>(own: T | null, ofApi: T, isOnBase: boolean): T[] {
  if (own === null || own === ofApi) return [ofApi]
  return isOnBase ? [own] : [own, ofApi]
}

/** The entry with the API's id (a pattern gives ids `<id>/<name>`), else the one whose pattern finds its file, else the discovering one. */
export function entryFor(api: Pick<ApiFacts, 'id' | 'path'>, entries: readonly ApiEntry[]): ApiEntry | null {
  const byId = entries.find(({ id }) => id !== undefined && (api.id === id || api.id.startsWith(`${id}/`)))
  const byRoot = entries.find(({ root }) => root !== undefined && compileGlobs(root)(api.path))
  return byRoot ?? byId ?? entries.find(({ discover }) => discover === true) ?? null
}
