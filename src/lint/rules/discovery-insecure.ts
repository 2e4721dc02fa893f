/** Addresses in discovery documents that are not safe to follow. */
import { textField } from '../../openapi/values.ts'
import { isPlainHttp } from '../addresses.ts'
import { discoveryDocuments, endpointMembers, memberNode } from '../discovery.ts'
import type { DiscoverySubject } from '../discovery.ts'
import type { Described } from '../described.ts'
import { defineRule } from '../rule.ts'

interface Member {
  readonly document: DiscoverySubject
  readonly member: string
  readonly because: string
}

export const discoveryInsecure = defineRule({
  id: 'discovery-insecure',
  title: 'A discovery document gives an address that is not safe to follow.',
  why: 'Whoever sits on the network answers in place of the authorization server, hands out keys of its own, and every token it makes is believed.',
  fix: 'Use `https:` addresses, and an issuer without query and fragment (RFC 8414, section 2).',
  severity: 'error',
  confidence: 'certain',
  category: 'API2:2023',
  cwe: 'CWE-319',
  since: '0.1',
  given: (described: Described): readonly Member[] => discoveryDocuments(described).flatMap(unsafeMembers),
  reports: ({ document, member, because }) => ({
    at: memberNode(document, member),
    message: `\`${member}\` of the authorization server ${because}.`,
    uses: document.uses,
    identity: { by: 'place', name: `${document.node.file} ${member} ${because}` },
  }),
})

function unsafeMembers(document: DiscoverySubject): readonly Member[] {
  const issuer = textField(document.node.value, 'issuer')
  const plain = ['issuer', ...endpointMembers]
    .filter((member) => isPlainHttp(textField(document.node.value, member) ?? ''))
    .map((member) => ({ document, member, because: 'is reached without https' }))
  const odd = issuer !== null && /[?#]/.test(issuer) ? [{ document, member: 'issuer', because: 'has a query or a fragment' }] : []
  return [...plain, ...odd]
}
