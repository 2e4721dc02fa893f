/**
 * Where the law's answer would be wrong in practice: each row says for which rule, under which guard, which class stands instead,
 * and why. The first row that fits counts. A row without a test in test/diff/law.test.ts fails that test.
 */
import type { ChangeClass } from '../model/change.ts'
import type { Guard } from './effect.ts'

export interface Deviation {
  readonly rule: string
  /** Only under this guard. */
  readonly when?: Guard
  readonly unless?: Guard
  readonly class: ChangeClass
  readonly reason: string
}

const untyped =
  'Taken strictly an undeclared property may have any value, so that declaring one narrows; nobody sends what was never described.'

const scalarForm = 'A single value is written the same in each form; generated code and a later list are not.'

export const ledger: readonly Deviation[] = [
  { rule: 'request-parameter-style-changed', when: 'scalar', class: 'dangerous', reason: scalarForm },
  { rule: 'request-parameter-explode-changed', when: 'scalar', class: 'dangerous', reason: scalarForm },
  { rule: 'response-header-style-changed', when: 'scalar', class: 'dangerous', reason: scalarForm },
  { rule: 'request-property-added', class: 'nonbreaking', reason: untyped },
  {
    rule: 'response-property-added',
    when: 'closed',
    class: 'dangerous',
    reason: 'A reader that follows `additionalProperties: false` to the letter refuses the new property; most do not.',
  },
  { rule: 'response-property-added', class: 'nonbreaking', reason: untyped },
  {
    rule: 'request-property-removed',
    when: 'closed',
    class: 'breaking',
    reason: 'The object admits no other properties, so that a request with the old one is refused.',
  },
  { rule: 'request-property-removed', class: 'dangerous', reason: 'The value is still admitted, but the server no longer heeds it.' },
  { rule: 'response-property-removed', when: 'required', class: 'breaking', reason: 'Clients were promised that it is always there.' },
  {
    rule: 'response-property-removed',
    class: 'dangerous',
    reason: 'It was never promised in each response, but clients that read it find it no more.',
  },
  { rule: 'response-write-only-set', when: 'required', class: 'breaking', reason: 'Clients were promised that it is always there.' },
  {
    rule: 'response-write-only-set',
    class: 'nonbreaking',
    reason: 'An optional property that is never returned is a case that clients handle.',
  },
  {
    rule: 'response-write-only-lifted',
    class: 'nonbreaking',
    reason: 'A property more; that it may be one too many is told by the security effect.',
  },
  {
    rule: 'request-read-only-lifted',
    when: 'required',
    class: 'breaking',
    reason: 'A required property binds requests only once it is no longer read-only.',
  },
  {
    rule: 'response-enum-value-added',
    when: 'open',
    class: 'nonbreaking',
    reason: 'The list is declared extensible, so that clients must expect unknown values.',
  },
  {
    rule: 'response-enum-value-added',
    when: 'tolerated',
    class: 'dangerous',
    reason: 'Breaking by the law, but most clients cope with a value they do not know; `enums: closed` makes it breaking.',
  },
  {
    rule: 'response-additional-properties-widened',
    class: 'dangerous',
    reason: 'Only readers that follow `additionalProperties` to the letter refuse more properties.',
  },
  {
    rule: 'request-default-changed',
    when: 'required',
    class: 'docs',
    reason: 'A required value is always sent, so that its default never counts.',
  },
  {
    rule: 'request-parameter-removed',
    class: 'dangerous',
    reason: 'Servers ignore parameters they do not know: nothing fails, but what was asked for no longer happens.',
  },
  {
    rule: 'request-parameter-moved',
    unless: 'required',
    class: 'dangerous',
    reason: 'An optional parameter in the old place is ignored, not refused.',
  },
  { rule: 'response-header-removed', class: 'dangerous', reason: 'It was never promised in each response.' },
  { rule: 'response-error-status-added', class: 'nonbreaking', reason: 'Clients handle errors as a class, listed or not.' },
  { rule: 'response-default-added', class: 'nonbreaking', reason: 'It describes what could come before, too.' },
  { rule: 'operation-removed', when: 'announced', class: 'dangerous', reason: 'Its end was announced, but not for when.' },
  {
    rule: 'request-one-of-widened',
    when: 'overlapping',
    class: 'dangerous',
    reason: 'Strictly, more is admitted once an alternative that overlaps with others is gone; whoever lists kinds means one kind less.',
  },
  {
    rule: 'response-one-of-narrowed',
    when: 'overlapping',
    class: 'dangerous',
    reason: 'Strictly, less is returned once one more alternative overlaps with others; whoever lists kinds means one kind more.',
  },
  {
    rule: 'server-removed',
    class: 'dangerous',
    reason: 'The list of servers is seldom complete; that a host left it does not prove that it stopped answering.',
  },
  { rule: 'server-url-changed', class: 'dangerous', reason: 'As for a removed server.' },
]

const byRule = Map.groupBy(ledger, (deviation) => deviation.rule)

/** The deviation that applies, if any. */
export function deviationOf(of: { readonly rule: string; readonly guards: readonly Guard[] }): Deviation | undefined {
  return byRule
    .get(of.rule)
    ?.find(({ when, unless }) => (when === undefined || of.guards.includes(when)) && (unless === undefined || !of.guards.includes(unless)))
}
