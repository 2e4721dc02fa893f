/** What the caller settles about changes: other classes, known changes left out, and the order they are shown in. */
import type { UnplacedChange } from '../model/change.ts'
import type { Location } from '../model/place.ts'
import { compareClasses } from './law.ts'
import type { DiffOptions, IgnoredChange } from './options.ts'

/** The changes under these options, worst first, otherwise in the order given. */
export function reclassify(changes: readonly UnplacedChange[], { classify = {}, ignore = [] }: DiffOptions): readonly UnplacedChange[] {
  return changes
    .flatMap((change) => {
      const settled = Object.hasOwn(classify, change.rule) ? classify[change.rule] : change.class
      return settled === undefined || settled === 'off' || ignore.some((known) => covers(known, change))
        ? []
        : [{ ...change, class: settled }]
    })
    .sort((left, right) => compareClasses(left.class, right.class))
}

function covers({ rule, at }: IgnoredChange, change: UnplacedChange): boolean {
  if (rule !== '*' && rule !== change.rule) return false
  const isOnly = change.reaches.length > 0 && change.reaches.every(({ method, path }) => `${method} ${path}` === at)
  return isOnly || change.component === at || [change.base, change.head].some((location) => location !== null && isBelow(location, at))
}

function isBelow({ file, pointer }: Location, at: string): boolean {
  const [place = '', fragment = ''] = at.split('#')
  return place === file && (pointer === fragment || pointer.startsWith(`${fragment}/`) || fragment === '')
}
