/** Exceptions whose end has come. */
import { exceptionKey, exceptions, isExpired } from '../exceptions.ts'
import { defineRule } from '../rule.ts'

export const exceptionExpired = defineRule({
  id: 'exception-expired',
  title: 'An exception has expired.',
  why: 'What was put off until that day is due; the exception no longer counts.',
  fix: 'Solve what was excepted and remove the exception, or ask for a new one with a new end.',
  severity: 'warning',
  confidence: 'certain',
  category: 'API9:2023',
  cwe: 'CWE-672',
  since: '0.1',
  given: exceptions,
  reports: (exception, { settings }) =>
    isExpired(exception, settings.now)
      ? {
          at: exception.node,
          message: `The exception from \`${exception.rule ?? ''}\` ended on ${exception.until ?? ''}.`,
          identity: { by: 'place', name: exceptionKey(exception) },
        }
      : null,
})
