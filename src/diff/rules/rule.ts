/** What every rule of the differ says about itself. Pages, lists and messages grow from these rows; a class is never written in them. */
import type { Direction } from '../../model/change.ts'
import type { Effect, Guard, Writer } from '../effect.ts'

export type RuleObject =
  | 'api'
  | 'component'
  | 'operation'
  | 'path-item'
  | 'server'
  | 'parameter'
  | 'request-body'
  | 'media-type'
  | 'response'
  | 'header'
  | 'schema'
  | 'callback'
  | 'webhook'
  | 'security'
  | 'security-scheme'

export type RuleAction = 'added' | 'removed' | 'narrowed' | 'widened' | 'changed'

export interface Rule {
  /** `<direction or object>-<fact>`; never renamed. */
  readonly id: string
  /** What happened, as a headline without names. */
  readonly title: string
  readonly object: RuleObject
  /** Which part of the object: `existence`, `required`, `type`, `documentation`. */
  readonly aspect: string
  readonly action: RuleAction
  readonly direction: Direction | null
  /** The usual effect; a comparer may know better in a given case (a pattern whose inclusion is undecided). */
  readonly effect: Effect
  readonly writer: Writer
  readonly guards: readonly Guard[]
  /** The sentence of a finding. Gaps: {where}, {Where} (capitalised), {element}, {name}, {from}, {to}, {change}, {reason}. */
  readonly message: string
  /** Who is hurt, and how. */
  readonly why: string
  /** The harmless alternative, in one sentence; '' where nothing needs doing. */
  readonly fix: string
  /** What fills the gaps in the example sentence of the rule's page, beyond the usual (rules/example.ts). */
  readonly example: Readonly<Record<string, string>>
}

/** A row: what is special about a rule. */
export type RuleRow = Pick<Rule, 'id' | 'title' | 'effect' | 'message' | 'why'> & Partial<Rule>

/** Rules from rows that share some columns. */
export function rules(shared: Partial<Rule> & Pick<Rule, 'object'>, rows: readonly RuleRow[]): readonly Rule[] {
  return rows.map((row) => ({
    aspect: 'existence',
    action: 'changed',
    direction: null,
    writer: 'client',
    guards: [],
    fix: '',
    example: {},
    ...shared,
    ...row,
  }))
}
