/** The words of the law: what an edit does to a set of values, who writes those values, and what softens the verdict. Knows no OpenAPI object. */
import type { Effect as SetEffect } from './schema/types.ts'

export type { Writer } from './schema/types.ts'

/**
 * What an edit does to what an element describes. The set words come from the schema engine and are used for every other element too.
 * `behaves`: the same message means something else. `annotates`: no message changes.
 */
export type Effect = Exclude<SetEffect, 'equal'> | 'behaves' | 'annotates'

/**
 * What the law weighs besides effect and writer.
 * - `sanctioned`: deprecated, and its sunset has passed: the removal was announced.
 * - `unstable`: declared `x-stability-level: draft` or `alpha`: no promise was given.
 * - `unbound`: stands in a property that this writer never sends (readOnly in requests, writeOnly in responses).
 * - `error`: part of an error response, which clients handle as a class.
 * - `tolerated`: most readers cope with an unknown value of this list.
 * - `open`: the list is declared extensible.
 * - `closed`: the object admits no undeclared properties.
 * - `required`: the element must be present.
 * - `announced`: deprecated, without a date from which it may go.
 * - `scalar`: a single value, which is written the same in each form.
 * - `overlapping`: an alternative came or went that shares values with the others.
 */
export type Guard =
  'sanctioned' | 'unstable' | 'unbound' | 'error' | 'tolerated' | 'open' | 'closed' | 'required' | 'announced' | 'overlapping' | 'scalar'
