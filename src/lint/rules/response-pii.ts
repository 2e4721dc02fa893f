/** Personal, financial and health data in what clients receive; worst where anybody may ask. */
import { effectiveSchema } from '../effective-schema.ts'
import { responseProperties } from '../collections.ts'
import type { PropertySubject } from '../collections.ts'
import { takesCredential } from '../credential-parameters.ts'
import type { Described } from '../described.ts'
import { defineRule } from '../rule.ts'
import type { Use } from '../rule.ts'
import { isOpen, isWrite } from '../security.ts'
import { namedAll } from '../sentences.ts'
import { sensitiveName } from '../../sensitive/sensitivity.ts'
import type { SensitiveName } from '../../sensitive/sensitivity.ts'
import { wordsOf } from '../../sensitive/words.ts'
import { field, isObject } from '../../openapi/values.ts'
import type { Severity } from '../../model/finding.ts'

export const responsePii = defineRule({
  id: 'response-pii',
  title: 'A response returns personal, financial or health data.',
  why: 'Data about people that anybody can read is collected by scrapers within days, and the law holds the publisher liable. Even behind authentication each such property should be there for a reason.',
  fix: 'Leave the property out, return it from an operation that requires authentication and a scope, or say why it is there with `x-data-classification`.',
  severity: 'notice',
  confidence: 'likely',
  category: 'API3:2023',
  cwe: 'CWE-359',
  since: '0.1',
  given: responseProperties,
  reports: (property, described) => {
    const kind = property.sensitive?.sensitivity
    if (property.sensitive === null || (kind !== 'personal' && kind !== 'financial' && kind !== 'health') || isExplained(property))
      return null
    if (property.sensitive.returned === 'never') return null
    const { uses, severity, because } = judge(property, described)
    if (uses.length === 0) return null
    return {
      at: property.node,
      message: (named) => `\`${property.name}\` looks like ${words[kind]} and is returned by ${namedAll(named)}${because}.`,
      severity,
      direction: 'response',
      sensitivity: [kind],
      uses: () => uses,
      identity: { by: 'uses' },
    }
  },
})

const words = { personal: 'personal data', financial: 'financial data', health: 'health data' } as const

/** Somebody wrote down what the property is and what for. */
function isExplained({ effective }: PropertySubject): boolean {
  const written = effective.keywords['x-data-classification']
  return isObject(written) && typeof field(written, 'purpose') === 'string'
}

interface Judgement {
  readonly uses: readonly Use[]
  readonly severity: Severity
  readonly because: string
}

function judge(property: PropertySubject, described: Described): Judgement {
  const contact = property.sensitive?.contact === true
  const answers = property.uses().filter(({ status }) => status === 'default' || status?.startsWith('2') === true)
  const open = answers.filter(
    ({ operation }) =>
      operation.kind === 'operation' && isOpen(operation) && !takesCredential(described.api, operation) && !(contact && isWrite(operation)),
  )
  if (contact) return judgeContact(property, open, described)
  if (open.length > 0) return { uses: open, severity: 'error', because: openly }
  return { uses: answers, severity: described.settings.regulated ? 'warning' : 'notice', because: '' }
}

const openly = ', which requires no authentication'

/**
 * Contact data matter where anybody may read them. Where a description protects nothing at all, that is said once for all of it; then they only count
 * in an object that gives away credentials as well, which nobody meant to publish.
 */
function judgeContact(property: PropertySubject, open: readonly Use[], described: Described): Judgement {
  const beside = siblingsOf(property, described)
  const leaks = beside.some(
    ({ returned, sensitivity }) => returned === 'never' && (sensitivity === 'credential' || sensitivity === 'token'),
  )
  const person =
    isPerson(property) || beside.some(({ contact, sensitivity }) => sensitivity === 'personal' && !(contact && isName(property.name)))
  const uses = described.protection === 'some' || leaks ? open : []
  if (isName(property.name) && !person) return { uses: [], severity: 'notice', because: '' }
  return { uses, severity: leaks || person ? 'error' : 'warning', because: openly }
}

/** `full_name` is a person's only where the object is one; repositories have one too. */
function isName(name: string): boolean {
  return wordsOf(name).at(-1) === 'name'
}

const people = new Set(
  'user account customer member person people profile patient employee contact subscriber author owner student guest driver client tenant resident player'.split(
    ' ',
  ),
)

/** True when the object is about a person by its own name, or by the path that returns it. */
function isPerson(property: PropertySubject): boolean {
  const declaredAs = property.owner.node.pointer.split('/').slice(-2).join(' ')
  return (
    wordsOf(declaredAs).some((word) => people.has(word)) ||
    /(?:user|member|profile|account)/i.test(property.uses()[0]?.operation.path ?? '')
  )
}

/** What the other properties of the object reveal. */
function siblingsOf({ owner, name }: PropertySubject, { api }: Described): readonly SensitiveName[] {
  const siblings = field(owner.node.value, 'properties')
  if (!isObject(siblings)) return []
  return Object.keys(siblings).flatMap((other) => {
    const keywords = other === name ? null : effectiveSchema(api, { ...owner.node, value: siblings[other] }).keywords
    return keywords === null ? [] : (sensitiveName(other, keywords) ?? [])
  })
}
