/** Operations without an answer to too many requests; those that attackers repeat matter most. */
import { operations, wholeOperation } from '../collections.ts'
import { defineRule } from '../rule.ts'
import { named } from '../sentences.ts'
import { documents } from '../statuses.ts'
import { wordsOf } from '../../sensitive/words.ts'
import type { Operation } from '../../openapi/types.ts'

export const response429 = defineRule({
  id: 'response-429',
  title: 'An operation does not document the status 429.',
  why: 'Sign-in, one-time codes and costly searches that take any number of requests are guessed and drained.',
  fix: 'Limit the rate, and document `429`, `4XX` or `default`.',
  severity: 'notice',
  confidence: 'likely',
  category: 'API4:2023',
  cwe: 'CWE-770',
  since: '0.1',
  given: (described) => operations(described).filter((operation) => described.settings.thorough || isWorthRepeating(operation)),
  reports: (operation) =>
    documents(operation, '429')
      ? null
      : {
          at: operation.node,
          message: `${named(operation)} does not document the answer to too many requests.`,
          uses: () => [wholeOperation(operation)],
          identity: { by: 'uses' },
        },
})

/** What people try again and again: passwords, codes, and what costs much. */
const repeated = new Set('login signin token otp totp mfa 2fa reset forgot password verify verification register signup captcha'.split(' '))

function isWorthRepeating(operation: Operation): boolean {
  return (
    operation.method === 'POST' &&
    operation.path
      .split('/')
      .slice(-2)
      .some((segment) => !segment.startsWith('{') && wordsOf(segment).some((word) => repeated.has(word)))
  )
}
