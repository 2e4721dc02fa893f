/**
 * Spectral's `oasExample` compiles each schema that has an example, which is where a stock run spends most of its time. Examples that can be seen to be
 * valid need no compiling: for those the function reports nothing.
 */
import type { SpecVersion } from '../../openapi/types.ts'
import { field, isObject } from '../../openapi/values.ts'
import { judgePlainly } from './plain-schema.ts'

/** True when `oasExample`, given this target and these options, certainly reports nothing. Swagger 2.0 and other dialects are left to it. */
export function hasPlainExamples(target: unknown, options: unknown, version: SpecVersion): boolean {
  if (version === '2.0' || field(options, 'oasVersion') !== 3 || !isObject(target)) return false
  const keyword = field(options, 'schemaField')
  const schema = keyword === '$' ? target : typeof keyword === 'string' ? field(target, keyword) : undefined
  const values = field(options, 'type') === 'schema' ? ofSchema(target) : ofMedia(target)
  return values !== null && values.every((value) => value !== undefined && judgePlainly(schema, value) === 'valid')
}

/** What the function validates in a schema: `example` and `default`. */
function ofSchema(target: Readonly<Record<string, unknown>>): readonly unknown[] {
  return ['example', 'default'].flatMap((keyword) => (Object.hasOwn(target, keyword) ? [target[keyword]] : []))
}

/** What it validates in a media type or parameter: `example`, else each of `examples` that is written out. */
function ofMedia(target: Readonly<Record<string, unknown>>): readonly unknown[] | null {
  if (Object.hasOwn(target, 'example')) return [target['example']]
  const { examples } = target
  if (examples === undefined) return []
  if (!isObject(examples)) return null
  return Object.values(examples).flatMap((example) => (isObject(example) && !('externalValue' in example) ? [example['value']] : []))
}
