/** OAuth 2.0 schemes that still offer the password flow. */
import { oauthFlows } from '../oauth-flows.ts'
import { defineRule } from '../rule.ts'

export const oauthPassword = defineRule({
  id: 'oauth-password',
  title: 'An OAuth 2.0 scheme offers the password flow.',
  why: 'The password flow teaches people to type their password into other applications and rules out a second factor; RFC 9700 (section 2.4) forbids it.',
  fix: 'Offer `authorizationCode` with PKCE for people and `clientCredentials` for machines.',
  severity: 'error',
  confidence: 'certain',
  category: 'API2:2023',
  cwe: 'CWE-522',
  since: '0.1',
  given: oauthFlows,
  reports: ({ flow, node, scheme }) =>
    flow === 'password'
      ? {
          at: node,
          message: `Security scheme \`${scheme.scheme.name}\` offers the password flow.`,
          uses: scheme.uses,
          identity: { by: 'place', name: scheme.scheme.name, content: node.value },
        }
      : null,
})
