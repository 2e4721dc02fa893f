/** Exceptions that lack what makes them one: a rule, a reason, an end. */
import { exceptionKey, exceptions } from '../exceptions.ts'
import { defineRule } from '../rule.ts'
import { isRuleName } from '../rule-names.ts'
import { listed } from '../sentences.ts'

export const exceptionIncomplete = defineRule({
  id: 'exception-incomplete',
  title: 'An exception lacks its rule, its reason or its end.',
  why: 'An exception without a reason cannot be judged later, and one without an end is never looked at again. It does not count.',
  fix: 'Write `x-security-exception: { rule: <id>, reason: <why>, until: <YYYY-MM-DD> }`.',
  severity: 'warning',
  confidence: 'certain',
  category: 'API9:2023',
  cwe: 'CWE-1059',
  since: '0.1',
  given: exceptions,
  reports: (exception) => {
    const missing = (['rule', 'reason', 'until'] as const).filter((member) => exception[member] === null)
    const unknown = exception.rule !== null && !isRuleName(exception.rule)
    if (missing.length === 0 && !unknown) return null
    const message =
      missing.length > 0
        ? `The exception lacks ${listed(missing)} and does not count.`
        : `The exception names \`${exception.rule ?? ''}\`, which is no rule.`
    return { at: exception.node, message, identity: { by: 'place', name: exceptionKey(exception) } }
  },
})
