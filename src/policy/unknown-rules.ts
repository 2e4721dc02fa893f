/** Conditions about rules that do not exist: valid, and without any effect. Who knows the catalogue of rules passes it in. */
import { compileGlobsForNames } from './globs.ts'
import { nearestWord } from './suggest.ts'
import type { Policy } from './written-policy.ts'

/** One sentence for each pattern that no rule has. Rules of a team's own ruleset cannot be known here: `lint/...` by name is left alone. */
export function unknownRules(policy: Policy, known: readonly string[]): string[] {
  const patterns = new Set<string>()
  collect([policy.rules, policy.org, policy.classify, policy.waivers], patterns)
  return [...patterns].filter((pattern) => !isKnown(pattern, known)).map((pattern) => sentenceOf(pattern, known))
}

/** Every `rule` below a condition, a match or a waiver. */
function collect(value: unknown, patterns: Set<string>): void {
  if (Array.isArray(value)) for (const one of value) collect(one, patterns)
  if (typeof value !== 'object' || value === null || Array.isArray(value)) return
  for (const [key, inner] of Object.entries(value)) {
    if (key === 'rule') for (const one of [inner].flat()) if (typeof one === 'string') patterns.add(one)
    collect(inner, patterns)
  }
}

function isKnown(pattern: string, known: readonly string[]): boolean {
  if (pattern.startsWith('!') || pattern.startsWith('lint/')) return true
  const matches = compileGlobsForNames([pattern])
  return known.some((id) => matches([id, `diff/${id}`, `lint/${id}`]))
}

function sentenceOf(pattern: string, known: readonly string[]): string {
  const nearest = nearestWord(pattern.slice(pattern.indexOf('/') + 1), known)
  const hint = nearest === null ? ' (`specgate rules` lists them all).' : `; did you mean \`${nearest}\`?`
  return `No rule of Specgate is called \`${pattern}\`, so it selects nothing unless a ruleset of your own has it${hint}`
}
