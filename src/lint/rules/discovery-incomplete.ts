/** Discovery documents that lack what clients rely on. */
import { field } from '../../openapi/values.ts'
import { discoveryDocuments, serves } from '../discovery.ts'
import type { DiscoverySubject } from '../discovery.ts'
import { defineRule } from '../rule.ts'
import { listed } from '../sentences.ts'

export const discoveryIncomplete = defineRule({
  id: 'discovery-incomplete',
  title: 'A discovery document lacks members that the standard requires.',
  why: 'Clients fill the gap with guesses: where keys are missing some accept tokens unchecked, and where the issuer is missing any server can stand in for it.',
  fix: 'Commit the document as the authorization server publishes it.',
  severity: 'notice',
  confidence: 'certain',
  category: 'API2:2023',
  cwe: 'CWE-1059',
  since: '0.1',
  given: discoveryDocuments,
  reports: (document) => {
    const missing = required(document).filter((member) => field(document.node.value, member) === undefined)
    if (missing.length === 0) return null
    return {
      at: document.node,
      message: `The discovery document lacks ${listed(missing)}.`,
      uses: document.uses,
      identity: { by: 'place', name: `${document.node.file} ${missing.join(' ')}` },
    }
  },
})

/** Sources: RFC 8414 (section 2) and OpenID Connect Discovery 1.0 (section 3). A document for machines alone needs its issuer and keys. */
function required(document: DiscoverySubject): readonly string[] {
  if (!serves(document)) return ['issuer', 'jwks_uri']
  const isOpenId = document.schemes.some(({ scheme }) => scheme.type === 'openIdConnect') || /openid-configuration/.test(document.node.file)
  return isOpenId
    ? ['issuer', 'jwks_uri', 'response_types_supported', 'subject_types_supported', 'id_token_signing_alg_values_supported']
    : ['issuer', 'response_types_supported']
}
