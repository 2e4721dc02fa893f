/** The lint rulesets that a policy names, as one more ruleset file that extends them and the repository's own. Nothing is fetched. */
import type { TextFile } from '../model/snapshot.ts'

/** Names that mean the same as in a ruleset file, and the names they have there. */
const stockRulesets: ReadonlyMap<string, string> = new Map([
  ['spectral:oas', 'spectral:oas'],
  ['spectral:owasp', '@stoplight/spectral-owasp-ruleset'],
])

/** Rulesets that come with Specgate. */
const ownRuleset = /^specgate:[a-z0-9-]+$/

/** The ruleset files to lint with, entry first: `files` as they are when the policy names none that is known. */
export function withNamedRulesets(files: readonly TextFile[], names: readonly string[]): readonly TextFile[] {
  const known = names.filter(isKnownRuleset).map((name) => stockRulesets.get(name) ?? name)
  if (known.length === 0) return files
  const own = files[0] === undefined ? [] : [`./${files[0].path}`]
  return [{ path: '.specgate-rulesets.json', text: JSON.stringify({ extends: [...known, ...own] }), from: 'policy' }, ...files]
}

/** Whether a name of a policy's `rulesets` has an effect. */
export function isKnownRuleset(name: string): boolean {
  return stockRulesets.has(name) || ownRuleset.test(name)
}
