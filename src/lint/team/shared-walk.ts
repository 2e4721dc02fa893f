/**
 * One walk over a document that answers all JSONPath expressions at once. Each object is entered once for each set of steps that are open on it, however
 * often references make it occur, so a document that is small in memory is small to walk. Breadth first, components before paths.
 */
import { isList, isObject } from '../../openapi/values.ts'
import { accepts } from './filter-evaluate.ts'
import type { ChildTest, Step } from './json-path.ts'

export interface Match {
  readonly value: unknown
  readonly path: readonly (string | number)[]
}

export interface Query {
  readonly steps: readonly Step[]
  readonly onMatch: (match: Match) => void
}

/** Where the walk stands: a value, and how it got there. */
interface Spot {
  readonly value: unknown
  readonly key: string | number | null
  readonly above: Spot | null
}

/** A query with the step it waits for: `query * stepLimit + step`. */
type State = number
const stepLimit = 64

/** Root members to enter first, so that findings in shared parts are made where the parts stand. */
const first = ['components', 'definitions', 'parameters', 'responses', 'securityDefinitions']

/** Walks `root` and tells each query its matches: once for each object, whatever number of ways lead there. */
export function sharedWalk(root: unknown, queries: readonly Query[]): void {
  new Walk(root, queries).run()
}

class Walk {
  private readonly queries: readonly Query[]
  private readonly root: unknown
  private readonly waiting: { readonly spot: Spot; readonly states: readonly State[] }[] = []
  private readonly entered = new Map<object, Set<string>>()
  private readonly matched: Map<object, Set<string>>

  constructor(root: unknown, queries: readonly Query[]) {
    this.root = root
    this.queries = queries
    this.matched = new Map()
  }

  run(): void {
    const start: Spot = { value: this.root, key: null, above: null }
    this.arrive(
      start,
      this.queries.map((_, index) => index * stepLimit),
    )
    for (let at = 0; at < this.waiting.length; at += 1) {
      const next = this.waiting[at]
      if (next !== undefined) this.expand(next.spot, next.states)
    }
  }

  /** Settles what is complete at the spot, and queues the rest. */
  private arrive(spot: Spot, arriving: readonly State[]): void {
    const open: State[] = []
    for (const state of arriving) {
      const step = this.stepOf(state)
      if (step === undefined) this.settle(spot, state, false)
      else if (step.kind === 'key') this.settle(spot, state, true)
      else if (step.kind === 'child') open.push(state)
    }
    if (open.length > 0 && typeof spot.value === 'object' && spot.value !== null) this.queue(spot, spot.value, open)
  }

  private queue(spot: Spot, value: object, open: readonly State[]): void {
    const states = [...new Set(open)].sort((a, b) => a - b)
    const id = states.join(',')
    let known = this.entered.get(value)
    if (known === undefined) this.entered.set(value, (known = new Set()))
    if (known.has(id)) return
    known.add(id)
    this.waiting.push({ spot, states })
  }

  private expand(spot: Spot, states: readonly State[]): void {
    const deep = states.filter((state) => this.isDeep(state))
    const back: State[] = []
    for (const key of childKeys(spot)) {
      const child: Spot = { value: childOf(spot.value, key), key, above: spot }
      const forward = states.filter((state) => this.passes(state, child))
      for (const state of forward) back.push(...this.backward(state + 1))
      this.arrive(child, [...deep, ...forward.map((state) => state + 1)])
    }
    if (back.length > 0) this.arrive(spot, [...new Set(back)])
  }

  /** A match followed by `^` counts for what contains it. */
  private backward(state: State): readonly State[] {
    return this.stepOf(state)?.kind === 'parent' ? [state + 1] : []
  }

  private passes(state: State, child: Spot): boolean {
    const step = this.stepOf(state)
    return step?.kind === 'child' && this.accepts(step.test, child)
  }

  private accepts(test: ChildTest, child: Spot): boolean {
    const { key, value, above } = child
    switch (test.kind) {
      case 'any':
        return true
      case 'names':
        return test.names.has(String(key))
      case 'slice':
        return typeof key === 'number' && isInSlice(key, isList(above?.value) ? above.value.length : 0, test)
      case 'filter':
        return accepts(test.filter, {
          value,
          property: key === null ? null : String(key),
          parent: above?.value,
          parentProperty: above?.key ?? null,
          root: this.root,
          get path() {
            return pathText(child)
          },
        })
    }
  }

  private settle(spot: Spot, state: State, asKey: boolean): void {
    const query = this.queries[Math.floor(state / stepLimit)]
    if (query === undefined || !this.isNew(spot, state)) return
    query.onMatch({ value: asKey ? spot.key : spot.value, path: pathOf(spot) })
  }

  /** One match of a query for each object; for scalars, for each place in an object. */
  private isNew(spot: Spot, state: State): boolean {
    const own = typeof spot.value === 'object' && spot.value !== null ? spot.value : null
    const holder = own ?? spot.above?.value
    if (typeof holder !== 'object' || holder === null) return true
    const id = own === null ? `${String(state)} ${String(spot.key)}` : String(state)
    let known = this.matched.get(holder)
    if (known === undefined) this.matched.set(holder, (known = new Set()))
    if (known.has(id)) return false
    known.add(id)
    return true
  }

  private isDeep(state: State): boolean {
    const step = this.stepOf(state)
    return step?.kind === 'child' && step.deep
  }

  private stepOf(state: State): Step | undefined {
    return this.queries[Math.floor(state / stepLimit)]?.steps[state % stepLimit]
  }
}

function isInSlice(index: number, length: number, { from, to, step }: Extract<ChildTest, { kind: 'slice' }>): boolean {
  const start = from < 0 ? Math.max(0, length + from) : from
  const end = to < 0 ? length + to : to
  return index >= start && index < end && (index - start) % step === 0
}

function childKeys({ value, above }: Spot): readonly (string | number)[] {
  if (isList(value)) return Array.from(value.keys())
  if (!isObject(value)) return []
  const keys = Object.keys(value)
  return above === null ? [...first.filter((key) => Object.hasOwn(value, key)), ...keys.filter((key) => !first.includes(key))] : keys
}

function childOf(value: unknown, key: string | number): unknown {
  if (isList(value)) return typeof key === 'number' ? value[key] : undefined
  return isObject(value) ? value[key] : undefined
}

function pathOf(spot: Spot): readonly (string | number)[] {
  const path: (string | number)[] = []
  for (let at: Spot | null = spot; at !== null; at = at.above) if (at.key !== null) path.push(at.key)
  return path.reverse()
}

/** As JSONPath writes places: `$['paths']['/a']`. */
function pathText(spot: Spot): string {
  return `$${pathOf(spot)
    .map((key) => (typeof key === 'number' ? `[${String(key)}]` : `['${key}']`))
    .join('')}`
}
