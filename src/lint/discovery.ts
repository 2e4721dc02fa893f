/**
 * Discovery documents of authorization servers (OpenID Connect Discovery 1.0, RFC 8414) that stand in the repository, and the security schemes they
 * speak of. A scheme names its own with `x-openid-configuration` (inline or `$ref`); otherwise documents are found by their file names and
 * belong to the schemes whose addresses have their hosts. Nothing is ever fetched.
 */
import { childPointer } from '../openapi/json-pointer.ts'
import { isDiscoveryPath } from '../openapi/discovery-files.ts'
import { follow } from '../openapi/resolve.ts'
import type { JsonObject, Node } from '../openapi/types.ts'
import { field, isObject, textField, textsField } from '../openapi/values.ts'
import { addressOf } from './addresses.ts'
import { securitySchemes } from './collections.ts'
import type { SchemeSubject } from './collections.ts'
import { collection } from './described.ts'
import type { Described } from './described.ts'
import { oauthFlows } from './oauth-flows.ts'
import type { Use } from './rule.ts'

export interface DiscoverySubject {
  readonly node: Node<JsonObject>
  readonly schemes: readonly SchemeSubject[]
  readonly uses: () => readonly Use[]
}

/** Addresses that a discovery document gives, by member. */
export const endpointMembers = [
  'authorization_endpoint',
  'token_endpoint',
  'userinfo_endpoint',
  'jwks_uri',
  'registration_endpoint',
  'revocation_endpoint',
  'introspection_endpoint',
  'device_authorization_endpoint',
  'end_session_endpoint',
] as const

/** Every discovery document of the description, each once. */
export const discoveryDocuments = collection<DiscoverySubject>((described) => {
  const found = new Map<unknown, { readonly node: Node<JsonObject>; readonly schemes: SchemeSubject[] }>()
  const add = (node: Node<JsonObject>, scheme: SchemeSubject | null): void => {
    const known = found.get(node.value) ?? { node, schemes: [] }
    if (scheme !== null) known.schemes.push(scheme)
    found.set(node.value, known)
  }
  const schemes = securitySchemes(described).filter(({ scheme }) => scheme.type === 'oauth2' || scheme.type === 'openIdConnect')
  const beside = documentsBeside(described)
  for (const scheme of schemes) {
    const own = ownDocument(described, scheme)
    const nodes = own === null ? documentsOf(described, scheme, beside) : [own]
    for (const node of nodes) add(node, scheme)
  }
  for (const { node } of beside) add(node, null)
  return [...found.values()].map(({ node, schemes: of }) => ({ node, schemes: of, uses: () => of.flatMap((scheme) => scheme.uses()) }))
})

function ownDocument({ api }: Described, { scheme: { node } }: SchemeSubject): Node<JsonObject> | null {
  const written = node.value['x-openid-configuration']
  const place = { file: node.file, pointer: childPointer(node.pointer, 'x-openid-configuration'), value: written }
  const target = isObject(written) ? follow(api, place) : undefined
  return target !== undefined && isObject(target.value) ? { ...target, value: target.value } : null
}

interface Beside {
  readonly node: Node<JsonObject>
  /** Of all addresses that it gives. */
  readonly hosts: ReadonlySet<string | null>
}

function documentsBeside({ api }: Described): readonly Beside[] {
  return [...api.documents.values()].flatMap(({ path, value }) =>
    isDiscoveryPath(path) && isObject(value) ? [{ node: { file: path, pointer: '', value }, hosts: hostsIn(value) }] : [],
  )
}

function hostsIn(value: JsonObject): ReadonlySet<string | null> {
  return new Set(['issuer', ...endpointMembers].map((member) => addressOf(textField(value, member) ?? '').host))
}

/** Those with a host of the scheme; the only one, if there is no other that the scheme could mean. */
function documentsOf(described: Described, scheme: SchemeSubject, beside: readonly Beside[]): readonly Node<JsonObject>[] {
  if (beside.length <= 1) return beside.map(({ node }) => node)
  const hosts = addressesOf(described, scheme).flatMap((address) => addressOf(address).host ?? [])
  return beside.filter((one) => hosts.some((host) => one.hosts.has(host))).map(({ node }) => node)
}

function addressesOf(described: Described, { scheme: { node }, value }: SchemeSubject): readonly string[] {
  const flows = oauthFlows(described).filter(({ scheme }) => scheme.scheme.node.value === node.value)
  return [value, ...flows.map((flow) => flow.node.value)].flatMap((holder) =>
    ['openIdConnectUrl', 'authorizationUrl', 'tokenUrl'].flatMap((keyword) => textField(holder, keyword) ?? []),
  )
}

/** A member of a discovery document as a place; the document itself where it is not written. */
export function memberNode({ node }: DiscoverySubject, member: string): Node {
  const value = field(node.value, member)
  return value === undefined ? node : { file: node.file, pointer: childPointer(node.pointer, member), value }
}

/** The values of a list member, each with its place. */
export function listedValues({ node }: DiscoverySubject, member: string): readonly { readonly value: string; readonly at: Node }[] {
  const above = childPointer(node.pointer, member)
  return textsField(node.value, member).map((value, index) => ({
    value,
    at: { file: node.file, pointer: childPointer(above, index), value },
  }))
}

/** How messages call the document: its file, or where it stands. */
export function documentName({ node }: DiscoverySubject): string {
  return node.pointer === '' ? `\`${node.file}\`` : 'The discovery document'
}

/** True when it speaks of people signing in, rather than of machines that prove themselves (`issuer` and `jwks_uri` alone, as clusters publish). */
export function serves(subject: DiscoverySubject): boolean {
  return ['authorization_endpoint', 'token_endpoint', 'grant_types_supported'].some(
    (member) => field(subject.node.value, member) !== undefined,
  )
}
