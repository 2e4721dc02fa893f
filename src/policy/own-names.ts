/** Names that a policy calls sensitive besides those that Specgate knows: what they make of a change that returns one for the first time. */
import type { ApiFinding } from '../model/api-facts.ts'
import type { Sensitivity } from '../model/change.ts'
import { indexTerms, longestTerm, type Term } from '../sensitive/vocabulary.ts'
import { wordsOf } from '../sensitive/words.ts'

export interface OwnName {
  readonly name: string
  readonly category: Sensitivity
}

/** The names as terms, however they are written: `loyaltyNumber`, `loyalty_number` and `loyalty number` are the same. */
export function ownTerms(names: readonly OwnName[]): readonly Term[] {
  return names.map(({ name, category }) => ({ words: wordsOf(name).join(' '), sensitivity: category, returned: 'authorised' }))
}

/** The finding with what its property reveals by the policy's names; itself where it returns nothing new or nothing of that name. */
export function nameSensitive(names: readonly OwnName[]): (finding: ApiFinding) => ApiFinding {
  const index = indexTerms([{ name: 'policy', terms: ownTerms(names) }])
  return (finding) => {
    const property = returnedProperty(finding)
    const revealed = property === null ? undefined : longestTerm(wordsOf(property), index)?.sensitivity
    if (revealed === undefined || finding.sensitivity.includes(revealed)) return finding
    return {
      ...finding,
      sensitivity: [...finding.sensitivity, revealed],
      security: finding.security ?? 'exposure',
      severity: finding.severity === 'notice' ? 'warning' : finding.severity,
    }
  }
}

/** The property that a change adds to a response; null for anything else. */
function returnedProperty({ kind, rule, place }: ApiFinding): string | null {
  if (kind !== 'change' || !/^response-.*property-added$/.test(rule)) return null
  const parts = place.pointer.split('/')
  return parts.at(-2) === 'properties' ? (parts.at(-1) ?? '').replaceAll('~1', '/').replaceAll('~0', '~') : null
}
