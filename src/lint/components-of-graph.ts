/** Strongly connected components of a directed graph (Tarjan 1972), without recursion, so that no graph is too deep. */

/** Mutable while the search lasts. */
interface Search {
  readonly edges: readonly (readonly number[])[]
  readonly index: Int32Array
  readonly low: Int32Array
  readonly component: Int32Array
  readonly stack: number[]
  readonly work: { readonly node: number; edge: number }[]
  visited: number
  components: number
}

/** An id for each node; nodes with the same id reach each other. Linear in nodes and edges. */
export function componentsOf(edges: readonly (readonly number[])[]): readonly number[] {
  const none = (): Int32Array => new Int32Array(edges.length).fill(-1)
  const search: Search = { edges, index: none(), low: none(), component: none(), stack: [], work: [], visited: 0, components: 0 }
  for (let start = 0; start < edges.length; start += 1) {
    if (search.index[start] === -1) enter(search, start)
    for (let top = search.work.at(-1); top !== undefined; top = search.work.at(-1)) advance(search, top)
  }
  return Array.from(search.component)
}

function enter(search: Search, node: number): void {
  search.index[node] = search.low[node] = search.visited++
  search.stack.push(node)
  search.work.push({ node, edge: 0 })
}

function advance(search: Search, top: Search['work'][number]): void {
  const next = search.edges[top.node]?.[top.edge++]
  if (next === undefined) return leave(search, top.node)
  if (search.index[next] === -1) enter(search, next)
  else if (search.component[next] === -1) lower(search, top.node, search.index[next] ?? 0)
}

function leave(search: Search, node: number): void {
  search.work.pop()
  const above = search.work.at(-1)
  if (above !== undefined) lower(search, above.node, search.low[node] ?? 0)
  if (search.low[node] !== search.index[node]) return
  for (let member = search.stack.pop(); member !== undefined; member = search.stack.pop()) {
    search.component[member] = search.components
    if (member === node) break
  }
  search.components += 1
}

function lower(search: Search, node: number, to: number): void {
  search.low[node] = Math.min(search.low[node] ?? 0, to)
}
