/** The words of the policy language: each vocabulary once, for validation, suggestions, the JSON Schema and the code that computes with them. */
import type { ChangeClass } from '../model/change.ts'

export const modes = ['off', 'advise', 'enforce'] as const
export const severities = ['notice', 'warning', 'error'] as const
export const stabilities = ['draft', 'alpha', 'beta', 'stable', 'deprecated'] as const
export const visibilities = ['public', 'partner', 'internal'] as const
export const sensitivities = ['credential', 'token', 'personal', 'financial', 'health', 'internal'] as const
export const securityEffects = ['weakening', 'strengthening', 'exposure'] as const
export const directions = ['request', 'response', 'both'] as const
export const freshness = ['api-change', 'push', 'never'] as const
/** How clients read lists of values in responses, from the most lenient. */
export const enumReadings = ['open', 'tolerant', 'closed'] as const
export const exclusions = ['author', 'last-pusher', 'contributors', 'bots'] as const

/** The compatibility classes (decisions of the product: one word each), worst first. */
const changeClasses = ['breaking', 'dangerous', 'nonbreaking', 'docs'] as const satisfies readonly ChangeClass[]

/** Words of other tools for the same classes; read, never written. */
const classSynonyms = {
  risky: 'dangerous',
  additive: 'nonbreaking',
  documentation: 'docs',
} as const satisfies Readonly<Record<string, ChangeClass>>

/** Subjects that cut across the classes: what a finding is about, not whom it breaks. */
export const findingTopics = ['security', 'deprecation', 'governance', 'lint', 'drift'] as const

export const classWords = [...changeClasses, 'risky', 'additive', 'documentation'] as const
export const classConditionWords = [...classWords, ...findingTopics] as const

export type ClassCondition = ChangeClass | (typeof findingTopics)[number]

type ClassWord = (typeof classWords)[number]

export function isClassWord(word: (typeof classConditionWords)[number]): word is ClassWord {
  return classWords.some((known) => known === word)
}

/** The class that a word of a policy stands for. */
export function classOfWord(word: ClassWord): ChangeClass {
  return changeClasses.find((known) => known === word) ?? synonymsByWord.get(word) ?? 'breaking'
}

const synonymsByWord: ReadonlyMap<string, ChangeClass> = new Map(Object.entries(classSynonyms))

/** The larger number is stricter. */
export const modeRank = { off: 0, advise: 1, enforce: 2 } as const
export const freshnessRank = { never: 0, 'api-change': 1, push: 2 } as const
export const severityRank = { notice: 0, warning: 1, error: 2 } as const

/** What only a repository's policy may be forbidden to set (`org.allow_repo`). */
export const governedKeys = [
  'mode',
  'rules',
  'owners',
  'classify',
  'waivers',
  'freeze',
  'approvals',
  'sensitive',
  'versioning',
  'rulesets',
  'evidence',
  'break_glass',
] as const
