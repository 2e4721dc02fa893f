/** Flows and scopes that a description promises and the authorization server does not know. */
import { childPointer } from '../../openapi/json-pointer.ts'
import { field, objectField, textsField } from '../../openapi/values.ts'
import { discoveryDocuments, documentName } from '../discovery.ts'
import type { DiscoverySubject } from '../discovery.ts'
import type { Described } from '../described.ts'
import { oauthFlows } from '../oauth-flows.ts'
import type { FlowSubject } from '../oauth-flows.ts'
import { defineRule } from '../rule.ts'
import type { Node } from '../../openapi/types.ts'

interface Unsupported {
  readonly flow: FlowSubject
  readonly what: string
  readonly at: Node
  readonly document: DiscoverySubject
}

export const discoveryUnsupported = defineRule({
  id: 'discovery-unsupported',
  title: 'A security scheme offers a flow or scope that the discovery document does not list.',
  why: 'Clients cannot get the token that the description asks for, or the description promises a protection that the server does not know.',
  fix: 'Remove it from the security scheme, or configure it at the authorization server and commit its new discovery document.',
  severity: 'warning',
  confidence: 'likely',
  category: 'API2:2023',
  cwe: 'CWE-1059',
  since: '0.1',
  given: (described: Described): readonly Unsupported[] =>
    discoveryDocuments(described).flatMap((document) =>
      oauthFlows(described)
        .filter((flow) => document.schemes.some(({ value }) => value === flow.scheme.value))
        .flatMap((flow) => [...unsupportedFlow(document, flow), ...unsupportedScopes(document, flow)]),
    ),
  reports: ({ flow, what, at, document }) => ({
    at,
    message: `Security scheme \`${flow.scheme.scheme.name}\` offers ${what}, which ${documentName(document)} does not list.`,
    uses: flow.scheme.uses,
    identity: { by: 'place', name: `${flow.scheme.scheme.name} ${flow.flow} ${what}` },
  }),
})

/** What the flows are called in discovery documents. Sources: RFC 6749, RFC 8414 (section 2), RFC 8628. */
const grantTypes: Readonly<Record<string, string>> = {
  authorizationCode: 'authorization_code',
  implicit: 'implicit',
  password: 'password',
  clientCredentials: 'client_credentials',
  deviceAuthorization: 'urn:ietf:params:oauth:grant-type:device_code',
}

function unsupportedFlow(document: DiscoverySubject, flow: FlowSubject): readonly Unsupported[] {
  const grant = Object.hasOwn(grantTypes, flow.flow) ? grantTypes[flow.flow] : undefined
  // RFC 8414: without the member, these two are meant.
  const listed = field(document.node.value, 'grant_types_supported')
  const supported = listed === undefined ? ['authorization_code', 'implicit'] : textsField(document.node.value, 'grant_types_supported')
  if (grant === undefined || supported.includes(grant)) return []
  return [{ flow, what: `the flow \`${flow.flow}\``, at: flow.node, document }]
}

function unsupportedScopes(document: DiscoverySubject, flow: FlowSubject): readonly Unsupported[] {
  if (field(document.node.value, 'scopes_supported') === undefined) return []
  const supported = new Set(textsField(document.node.value, 'scopes_supported'))
  const above = childPointer(flow.node.pointer, 'scopes')
  const scopes = objectField(flow.node.value, 'scopes') ?? {}
  return Object.keys(scopes)
    .filter((scope) => !supported.has(scope) && !scope.startsWith('x-'))
    .map((scope) => ({
      flow,
      what: `the scope \`${scope}\``,
      at: { file: flow.node.file, pointer: childPointer(above, scope), value: scopes[scope] },
      document,
    }))
}
