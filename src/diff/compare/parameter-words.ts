/** How a parameter is called, and where it stands for fingerprints. */
import type { Parameter } from '../../openapi/types.ts'
import type { OperationScope } from '../comparison.ts'
import { code } from '../words.ts'

export interface ParameterPair {
  readonly base: Parameter
  readonly head: Parameter
}

/** ``query parameter `limit` of `GET /orders` `` */
export function parameterName(scope: OperationScope, { in: place, name }: Parameter): string {
  return `the ${place} parameter ${code(name)} of ${scope.called}`
}

/** Its place for fingerprints: a path parameter's name is no part of it. */
export function parameterPlace(scope: OperationScope, { in: place, name }: Parameter): readonly string[] {
  if (place === 'path') return ['parameters', place, String(pathPositions(scope.pair.head.path).get(name) ?? name)]
  return ['parameters', place, place === 'header' ? name.toLowerCase() : name]
}

/** Where each parameter stands in the template, from the last, so that a prefix does not shift them. */
export function pathPositions(path: string): ReadonlyMap<string, number> {
  const names = [...path.matchAll(/\{([^{}]*)\}/g)].map(([, name = '']) => name)
  return new Map(names.map((name, index) => [name, names.length - index]))
}
