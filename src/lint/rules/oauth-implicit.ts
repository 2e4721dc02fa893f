/** OAuth 2.0 schemes that still offer the implicit flow. */
import { oauthFlows } from '../oauth-flows.ts'
import { defineRule } from '../rule.ts'

export const oauthImplicit = defineRule({
  id: 'oauth-implicit',
  title: 'An OAuth 2.0 scheme offers the implicit flow.',
  why: 'The implicit flow puts access tokens into addresses, where history, logs and referrers keep them; RFC 9700 (section 2.1.2) advises against it.',
  fix: 'Offer `authorizationCode` with PKCE instead.',
  severity: 'error',
  confidence: 'certain',
  category: 'API2:2023',
  cwe: 'CWE-522',
  since: '0.1',
  given: oauthFlows,
  reports: ({ flow, node, scheme }) =>
    flow === 'implicit'
      ? {
          at: node,
          message: `Security scheme \`${scheme.scheme.name}\` offers the implicit flow.`,
          uses: scheme.uses,
          identity: { by: 'place', name: scheme.scheme.name, content: node.value },
        }
      : null,
})
