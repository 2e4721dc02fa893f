/** Authorization servers whose codes may be used by whoever intercepts them. */
import { field, textField, textsField } from '../../openapi/values.ts'
import { discoveryDocuments, listedValues, memberNode } from '../discovery.ts'
import { defineRule } from '../rule.ts'

const member = 'code_challenge_methods_supported'

export const discoveryPkce = defineRule({
  id: 'discovery-pkce',
  title: 'The authorization server does not announce PKCE with S256.',
  why: 'An authorization code that is intercepted or injected is as good as the token; with PKCE it is useless to anybody but the client that asked for it. The method `plain` shows the secret on the way.',
  fix: 'Offer `S256` alone in `code_challenge_methods_supported`, and require it (RFC 9700, section 2.1.1).',
  severity: 'warning',
  confidence: 'certain',
  category: 'API2:2023',
  cwe: 'CWE-294',
  since: '0.1',
  given: discoveryDocuments,
  reports: (document) => {
    const { value } = document.node
    const codes =
      textsField(value, 'grant_types_supported').includes('authorization_code') || textField(value, 'authorization_endpoint') !== null
    const methods = textsField(value, member)
    if (!codes || (methods.includes('S256') && !methods.includes('plain'))) return null
    const said =
      field(value, member) === undefined
        ? 'does not say that it supports PKCE'
        : methods.includes('S256')
          ? 'allows the method `plain`'
          : 'does not offer `S256`'
    return {
      at: listedValues(document, member).find((listed) => listed.value === 'plain')?.at ?? memberNode(document, member),
      message: `The authorization server ${said}.`,
      uses: document.uses,
      identity: { by: 'place', name: `${document.node.file} ${said}` },
    }
  },
})
