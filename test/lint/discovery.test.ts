/** Discovery documents of authorization servers that lie in the repository: found by name, compared, and looked at again when they alone change. */
import { expect, test } from 'vitest'
import { gatherDescriptions } from '../../src/openapi/gather.ts'
import type { Tree } from '../../src/openapi/gather.ts'
import { readDescription } from '../../src/openapi/read.ts'
import { review } from '../../src/run.ts'
import { snapshotOf } from '../builders.ts'

const description = `openapi: 3.1.0
info: { title: Shop, version: 1.0.0, contact: { email: api@shop.example } }
servers: [{ url: https://api.shop.io }]
security: [{ login: [orders] }]
paths:
  /orders:
    get: { operationId: listOrders, responses: { '200': { description: Orders. } } }
components:
  securitySchemes:
    login:
      type: oauth2
      flows:
        authorizationCode:
          authorizationUrl: https://id.shop.io/authorize
          tokenUrl: https://id.shop.io/token
          scopes: { orders: Orders. }
`
const discovery = {
  issuer: 'https://id.shop.io',
  authorization_endpoint: 'https://id.shop.io/authorize',
  token_endpoint: 'https://id.shop.io/token',
  jwks_uri: 'https://id.shop.io/keys',
  response_types_supported: ['code'],
  subject_types_supported: ['public'],
  id_token_signing_alg_values_supported: ['RS256'],
  grant_types_supported: ['authorization_code'],
  scopes_supported: ['openid', 'orders'],
  code_challenge_methods_supported: ['S256'],
}
const known = '.well-known/openid-configuration.json'
const files = (document: object): Record<string, string> => ({
  'api/openapi.yaml': description,
  [known]: JSON.stringify(document, null, 2),
})

async function found(before: object, after: object): Promise<readonly string[]> {
  const { findings, problems } = await review(snapshotOf(files(before), files(after)))
  expect(problems).toEqual([])
  return findings.map(({ severity, rule, place }) => `${severity} ${rule} ${place.file}:${String(place.line)}`)
}

test.each([
  ['the token address moves', { token_endpoint: 'https://id.shop.example.net/token' }, 'error discovery-mismatch api/openapi.yaml:15'],
  ['keys come without https', { jwks_uri: 'http://id.shop.io/keys' }, `error discovery-insecure ${known}:5`],
  ['unsigned tokens are offered', { id_token_signing_alg_values_supported: ['RS256', 'none'] }, `error discovery-weak ${known}:14`],
  ['PKCE goes', { code_challenge_methods_supported: undefined }, `warning discovery-pkce ${known}:1`],
  ['the implicit flow comes', { grant_types_supported: ['authorization_code', 'implicit'] }, `warning discovery-weak ${known}:17`],
  [
    'the flow of the description goes',
    { grant_types_supported: ['client_credentials'] },
    'warning discovery-unsupported api/openapi.yaml:13',
  ],
  ['a scope of the description goes', { scopes_supported: ['openid'] }, 'warning discovery-unsupported api/openapi.yaml:16'],
  ['the issuer goes', { issuer: undefined }, `notice discovery-incomplete ${known}:1`],
])('%s', async (_name, change, expected) => {
  expect(await found(discovery, { ...discovery, ...change })).toEqual([expected])
})

test('what the document says already is no finding of the change', async () => {
  const weak = { ...discovery, grant_types_supported: ['authorization_code', 'implicit'] }
  expect(await found(weak, { ...weak, claims_supported: ['sub'] })).toEqual([])
})

test('with two documents, each scheme is compared with the one that has its host', async () => {
  const partner = { ...discovery, issuer: 'https://login.partner.io', authorization_endpoint: 'https://login.partner.io/authorize' }
  const both = (own: object): Record<string, string> => ({
    ...files(own),
    'auth/openid-configuration.json': JSON.stringify({ ...partner, token_endpoint: 'https://login.partner.io/token' }),
  })
  const { findings } = await review(snapshotOf(both(discovery), both({ ...discovery, token_endpoint: 'https://id.shop.io/v2/token' })))
  expect(findings.map(({ rule, message }) => [rule, message.includes('/v2/token')])).toEqual([['discovery-mismatch', true]])
})

test('a document that cannot be parsed changes nothing for the description', () => {
  const result = readDescription({ text: description, path: 'openapi.yaml', files: { [known]: '{"issuer": ' } })
  expect('api' in result && [...result.api.documents.keys()]).toEqual(['openapi.yaml'])
})

test('a reader brings the document along when it alone changes', async () => {
  const texts = new Map([
    ['1', description],
    ['2', JSON.stringify(discovery)],
    ['3', JSON.stringify({ ...discovery, issuer: 'https://id.shop.example' })],
  ])
  const tree = (id: string): Tree =>
    new Map([
      ['api/openapi.yaml', { blob: '1', mode: '100644', size: null }],
      [known, { blob: id, mode: '100644', size: null }],
    ])
  const { trees } = await gatherDescriptions({
    base: tree('2'),
    head: tree('3'),
    claim: () => null,
    searchLimit: 100,
    read: (ids) => Promise.resolve(new Map(ids.map((id) => [id, { text: texts.get(id) ?? '' }]))),
  })
  expect(trees.base).toEqual({ 'api/openapi.yaml': '1', [known]: '2' })
  expect(trees.head).toEqual({ 'api/openapi.yaml': '1', [known]: '3' })
})

test('a scheme may name its document, wherever that lies', async () => {
  const naming = description.replace(
    '      type: oauth2\n',
    '      type: oauth2\n      x-openid-configuration: { $ref: ../identity/production.json }\n',
  )
  const side = (document: object): Record<string, string> => ({
    'api/openapi.yaml': naming,
    'identity/production.json': JSON.stringify(document, null, 2),
  })
  const { findings, problems } = await review(snapshotOf(side(discovery), side({ ...discovery, jwks_uri: 'http://id.shop.io/keys' })))
  expect(problems).toEqual([])
  expect(findings.map(({ rule, place }) => `${rule} ${place.file}:${String(place.line)}`)).toEqual([
    'discovery-insecure identity/production.json:5',
  ])
})
