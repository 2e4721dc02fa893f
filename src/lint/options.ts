/** What callers may say about a lint run, and how it becomes the settings that rules read. */
import type { Severity } from '../model/finding.ts'
import type { TextFile } from '../model/snapshot.ts'
import type { Node } from '../openapi/types.ts'
import type { Vocabulary } from '../sensitive/vocabulary.ts'
import { joinVocabularies, vocabularies } from '../sensitive/vocabularies.ts'
import type { VocabularyName } from '../sensitive/vocabularies.ts'
import type { RuleSettings } from './described.ts'

export interface LintOptions {
  /** ISO 8601 instant of the review; exceptions end by it. Without it none counts as expired. */
  readonly now?: string
  /** Which of our rulesets is in force unless a team's own says otherwise. */
  readonly ruleset?: 'security' | 'strict' | 'owasp-2023'
  /** A team's `.spectral.yaml` and the files it extends, entry first (`PolicyTexts.rulesets`). */
  readonly rulesets?: readonly TextFile[]
  /** Severities by rule id, over every ruleset. */
  readonly severities?: Readonly<Record<string, Severity | 'off'>>
  /** Paths that are public on purpose: globs over path templates. */
  readonly publicPaths?: readonly string[]
  /** True when policy or CODEOWNERS names an owner of the description. */
  readonly owned?: boolean
  readonly vocabularies?: readonly VocabularyName[]
  /** Names of the organisation itself, asked first. */
  readonly vocabulary?: Vocabulary
  /** Look at everything although there is a base. */
  readonly scope?: 'change' | 'all'
  /** What is known to be the same on both sides, with all it refers to; computed once for diff and lint. Without it everything is looked at. */
  readonly footprint?: Footprint
}

/** Tells unchanged nodes. `false` is no proof of a difference. */
export interface Footprint {
  readonly unchanged: (base: Node | null, head: Node | null) => boolean
  /** The path item or component around a node of that side is the same on both sides, at the cost of a look-up. */
  readonly inSamePart: (side: 'base' | 'head', node: Node) => boolean
  /** Path items, components and other members of the files of each side that may differ. */
  readonly parts: () => { readonly base: readonly Node[]; readonly head: readonly Node[] }
}

/** The settings that rules read. */
export function settingsOf(options: LintOptions, comparing: boolean): RuleSettings {
  const asked = [
    ...(options.vocabulary === undefined ? [] : [options.vocabulary]),
    ...(options.vocabularies ?? []).map((name) => vocabularies[name]),
  ]
  return {
    publicPaths: options.publicPaths ?? [],
    owned: options.owned === true,
    vocabulary: asked.length === 0 ? undefined : joinVocabularies(asked),
    regulated: (options.vocabularies ?? []).length > 0,
    thorough: options.ruleset === 'strict',
    comparing,
    now: options.now ?? null,
  }
}
