/** What an authorization server should not offer any more. */
import { discoveryDocuments, listedValues } from '../discovery.ts'
import type { DiscoverySubject } from '../discovery.ts'
import type { Described } from '../described.ts'
import { defineRule } from '../rule.ts'
import type { Severity } from '../../model/finding.ts'
import type { Node } from '../../openapi/types.ts'

interface Weakness {
  readonly document: DiscoverySubject
  readonly member: string
  readonly value: string
  readonly at: Node
  readonly because: string
  readonly severity: Severity
}

export const discoveryWeak = defineRule({
  id: 'discovery-weak',
  title: 'The authorization server offers something that is known to be weak.',
  why: 'What is offered is used: by old clients, and by attackers who ask for the weakest of all.',
  fix: 'Switch it off at the authorization server, and commit its new discovery document.',
  severity: 'warning',
  confidence: 'certain',
  category: 'API2:2023',
  cwe: 'CWE-327',
  since: '0.1',
  given: (described: Described): readonly Weakness[] => discoveryDocuments(described).flatMap(weaknesses),
  reports: ({ document, member, value, at, because, severity }) => ({
    at,
    message: `\`${member}\` of the authorization server lists \`${value}\`: ${because}.`,
    severity,
    uses: document.uses,
    identity: { by: 'place', name: `${document.node.file} ${member} ${value}` },
  }),
})

interface Row {
  readonly members: readonly string[]
  readonly matches: RegExp
  readonly because: string
  readonly severity: Severity
}

const authMethods = ['token_endpoint_auth_signing_alg_values_supported', 'introspection_endpoint_auth_signing_alg_values_supported']
const signing = [
  'id_token_signing_alg_values_supported',
  'userinfo_signing_alg_values_supported',
  'request_object_signing_alg_values_supported',
  ...authMethods,
]

/** Source: RFC 9700 (sections 2.1.2, 2.4), RFC 8725 (section 3.2), OpenID Connect Core 1.0. */
const rows: readonly Row[] = [
  { members: ['grant_types_supported'], matches: /^implicit$/, because: 'tokens travel in addresses', severity: 'warning' },
  {
    members: ['grant_types_supported'],
    matches: /^password$/,
    because: 'passwords are typed into other applications',
    severity: 'warning',
  },
  {
    members: ['response_types_supported'],
    matches: /(?:^| )token(?: |$)/,
    because: 'access tokens travel in addresses',
    severity: 'warning',
  },
  { members: signing, matches: /^none$/i, because: 'anybody can make such a token', severity: 'error' },
  {
    members: ['id_token_signing_alg_values_supported'],
    matches: /^HS\d{3}$/,
    because: 'whoever can check a token can make one as well',
    severity: 'notice',
  },
]

function weaknesses(document: DiscoverySubject): readonly Weakness[] {
  return rows.flatMap(({ members, matches, because, severity }) =>
    members.flatMap((member) =>
      listedValues(document, member)
        .filter(({ value }) => matches.test(value))
        .map(({ value, at }) => ({ document, member, value, at, because, severity })),
    ),
  )
}
