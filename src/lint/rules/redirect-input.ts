/** Addresses from clients to which the server sends the browser on. */
import { parameters } from '../collections.ts'
import { defineRule } from '../rule.ts'
import { namedAll } from '../sentences.ts'
import { wordsOf } from '../../sensitive/words.ts'
import type { Operation } from '../../openapi/types.ts'

export const redirectInput = defineRule({
  id: 'redirect-input',
  title: 'A client says where the browser is sent on.',
  why: 'A link to the real site then leads to a copy of it that asks for the password; with tokens in the address it hands them over.',
  fix: 'Take a name of a known place, or bound the address by `enum` or an anchored `pattern`.',
  severity: 'notice',
  confidence: 'likely',
  category: 'API8:2023',
  cwe: 'CWE-601',
  since: '0.1',
  given: parameters,
  reports: ({ parameter, operations, effective: { keywords, types }, uses }, { settings }) => {
    const bounded = ['enum', 'const', 'pattern'].some((keyword) => keyword in keywords) || types.some((type) => type !== 'string')
    if ((parameter.in !== 'query' && parameter.in !== 'path') || bounded || !targets.has(wordsOf(parameter.name).join(' '))) return null
    if (!operations.some(redirects)) return null
    return {
      at: parameter.node,
      message: (reached) => `\`${parameter.name}\` of ${namedAll(reached)} decides where the browser is sent on.`,
      severity: settings.comparing ? 'warning' : 'notice',
      direction: 'request',
      uses,
      identity: { by: 'uses' },
    }
  },
})

/** `redirect_uri` of OAuth is registered beforehand and left out. */
const targets = new Set(
  'redirect|redirect to|redirect url|return|return to|return url|return uri|next|next url|continue|continue url|goto|go to|dest|destination url|forward|forward url|success url|back url'.split(
    '|',
  ),
)

function redirects({ responses, path }: Operation): boolean {
  return responses.some(({ status }) => /^3/.test(status)) || /\/(?:log-?(?:in|out)|sign-?(?:in|out)|redirect|sso)(?:\/|$)/i.test(path)
}
