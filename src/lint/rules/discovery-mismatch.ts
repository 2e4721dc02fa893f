/** Security schemes that send clients elsewhere than the authorization server's own discovery document does. */
import { childPointer } from '../../openapi/json-pointer.ts'
import { textField } from '../../openapi/values.ts'
import { discoveryDocuments, documentName } from '../discovery.ts'
import type { DiscoverySubject } from '../discovery.ts'
import type { SchemeSubject } from '../collections.ts'
import type { Described } from '../described.ts'
import { oauthFlows } from '../oauth-flows.ts'
import { defineRule } from '../rule.ts'
import type { Node } from '../../openapi/types.ts'

interface Mismatch {
  readonly scheme: SchemeSubject
  readonly keyword: string
  readonly at: Node
  readonly expected: string
  readonly document: DiscoverySubject
}

export const discoveryMismatch = defineRule({
  id: 'discovery-mismatch',
  title: 'A security scheme and the discovery document name different addresses.',
  why: 'Clients send codes, tokens and secrets to the address in the description; when the authorization server says another one, one of the two is wrong, or somebody moved it on purpose.',
  fix: 'Make both say the same; change the discovery document only together with the authorization server.',
  severity: 'error',
  confidence: 'certain',
  category: 'API2:2023',
  cwe: 'CWE-346',
  since: '0.1',
  given: mismatches,
  reports: ({ scheme, keyword, at, expected, document }) => ({
    at,
    message: `\`${keyword}\` of security scheme \`${scheme.scheme.name}\` is \`${String(at.value)}\`; ${documentName(document)} says \`${expected}\`.`,
    uses: scheme.uses,
    identity: { by: 'place', name: `${scheme.scheme.name} ${keyword} ${String(at.value)} ${expected}` },
  }),
})

/** Which member of the document an address of a flow must equal. */
const counterparts: readonly (readonly [keyword: string, member: string])[] = [
  ['authorizationUrl', 'authorization_endpoint'],
  ['tokenUrl', 'token_endpoint'],
  ['refreshUrl', 'token_endpoint'],
  ['deviceAuthorizationUrl', 'device_authorization_endpoint'],
]

function mismatches(described: Described): readonly Mismatch[] {
  return discoveryDocuments(described).flatMap((document) =>
    document.schemes.flatMap((scheme) => [...ofFlows(described, document, scheme), ...ofIssuer(document, scheme)]),
  )
}

function ofFlows(described: Described, document: DiscoverySubject, scheme: SchemeSubject): readonly Mismatch[] {
  const flows = oauthFlows(described).filter((flow) => flow.scheme.scheme.node.value === scheme.value)
  return flows.flatMap(({ node }) =>
    counterparts.flatMap(([keyword, member]) => {
      const written = textField(node.value, keyword)
      const expected = textField(document.node.value, member)
      if (written === null || expected === null || isSame(written, expected)) return []
      return [
        { scheme, keyword, at: { file: node.file, pointer: childPointer(node.pointer, keyword), value: written }, expected, document },
      ]
    }),
  )
}

/** The address of the document follows from the issuer (OpenID Connect Discovery, section 4; RFC 8414, section 3). */
function ofIssuer(document: DiscoverySubject, scheme: SchemeSubject): readonly Mismatch[] {
  const { node } = scheme.scheme
  const written = textField(node.value, 'openIdConnectUrl')
  const issuer = textField(document.node.value, 'issuer')
  if (written === null || issuer === null || !/^https?:/i.test(written)) return []
  const expected = `${issuer.replace(/\/+$/, '')}/.well-known/openid-configuration`
  if (isSame(written, expected) || isSame(written, expected.replace('openid-configuration', 'oauth-authorization-server'))) return []
  return [
    {
      scheme,
      keyword: 'openIdConnectUrl',
      at: { file: node.file, pointer: childPointer(node.pointer, 'openIdConnectUrl'), value: written },
      expected,
      document,
    },
  ]
}

/** Relative addresses are resolved against servers that may stand anywhere, so of those only the path counts. */
function isSame(written: string, expected: string): boolean {
  const plain = (address: string): string => address.replace(/^([a-z]+:\/\/[^/]+)/i, (origin) => origin.toLowerCase()).replace(/\/+$/, '')
  if (/^[a-z][a-z0-9+.-]*:/i.test(written)) return plain(written) === plain(expected)
  const path = expected.replace(/^[a-z]+:\/\/[^/]+/i, '')
  return plain(path).endsWith(plain(written.replace(/^\.?\/?/, '/')))
}
