/** Components that no operation uses: what happens to them is at most worth a word. */
import { childPointer } from '../../openapi/json-pointer.ts'
import { rootNode } from '../../openapi/nodes.ts'
import type { ApiDescription, Node } from '../../openapi/types.ts'
import type { Comparison } from '../comparison.ts'
import { componentAt } from '../components.ts'
import { fact } from '../fact.ts'
import type { Fact } from '../fact.ts'
import type { Footprint } from '../footprint.ts'
import { unusedUnits } from '../unused-components.ts'
import type { Units } from '../units.ts'
import { code } from '../words.ts'

/** One docs fact for each component of the root documents that changed and that nothing on either side leads to. */
export function* componentFacts({ base, head }: Comparison, { graph }: Footprint): Generator<Fact> {
  const isComponent = (key: string): boolean => key.startsWith('#') && tokensOfComponent(key) !== null
  for (const key of unusedUnits(graph, { base, head }, isComponent)) {
    yield unusedFact(key, { base: nodeOf(graph.units.base, key), head: nodeOf(graph.units.head, key) }, head)
  }
}

function unusedFact(place: string, at: { readonly base: Node | null; readonly head: Node | null }, head: ApiDescription): Fact {
  const component = componentAt(at.head ?? at.base) ?? ''
  const isScheme = component.startsWith('securitySchemes/')
  const action = at.base === null ? 'added' : at.head === null ? 'removed' : 'changed'
  const rule = isScheme && action !== 'changed' ? `security-scheme-${action}` : `component-${action}`
  const name = code(isScheme && action !== 'changed' ? component.slice(component.indexOf('/') + 1) : component)
  return fact({
    rule,
    component,
    place: [place],
    words: { where: `the component ${name}`, name },
    ...at,
    near: at.head === null ? rootNode(head) : null,
  })
}

/** The tokens of a component's key; null for units that are none. */
function tokensOfComponent(key: string): readonly string[] | null {
  const [section = '', ...rest] = key.slice(key.indexOf('#') + 1).split('/')
  if (section === 'components' && rest.length >= 2) return [section, rest[0] ?? '', rest.slice(1).join('/')]
  return ['definitions', 'parameters', 'responses', 'securityDefinitions'].includes(section) && rest.length > 0
    ? [section, rest.join('/')]
    : null
}

function nodeOf(units: Units, key: string): Node | null {
  const unit = units.get(key)
  const tokens = tokensOfComponent(key)
  if (unit === undefined || tokens === null) return null
  return { file: unit.file, pointer: tokens.reduce((pointer, token) => childPointer(pointer, token), ''), value: unit.value }
}
