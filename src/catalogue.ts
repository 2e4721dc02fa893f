/** Every rule of the differ and the linter in one list, for `specgate rules`, `specgate explain` and the generated pages. */
import { catalogue as diffRules, usualClass } from './diff/catalogue.ts'
import { ledger } from './diff/ledger.ts'
import { lintRules } from './lint/catalogue.ts'
import type { ChangeClass } from './model/change.ts'
import type { Severity } from './model/finding.ts'

export interface CatalogueEntry {
  readonly id: string
  /** `change`: found by comparing base and head. `lint`: found on one document. */
  readonly kind: 'change' | 'lint'
  readonly title: string
  readonly why: string
  readonly fix: string
  /** The class a change usually has; null for lint rules. */
  readonly class: ChangeClass | null
  /** Where the class is another one, with the reason. */
  readonly deviations: readonly {
    readonly when: string | null
    readonly unless: string | null
    readonly class: ChangeClass
    readonly reason: string
  }[]
  /** In the recommended set; null for changes, whose severity follows from class and security effect. */
  readonly severity: Severity | 'off' | null
  readonly category: string | null
  readonly cwe: string | null
}

/** All rules, changes first, in reading order. */
export function catalogueEntries(): readonly CatalogueEntry[] {
  const changes = diffRules.map((rule) => ({
    id: rule.id,
    kind: 'change' as const,
    title: rule.title,
    why: rule.why,
    fix: rule.fix,
    class: usualClass(rule),
    deviations: ledger
      .filter((deviation) => deviation.rule === rule.id)
      .map((deviation) => ({
        when: deviation.when ?? null,
        unless: deviation.unless ?? null,
        class: deviation.class,
        reason: deviation.reason,
      })),
    severity: null,
    category: null,
    cwe: null,
  }))
  const lints = lintRules.map(({ id, title, why, fix, severity, category, cwe }) => ({
    id,
    kind: 'lint' as const,
    title,
    why,
    fix,
    class: null,
    deviations: [],
    severity,
    category,
    cwe,
  }))
  return [...changes, ...lints]
}
