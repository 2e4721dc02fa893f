/** One-time codes so short that they can be tried out. */
import { requestProperties } from '../collections.ts'
import { defineRule } from '../rule.ts'
import { documents } from '../statuses.ts'
import { namedAll } from '../sentences.ts'
import { wordsOf } from '../../sensitive/words.ts'

export const oneTimeCodeShort = defineRule({
  id: 'one-time-code-short',
  title: 'A one-time code is short enough to be tried out.',
  why: 'Four digits are ten thousand possibilities: without a limit on attempts a script finds the code in minutes and owns the account.',
  fix: 'Use six digits or more, let a code die after a few wrong attempts, and document `429`.',
  severity: 'warning',
  confidence: 'likely',
  category: 'API2:2023',
  cwe: 'CWE-307',
  since: '0.1',
  given: requestProperties,
  reports: ({ name, node, effective: { keywords }, uses }) => {
    const length = longest(keywords)
    if (length === null || length >= 6) return null
    const concerned = uses().filter(
      ({ operation, trail }) => trail.endsWith(`.${name}`) && isCode(name, operation.path) && !documents(operation, '429'),
    )
    if (concerned.length === 0) return null
    return {
      at: node,
      message: (reached) =>
        `One-time code \`${name}\` of ${namedAll(reached)} has at most ${String(length)} characters, and no answer to too many attempts is documented.`,
      direction: 'request',
      sensitivity: ['token'],
      uses: () => concerned,
      identity: { by: 'uses' },
    }
  },
})

const codes =
  /^(?:(?:email |sms |login )?(?:otp|totp)(?: code)?|one time (?:code|password)|(?:verification|reset|reset password|password reset|recovery|activation|confirmation|2fa|mfa|sms|login) (?:code|pin|otp))$/

/** A code by its name; `code` and `pin` alone only where the path is about signing in. */
function isCode(name: string, path: string): boolean {
  const words = wordsOf(name).join(' ')
  return codes.test(words) || (/^(?:code|pin)$/.test(words) && /otp|2fa|mfa|verif|reset|forgot|recover|login|signin/i.test(path))
}

/** The most characters that the schema allows; null where nothing bounds them. */
function longest(keywords: Readonly<Record<string, unknown>>): number | null {
  const { maxLength, maximum, pattern } = keywords
  if (typeof maxLength === 'number') return maxLength
  if (typeof maximum === 'number' && maximum > 0) return String(Math.trunc(maximum)).length
  const digits = typeof pattern === 'string' ? /^\^(?:\\d|\[0-9\])\{(?:\d{1,2},)?(\d{1,2})\}\$$/.exec(pattern) : null
  return digits === null ? null : Number(digits[1])
}
