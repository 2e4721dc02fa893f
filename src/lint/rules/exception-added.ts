/** Exceptions that stand in the description: each is a decision of somebody, and a new one needs a second pair of eyes. */
import { exceptionKey, exceptions, isExpired } from '../exceptions.ts'
import { defineRule } from '../rule.ts'
import { isRuleName } from '../rule-names.ts'

export const exceptionAdded = defineRule({
  id: 'exception-added',
  title: 'The description grants itself an exception from a security rule.',
  why: 'Whoever writes an exception silences the finding for everybody who looks later; somebody else should have agreed to the reason.',
  fix: 'Have it approved by somebody who answers for security; a policy can demand that with a rule on `exception-added`.',
  severity: 'notice',
  confidence: 'certain',
  category: 'API9:2023',
  cwe: 'CWE-693',
  since: '0.1',
  given: (described) => (described.settings.comparing || described.settings.thorough ? exceptions(described) : []),
  reports: (exception, { settings }) => {
    const { rule, reason, until, node } = exception
    if (rule === null || reason === null || until === null || !isRuleName(rule) || isExpired(exception, settings.now)) return null
    return {
      at: node,
      message: `Until ${until}, \`${rule}\` is silent here: ${reason}`,
      severity: settings.comparing ? 'warning' : 'notice',
      identity: { by: 'place', name: `${exceptionKey(exception)} ${until}` },
    }
  },
})
