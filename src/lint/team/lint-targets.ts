/** What a rule's `field` selects from the value it is given: `@key` for every key, a dotted path, or a JSONPath below the value. */
import { isList, isObject } from '../../openapi/values.ts'
import { parseJsonPath } from './json-path.ts'
import { sharedWalk } from './shared-walk.ts'

export interface LintTarget {
  readonly value: unknown
  readonly path: readonly (string | number)[]
}

/** The targets; one without a value where the field leads nowhere, so that rules can say that something is missing. */
export function lintTargets(value: unknown, field: string | undefined): readonly LintTarget[] {
  if (field === undefined || typeof value !== 'object' || value === null) return [{ value, path: [] }]
  const targets = selected(value, field)
  return targets.length === 0 ? [{ value: undefined, path: [] }] : targets
}

function selected(value: object, field: string): readonly LintTarget[] {
  if (field === '@key') return Object.keys(value).map((key) => ({ value: key, path: [key] }))
  if (!field.startsWith('$')) return [member(value, pathOf(field))]
  const parsed = parseJsonPath(field)
  const found: LintTarget[] = []
  if ('steps' in parsed) sharedWalk(value, [{ steps: parsed.steps, onMatch: (match) => found.push(match) }])
  return found
}

/** `a.b[0]['c']` in parts. */
function pathOf(field: string): readonly string[] {
  return [...field.matchAll(/[^.[\]'"]+/g)].map(([part]) => part)
}

function member(value: object, path: readonly string[]): LintTarget {
  let current: unknown = value
  for (const key of path)
    current = isList(current) ? current[Number(key)] : isObject(current) && Object.hasOwn(current, key) ? current[key] : undefined
  return { value: current, path }
}
