/** OAuth 2.0 and OpenID Connect addresses without TLS. */
import { childPointer } from '../../openapi/json-pointer.ts'
import { textField } from '../../openapi/values.ts'
import { isPlainHttp } from '../addresses.ts'
import { securitySchemes, servers } from '../collections.ts'
import type { SchemeSubject } from '../collections.ts'
import type { Described } from '../described.ts'
import { oauthFlows } from '../oauth-flows.ts'
import { defineRule } from '../rule.ts'
import type { Node } from '../../openapi/types.ts'

interface WrittenAddress {
  readonly keyword: string
  readonly url: string
  readonly holder: Node
  readonly scheme: SchemeSubject
}

const keywords = ['authorizationUrl', 'tokenUrl', 'refreshUrl', 'deviceAuthorizationUrl', 'openIdConnectUrl', 'oauth2MetadataUrl'] as const

export const oauthUrlHttps = defineRule({
  id: 'oauth-url-https',
  title: 'An OAuth 2.0 or OpenID Connect address does not use https.',
  why: 'Whoever sits on the network reads codes and tokens, or answers in place of the authorization server.',
  fix: 'Use an `https:` address.',
  severity: 'error',
  confidence: 'certain',
  category: 'API2:2023',
  cwe: 'CWE-319',
  since: '0.1',
  given: writtenAddresses,
  reports: ({ keyword, url, holder, scheme }, described) =>
    isInsecure(url, described)
      ? {
          at: { file: holder.file, pointer: childPointer(holder.pointer, keyword), value: url },
          message: `\`${keyword}\` of security scheme \`${scheme.scheme.name}\` leads to an address without https.`,
          uses: scheme.uses,
          identity: { by: 'place', name: `${scheme.scheme.name} ${keyword}`, content: url },
        }
      : null,
})

function writtenAddresses(described: Described): readonly WrittenAddress[] {
  const holders = [
    ...oauthFlows(described).map(({ node, scheme }) => ({ holder: node, scheme })),
    ...securitySchemes(described).flatMap((scheme) =>
      scheme.scheme.type === 'openIdConnect' || scheme.value['oauth2MetadataUrl'] !== undefined
        ? [{ holder: scheme.scheme.node, scheme }]
        : [],
    ),
  ]
  return holders.flatMap(({ holder, scheme }) =>
    keywords.flatMap((keyword) => {
      const url = textField(holder.value, keyword)
      return url === null ? [] : [{ keyword, url, holder, scheme }]
    }),
  )
}

/** A relative address is as secure as the servers it is resolved against (OpenAPI 3.1, relative references in URLs). */
function isInsecure(url: string, described: Described): boolean {
  if (/^[A-Za-z][A-Za-z0-9+.-]*:/.test(url)) return isPlainHttp(url)
  return url !== '' && servers(described).some(({ server }) => isPlainHttp(server.url))
}
