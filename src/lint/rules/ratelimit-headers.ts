/** Answers that do not tell clients how much they may still ask. */
import { operations, wholeOperation } from '../collections.ts'
import { defineRule } from '../rule.ts'
import { named } from '../sentences.ts'

export const ratelimitHeaders = defineRule({
  id: 'ratelimit-headers',
  title: 'No response header says how many requests are left.',
  why: 'Clients that cannot see the limit run into it, and retry.',
  fix: 'Add `RateLimit` headers to successful answers, and `Retry-After` to `429`.',
  severity: 'off',
  confidence: 'certain',
  category: 'API4:2023',
  cwe: 'CWE-770',
  since: '0.1',
  given: operations,
  reports: (operation) => {
    const answers = operation.responses.filter(({ status }) => /^(?:2|429)/.test(status))
    const limited = answers.some((answer) => answer.headers.some((header) => /^(?:x-?)?rate-?limit|^retry-after$/i.test(header.name)))
    if (answers.length === 0 || limited) return null
    return {
      at: operation.node,
      message: `${named(operation)} documents no header that says how many requests are left.`,

      uses: () => [wholeOperation(operation)],
      identity: { by: 'uses' },
    }
  },
})
