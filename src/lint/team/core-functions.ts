/** The functions that a team's ruleset may name, and the formats: Spectral's own, by table. There is no way to name anything else. */
import * as functions from '@stoplight/spectral-functions'
import * as formats from '@stoplight/spectral-formats'
import { oas } from '@stoplight/spectral-rulesets'
import { isObject } from '../../openapi/values.ts'

const names = [
  'alphabetical',
  'casing',
  'defined',
  'enumeration',
  'falsy',
  'length',
  'or',
  'pattern',
  'schema',
  'truthy',
  'undefined',
  'unreferencedReusableObject',
  'xor',
] as const

/** By name, as rulesets write them. `typedEnum` is documented as a core function and exported within the stock rules only. */
export const coreFunctions: ReadonlyMap<string, unknown> = new Map<string, unknown>([
  ...names.map((name): [string, unknown] => [name, functions[name]]),
  ['typedEnum', functionOfRule('typed-enum')],
])

function functionOfRule(name: string): unknown {
  const rules: unknown = oas.rules
  const rule: unknown = isObject(rules) ? rules[name] : undefined
  const then: unknown = isObject(rule) ? rule['then'] : undefined
  return isObject(then) ? then['function'] : undefined
}

/** By name as rulesets write them: `oas3`, `oas3_1` and `oas3.1`. */
export const formatsByName: ReadonlyMap<string, unknown> = new Map(
  Object.entries(formats)
    .filter(([name]) => !/^(?:extract|detect)/.test(name))
    .flatMap(([name, format]): [string, unknown][] =>
      [name, name.replace('_', '.'), name.replaceAll('_', '-').replace(/(\d)-(\d)/, '$1.$2')].map((spelling) => [spelling, format]),
    ),
)
