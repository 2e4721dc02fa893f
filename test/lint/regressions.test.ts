/**
 * Security regressions as pull requests bring them, and changes that must stay quiet: one edit of one description, through the whole review. Each row
 * lists what is found that is more than a notice; a regression is one finding, more only where it breaks clients besides.
 */
import { expect, test } from 'vitest'
import { review } from '../../src/run.ts'
import { snapshotOf } from '../builders.ts'

const base = `openapi: 3.1.0
info: { title: Shop, version: 1.0.0, contact: { email: api@shop.example } }
servers: [{ url: https://api.shop.io }]
security: [{ oauth: [orders:read] }]
paths:
  /users/{id}:
    parameters: [{ name: id, in: path, required: true, schema: { type: string, format: uuid } }]
    get:
      operationId: getUser
      security: [{ oauth: [users:read] }]
      responses:
        '200': { description: A user., content: { application/json: { schema: { $ref: '#/components/schemas/User' } } } }
        '401': { description: Who are you. }
        '403': { description: Not you. }
        '429': { description: Later., headers: { Retry-After: { schema: { type: integer } } } }
    patch:
      operationId: updateUser
      security: [{ oauth: [users:write] }]
      requestBody: { content: { application/json: { schema: { $ref: '#/components/schemas/User' } } } }
      responses:
        '200': { description: A user., content: { application/json: { schema: { $ref: '#/components/schemas/User' } } } }
        '4XX': { description: No., content: { application/json: { schema: { $ref: '#/components/schemas/Problem' } } } }
  /orders:
    get:
      operationId: listOrders
      parameters:
        - { name: limit, in: query, schema: { type: integer, minimum: 1, maximum: 100 } }
        - { name: status, in: query, schema: { type: string, enum: [open, closed] } }
      responses:
        '200':
          description: Orders.
          headers: { RateLimit: { schema: { type: string } } }
          content: { application/json: { schema: { type: array, maxItems: 100, items: { $ref: '#/components/schemas/Order' } } } }
        '4XX': { description: No. }
    post:
      operationId: createOrder
      security: [{ oauth: [orders:write] }]
      requestBody:
        content:
          application/json:
            schema:
              type: object
              additionalProperties: false
              properties:
                note: { type: string, maxLength: 200, pattern: '^[a-z ]{1,200}$' }
                lines: { type: array, maxItems: 50, items: { type: string, maxLength: 36 } }
                quantity: { type: integer, minimum: 1, maximum: 99 }
      responses: { '201': { description: Made. }, '4XX': { description: No. } }
  /login:
    post:
      operationId: login
      security: []
      requestBody: { content: { application/json: { schema: { type: object, properties: { email: { type: string, maxLength: 90 }, password: { type: string, format: password, maxLength: 90 } } } } } }
      responses:
        '200': { description: Welcome., content: { application/json: { schema: { type: object, properties: { accessToken: { type: string } } } } } }
        '429': { description: Later. }
  /health: { get: { operationId: health, security: [], responses: { '200': { description: Up. } } } }
  /admin/reports:
    get:
      operationId: adminReports
      security: [{ oauth: [admin:read] }]
      responses: { '200': { description: Reports. }, '4XX': { description: No. } }
components:
  securitySchemes:
    oauth:
      type: oauth2
      flows:
        authorizationCode:
          authorizationUrl: https://auth.shop.io/authorize
          tokenUrl: https://auth.shop.io/token
          scopes: { users:read: Read., users:write: Write., orders:read: Read., orders:write: Write., admin:read: Read. }
    key: { type: apiKey, in: header, name: X-API-Key }
    bearer: { type: http, scheme: bearer, bearerFormat: JWT }
  schemas:
    User:
      type: object
      properties:
        id: { type: string, format: uuid, readOnly: true }
        displayName: { type: string, maxLength: 80 }
        role: { type: string, enum: [user, admin], readOnly: true }
        isAdmin: { type: boolean, readOnly: true }
        address: { $ref: '#/components/schemas/Address' }
    Address: { type: object, properties: { city: { type: string, maxLength: 80 } } }
    Order: { type: object, properties: { id: { type: string, format: uuid }, buyer: { $ref: '#/components/schemas/User' }, total: { type: number } } }
    Problem: { type: object, properties: { title: { type: string } } }
`
/** The description before and after. */
type Edit = readonly [base: string, head: string]

const replaced = (text: string, from: string, to: string): string => {
  if (!text.includes(from)) throw new Error(`The description has no ${from}`)
  return text.replace(from, () => to)
}
const r = (from: string, to: string): Edit => [base, replaced(base, from, to)]
const withBase = (before: string, instead: string, ...[from, to]: readonly [string, string]): Edit => {
  const other = replaced(base, before, instead)
  return [other, replaced(other, from, to)]
}
const addPath = (path: string): Edit => r('  /health:', `${path}\n  /health:`)

const regressions: readonly (readonly [name: string, edit: Edit, found: readonly string[]])[] = [
  ['security [] on get user', r('security: [{ oauth: [users:read] }]', 'security: []'), ['error operation-security-weakened']],
  ['security [] on write', r('security: [{ oauth: [orders:write] }]', 'security: []'), ['error operation-security-weakened']],
  ['global security removed', r('security: [{ oauth: [orders:read] }]\n', ''), ['error operation-security-weakened']],
  ['global security []', r('security: [{ oauth: [orders:read] }]', 'security: []'), ['error operation-security-weakened']],
  [
    'optional {}',
    r('security: [{ oauth: [users:write] }]', 'security: [{ oauth: [users:write] }, {}]'),
    ['error operation-security-weakened'],
  ],
  ['optional {} alone', r('security: [{ oauth: [users:write] }]', 'security: [{}]'), ['error operation-security-weakened']],
  ['op security removed inherits weaker scope', r('      security: [{ oauth: [admin:read] }]\n', ''), ['error operation-security-changed']],
  ['scope dropped', r('oauth: [users:write]', 'oauth: []'), ['error operation-security-weakened']],
  ['scope replaced write->read', r('oauth: [users:write]', 'oauth: [users:read]'), ['error operation-security-changed']],
  [
    'AND to OR',
    withBase(
      'security: [{ oauth: [users:write] }]',
      'security: [{ oauth: [users:write], key: [] }]',
      'security: [{ oauth: [users:write], key: [] }]',
      'security: [{ oauth: [users:write] }, { key: [] }]',
    ),
    ['error operation-security-weakened'],
  ],
  [
    'AND loses one',
    withBase('security: [{ oauth: [users:write] }]', 'security: [{ oauth: [users:write], key: [] }]', ', key: [] }]', ' }]'),
    ['error operation-security-weakened'],
  ],
  ['oauth to apikey', r('security: [{ oauth: [users:write] }]', 'security: [{ key: [] }]'), ['error operation-security-changed']],
  [
    'alternative apikey added',
    r('security: [{ oauth: [users:write] }]', 'security: [{ oauth: [users:write] }, { key: [] }]'),
    ['error operation-security-weakened'],
  ],
  [
    'undefined scheme',
    r('security: [{ oauth: [users:write] }]', 'security: [{ oauth: [users:write] }, { nosuch: [] }]'),
    ['error operation-security-weakened', 'warning requirement-undefined'],
  ],
  [
    'apikey to query',
    withBase('security: [{ oauth: [users:read] }]', 'security: [{ key: [] }]', 'in: header, name: X-API-Key', 'in: query, name: api_key'),
    ['error security-scheme-changed'],
  ],
  [
    'apikey to cookie',
    withBase('security: [{ oauth: [users:read] }]', 'security: [{ key: [] }]', 'in: header, name: X-API-Key', 'in: cookie, name: sid'),
    ['error security-scheme-changed'],
  ],
  [
    'flow implicit',
    r(
      '        authorizationCode:\n          authorizationUrl: https://auth.shop.io/authorize\n          tokenUrl: https://auth.shop.io/token\n',
      '        implicit:\n          authorizationUrl: https://auth.shop.io/authorize\n',
    ),
    ['error security-scheme-flow-added', 'error security-scheme-flow-removed'],
  ],
  [
    'flow password',
    r('        authorizationCode:\n          authorizationUrl: https://auth.shop.io/authorize\n', '        password:\n'),
    ['error security-scheme-flow-added', 'error security-scheme-flow-removed'],
  ],
  [
    'flow implicit added',
    r(
      '      flows:\n',
      '      flows:\n        implicit: { authorizationUrl: https://auth.shop.io/authorize, scopes: { users:read: Read. } }\n',
    ),
    ['error security-scheme-flow-added'],
  ],
  ['token url http', r('tokenUrl: https://', 'tokenUrl: http://'), ['error security-scheme-url-changed']],
  [
    'token url other host',
    r('tokenUrl: https://auth.shop.io/token', 'tokenUrl: https://auth.evil.io/token'),
    ['warning security-scheme-url-changed'],
  ],
  [
    'bearer to basic',
    withBase('security: [{ oauth: [users:read] }]', 'security: [{ bearer: [] }]', 'scheme: bearer, bearerFormat: JWT', 'scheme: basic'),
    ['error security-scheme-changed'],
  ],
  [
    'bearer format removed',
    withBase('security: [{ oauth: [users:read] }]', 'security: [{ bearer: [] }]', ', bearerFormat: JWT', ''),
    ['warning security-scheme-format-changed'],
  ],
  [
    'http server added',
    r('servers: [{ url: https://api.shop.io }]', 'servers: [{ url: https://api.shop.io }, { url: http://api.shop.io }]'),
    ['error server-added'],
  ],
  ['https to http', r('servers: [{ url: https://api.shop.io }]', 'servers: [{ url: http://api.shop.io }]'), ['error server-url-changed']],
  [
    'staging server added',
    r('servers: [{ url: https://api.shop.io }]', 'servers: [{ url: https://api.shop.io }, { url: https://staging.shop.io }]'),
    ['warning server-internal'],
  ],
  [
    'internal ip server added',
    r('servers: [{ url: https://api.shop.io }]', 'servers: [{ url: https://api.shop.io }, { url: https://10.0.0.4 }]'),
    ['warning server-internal'],
  ],
  [
    'server on op http',
    r('      operationId: createOrder\n', '      operationId: createOrder\n      servers: [{ url: http://orders.shop.io }]\n'),
    ['error server-url-changed'],
  ],
  ['readOnly dropped role', r('enum: [user, admin], readOnly: true', 'enum: [user, admin]'), ['error request-read-only-lifted']],
  [
    'readOnly dropped isAdmin',
    r('isAdmin: { type: boolean, readOnly: true }', 'isAdmin: { type: boolean }'),
    ['error request-read-only-lifted'],
  ],
  [
    'readOnly dropped id',
    r('id: { type: string, format: uuid, readOnly: true }', 'id: { type: string, format: uuid }'),
    ['warning request-read-only-lifted'],
  ],
  [
    'role added to request',
    withBase(
      '        role: { type: string, enum: [user, admin], readOnly: true }\n',
      '',
      '        isAdmin:',
      '        role: { type: string, enum: [user, admin] }\n        isAdmin:',
    ),
    ['error mass-assignment'],
  ],
  ['balance added', r('        isAdmin:', '        balance: { type: number }\n        isAdmin:'), ['error mass-assignment']],
  ['passwordHash', r('        isAdmin:', '        passwordHash: { type: string }\n        isAdmin:'), ['error property-added']],
  [
    'passwordHash readOnly',
    r('        isAdmin:', '        passwordHash: { type: string, readOnly: true }\n        isAdmin:'),
    ['error property-added'],
  ],
  [
    'totpSecret in allOf',
    r(
      "        address: { $ref: '#/components/schemas/Address' }",
      "        address: { allOf: [{ $ref: '#/components/schemas/Address' }, { type: object, properties: { totpSecret: { type: string } } }] }",
    ),
    ['error property-added'],
  ],
  [
    'resetToken in array',
    r(
      '        isAdmin:',
      '        sessions: { type: array, items: { type: object, properties: { resetToken: { type: string } } } }\n        isAdmin:',
    ),
    ['error property-added'],
  ],
  [
    'ssn in map',
    r(
      '        isAdmin:',
      '        documents: { type: object, additionalProperties: { type: object, properties: { ssn: { type: string } } } }\n        isAdmin:',
    ),
    ['warning property-added'],
  ],
  [
    'cardNumber in ref',
    r('city: { type: string, maxLength: 80 }', 'city: { type: string, maxLength: 80 }, cardNumber: { type: string }'),
    ['warning property-added'],
  ],
  [
    'cvv in oneOf',
    r(
      'total: { type: number }',
      'payment: { oneOf: [{ type: object, properties: { iban: { type: string } } }, { type: object, properties: { cvv: { type: string } } }] }',
    ),
    ['error property-added', 'warning response-property-removed'],
  ],
  [
    'secret in header',
    r(
      'headers: { RateLimit: { schema: { type: string } } }',
      'headers: { RateLimit: { schema: { type: string } }, X-Refresh-Token: { schema: { type: string } } }',
    ),
    ['error response-header-added'],
  ],
  [
    'refresh token in GET',
    r('total: { type: number }', 'refreshToken: { type: string }'),
    ['error property-added', 'warning response-property-removed'],
  ],
  [
    'response ref swapped to bigger',
    withBase(
      '    Problem:',
      '    FullUser: { type: object, properties: { passwordHash: { type: string } } }\n    Problem:',
      "'200': { description: A user., content: { application/json: { schema: { $ref: '#/components/schemas/User' } } } }\n        '401'",
      "'200': { description: A user., content: { application/json: { schema: { $ref: '#/components/schemas/FullUser' } } } }\n        '401'",
    ),
    [
      'error property-added',
      'error response-secret',
      'warning response-property-removed',
      'warning response-property-removed',
      'warning response-property-removed',
      'warning response-property-removed',
      'warning response-property-removed',
    ],
  ],
  [
    'writeOnly dropped',
    withBase(
      '        isAdmin:',
      '        password: { type: string, maxLength: 90, writeOnly: true }\n        isAdmin:',
      ', writeOnly: true',
      '',
    ),
    ['error response-write-only-lifted'],
  ],
  [
    'snake and acronym secret',
    r('        isAdmin:', '        api_secret_key: { type: string, readOnly: true }\n        isAdmin:'),
    ['error property-added'],
  ],
  [
    'dob personal',
    r('        isAdmin:', '        dateOfBirth: { type: string, format: date, readOnly: true }\n        isAdmin:'),
    ['warning property-added'],
  ],
  ['maxLength dropped', r("maxLength: 200, pattern: '^[a-z ]{1,200}$'", "pattern: '^[a-z ]{1,200}$'"), []],
  ['maxLength raised', r('maxLength: 200,', 'maxLength: 200000,'), ['warning request-max-length-widened']],
  [
    'maxLength and pattern dropped',
    r(", maxLength: 200, pattern: '^[a-z ]{1,200}$'", ''),
    ['warning request-max-length-widened', 'warning request-pattern-widened'],
  ],
  ['maxItems dropped', r('type: array, maxItems: 50', 'type: array'), ['warning request-max-items-widened']],
  ['limit maximum dropped', r(', maximum: 100 }', ' }'), ['warning request-maximum-widened']],
  ['limit maximum raised', r(', maximum: 100 }', ', maximum: 100000 }'), ['warning request-maximum-widened']],
  [
    'limit param removed',
    r('        - { name: limit, in: query, schema: { type: integer, minimum: 1, maximum: 100 } }\n', ''),
    ['warning request-parameter-removed'],
  ],
  ['enum to string', r('schema: { type: string, enum: [open, closed] }', 'schema: { type: string }'), []],
  [
    'rate limit header removed',
    r('          headers: { RateLimit: { schema: { type: string } } }\n', ''),
    ['warning response-header-removed'],
  ],
  [
    '429 removed',
    r("        '429': { description: Later., headers: { Retry-After: { schema: { type: integer } } } }\n", ''),
    ['warning response-error-status-removed'],
  ],
  ['429 removed on login', r("        '429': { description: Later. }\n", ''), ['warning response-error-status-removed']],
  ['401 removed', r("        '401': { description: Who are you. }\n", ''), ['warning response-error-status-removed']],
  ['403 removed', r("        '403': { description: Not you. }\n", ''), ['warning response-error-status-removed']],
  ['admin auth removed', r('security: [{ oauth: [admin:read] }]', 'security: []'), ['error operation-security-weakened']],
  [
    'admin scope lowered',
    r('security: [{ oauth: [admin:read] }]', 'security: [{ oauth: [users:read] }]'),
    ['error operation-security-changed'],
  ],
  [
    'admin path added open',
    addPath("  /admin/users:\n    delete: { operationId: purge, security: [], responses: { '204': { description: Gone. } } }"),
    ['error operation-added-without-security'],
  ],
  [
    'debug path added open',
    addPath("  /_debug/vars:\n    get: { operationId: vars, security: [], responses: { '200': { description: All. } } }"),
    ['error operation-added-without-security'],
  ],
  [
    'internal path added inheriting',
    addPath(
      "  /internal/users:\n    get: { operationId: internalUsers, responses: { '200': { description: All. }, '4XX': { description: No. } } }",
    ),
    [],
  ],
  [
    'actuator env open',
    addPath("  /actuator/env:\n    get: { operationId: env, security: [], responses: { '200': { description: All. } } }"),
    ['error operation-added-without-security'],
  ],
  [
    'new write without auth',
    addPath("  /coupons:\n    post: { operationId: coupon, security: [], responses: { '201': { description: Made. } } }"),
    ['error operation-added-without-security'],
  ],
  [
    'new read public explicit',
    addPath("  /catalogue:\n    get: { operationId: cat, security: [], responses: { '200': { description: All. } } }"),
    ['warning operation-added-without-security'],
  ],
  [
    'additionalProperties opened',
    r('additionalProperties: false', 'additionalProperties: true'),
    ['warning request-additional-properties-widened'],
  ],
  ['additionalProperties removed', r('              additionalProperties: false\n', ''), ['warning request-additional-properties-widened']],
  ['response additionalProperties true', r('    Address: { type: object,', '    Address: { type: object, additionalProperties: true,'), []],
  [
    'ssrf body',
    r('                quantity:', '                callbackUrl: { type: string, format: uri, maxLength: 900 }\n                quantity:'),
    ['warning ssrf-url-input'],
  ],
  [
    'ssrf param',
    addPath(
      "  /fetch:\n    get: { operationId: fetchIt, parameters: [{ name: url, in: query, required: true, schema: { type: string, format: uri } }], responses: { '200': { description: All. }, '4XX': { description: No. } } }",
    ),
    ['warning ssrf-url-input'],
  ],
  [
    'ssrf webhook no format',
    r('                quantity:', '                webhookUrl: { type: string, maxLength: 900 }\n                quantity:'),
    ['warning ssrf-url-input'],
  ],
  [
    'upload unbounded',
    addPath(
      "  /avatar:\n    put: { operationId: avatar, requestBody: { content: { multipart/form-data: { schema: { type: object, properties: { file: { type: string, format: binary } } } } } }, responses: { '204': { description: Kept. }, '401': { description: No. } } }",
    ),
    [],
  ],
  ['stack trace', r('title: { type: string } }', 'title: { type: string }, stackTrace: { type: string } }'), ['warning property-added']],
  [
    'stack trace example',
    r(
      '    Problem: { type: object, properties: { title: { type: string } } }',
      "    Problem: { type: object, properties: { title: { type: string, example: 'Error: x at com.acme.Foo.bar(Foo.java:12)' } } }",
    ),
    ['warning error-leak'],
  ],
  [
    'secret example aws',
    r('displayName: { type: string, maxLength: 80 }', 'displayName: { type: string, maxLength: 80, example: AKIAZ3QWERTYUIOPLKJH }'),
    ['error example-secret'],
  ],
  [
    'secret example stripe',
    r('description: Orders.', 'description: Orders. Try it with sk_live_51Hq8sZ0vKp3xW7mTg2LrB9c.'),
    ['error example-secret'],
  ],
  [
    'secret default github',
    r(
      'displayName: { type: string, maxLength: 80 }',
      'displayName: { type: string, maxLength: 80, default: ghp_q8Zs0vKp3xW7mTg2LrB9cY4nF6hJ1dE5uA3o }',
    ),
    ['error example-secret', 'warning request-default-changed'],
  ],
  [
    'credential query param',
    r('        - { name: status,', '        - { name: access_token, in: query, schema: { type: string } }\n        - { name: status,'),
    ['error credential-in-url'],
  ],
  ['script in description', r('description: Orders.', 'description: Orders <script>alert(1)</script>'), ['error unsafe-markdown']],
  [
    'cors wildcard',
    r(
      'headers: { RateLimit: { schema: { type: string } } }',
      "headers: { RateLimit: { schema: { type: string } }, Access-Control-Allow-Origin: { schema: { type: string, enum: ['*'] } }, Access-Control-Allow-Credentials: { schema: { type: string, enum: ['true'] } } }",
    ),
    ['warning cors-wildcard'],
  ],
  [
    'html response',
    r(
      "'200': { description: A user., content: { application/json: { schema: { $ref: '#/components/schemas/User' } } } }\n        '401'",
      "'200': { description: A user., content: { application/json: { schema: { $ref: '#/components/schemas/User' } }, text/html: { schema: { type: string } } } }\n        '401'",
    ),
    ['warning active-content-response'],
  ],
  [
    'exception added',
    r(
      '      operationId: createOrder\n',
      '      operationId: createOrder\n      x-security-exception: { rule: operation-unprotected, reason: later, until: 2099-01-01 }\n',
    ),
    ['warning exception-added'],
  ],
  [
    'get that deletes',
    addPath(
      "  /orders/{id}/delete:\n    get: { operationId: deleteOrder, parameters: [{ name: id, in: path, required: true, schema: { type: string, format: uuid } }], responses: { '200': { description: Gone. }, '4XX': { description: No. } } }",
    ),
    ['warning write-by-get'],
  ],
  ['redos', r("pattern: '^[a-z ]{1,200}$'", "pattern: '^(a+)+$'"), ['error request-pattern-changed', 'warning pattern-redos']],
  [
    'integer id',
    r(
      'parameters: [{ name: id, in: path, required: true, schema: { type: string, format: uuid } }]\n    get:\n      operationId: getUser',
      'parameters: [{ name: id, in: path, required: true, schema: { type: integer } }]\n    get:\n      operationId: getUser',
    ),
    ['error request-type-changed'],
  ],
  [
    'format password dropped',
    r('password: { type: string, format: password, maxLength: 90 }', 'password: { type: string, maxLength: 90 }'),
    [],
  ],
  [
    'scope star',
    r('oauth: [users:write]', "oauth: ['*']"),
    ['error operation-security-changed', 'warning oauth-scope-broad', 'warning requirement-undefined'],
  ],
  [
    'openIdConnect http',
    r(
      'bearer: { type: http, scheme: bearer, bearerFormat: JWT }',
      'bearer: { type: http, scheme: bearer, bearerFormat: JWT }\n    oidc: { type: openIdConnect, openIdConnectUrl: http://auth.shop.io/.well-known/openid-configuration }',
    ),
    ['error oauth-url-https'],
  ],
]

/** Names and operations that look like trouble and are none. */
const harmless: typeof regressions = [
  [
    'hasPassword',
    r(
      '        isAdmin:',
      '        hasPassword: { type: boolean }\n        passwordResetRequired: { type: boolean }\n        passwordChangedAt: { type: string, format: date-time }\n        tokenType: { type: string }\n        twoFactorEnabled: { type: boolean }\n        secretQuestionId: { type: string }\n        apiKeyId: { type: string }\n        passwordPolicy: { type: object, properties: { minLength: { type: integer } } }\n        isAdmin:',
    ),
    [],
  ],
  [
    'names',
    r(
      '        isAdmin:',
      '        nextPageToken: { type: string }\n        publicKey: { type: string }\n        keyId: { type: string }\n        pinned: { type: boolean }\n        passengerName: { type: string }\n        compassHeading: { type: string }\n        tokenCount: { type: integer }\n        csrfToken: { type: string, readOnly: true }\n        hashtag: { type: string }\n        sessionDuration: { type: integer }\n        author: { type: string }\n        cardBrand: { type: string }\n        last4: { type: string }\n        isAdmin:',
    ),
    [],
  ],
  [
    'public docs',
    addPath("  /docs/openapi.json:\n    get: { operationId: apiDocs, security: [], responses: { '200': { description: This. } } }"),
    [],
  ],
  ['healthz', addPath("  /healthz:\n    get: { operationId: healthz, security: [], responses: { '200': { description: Up. } } }"), []],
  [
    'jwks',
    addPath(
      "  /.well-known/jwks.json:\n    get: { operationId: jwks, security: [], responses: { '200': { description: Keys., content: { application/json: { schema: { type: object, properties: { keys: { type: array, items: { type: object, properties: { kty: { type: string }, kid: { type: string }, n: { type: string }, e: { type: string } } } } } } } } } } }",
    ),
    [],
  ],
  [
    'csrf',
    addPath(
      "  /csrf-token:\n    get: { operationId: csrf, security: [], responses: { '200': { description: It., content: { application/json: { schema: { type: object, properties: { csrfToken: { type: string } } } } } } } }",
    ),
    [],
  ],
  [
    'register',
    addPath(
      "  /register:\n    post: { operationId: register, security: [], requestBody: { content: { application/json: { schema: { type: object, properties: { email: { type: string, maxLength: 90 }, password: { type: string, writeOnly: true, maxLength: 90 } } } } } }, responses: { '201': { description: Made. }, '429': { description: Later. } } }",
    ),
    [],
  ],
  [
    'refresh',
    addPath(
      "  /token/refresh:\n    post: { operationId: refresh, security: [], requestBody: { content: { application/json: { schema: { type: object, properties: { refreshToken: { type: string, maxLength: 900 } } } } } }, responses: { '200': { description: It., content: { application/json: { schema: { type: object, properties: { accessToken: { type: string }, refreshToken: { type: string }, tokenType: { type: string }, expiresIn: { type: integer } } } } } }, '429': { description: Later. } } }",
    ),
    [],
  ],
  [
    'change password',
    addPath(
      "  /me/password:\n    put: { operationId: changePassword, requestBody: { content: { application/json: { schema: { type: object, properties: { oldPassword: { type: string, maxLength: 90 }, newPassword: { type: string, maxLength: 90 } } } } } }, responses: { '204': { description: Done. }, '4XX': { description: No. } } }",
    ),
    [],
  ],
  [
    'create api key',
    addPath(
      "  /api-keys:\n    post: { operationId: createApiKey, responses: { '201': { description: Once., content: { application/json: { schema: { type: object, properties: { id: { type: string }, secret: { type: string } } } } } }, '4XX': { description: No. } } }",
    ),
    ['warning operation-added'],
  ],
  [
    'new protected read',
    addPath(
      "  /invoices:\n    get: { operationId: listInvoices, responses: { '200': { description: Invoices., content: { application/json: { schema: { type: array, maxItems: 100, items: { type: object, properties: { id: { type: string, format: uuid }, total: { type: number } } } } } } }, '4XX': { description: No. } } }",
    ),
    [],
  ],
  ['description', r('description: Orders.', 'description: All orders of the caller.'), []],
  [
    'optional field',
    r(
      'displayName: { type: string, maxLength: 80 }',
      'displayName: { type: string, maxLength: 80 }\n        nickname: { type: string, maxLength: 80 }',
    ),
    [],
  ],
  [
    'webhook hook',
    addPath(
      "  /webhooks/stripe:\n    post: { operationId: stripeHook, security: [], parameters: [{ name: Stripe-Signature, in: header, required: true, schema: { type: string, maxLength: 900 } }], responses: { '204': { description: Taken. } } }",
    ),
    [],
  ],
  [
    'strengthened',
    r('      operationId: listOrders\n', '      operationId: listOrders\n      security: [{ oauth: [orders:read, users:read] }]\n'),
    ['error operation-security-strengthened'],
  ],
  ['made-up secret', r('description: Orders.', 'description: Orders. Try it with sk_live_EXAMPLE or Bearer <token>.'), []],
]

/** What stands in both directions is told under the name of one of them. */
function directionless(rule: string): string {
  return rule.replace(/^(?:request|response)-(?=property-added$)/, '')
}

test.each([...regressions, ...harmless])('%s', async (_name, [before, after], expected) => {
  const { findings, problems } = await review(snapshotOf({ 'openapi.yaml': before }, { 'openapi.yaml': after }))
  const found = findings
    .filter((finding) => finding.new && finding.severity !== 'notice')
    .map(({ severity, rule }) => `${severity} ${directionless(rule)}`)
  expect(found.sort()).toEqual([...expected].sort())
  expect(problems).toEqual([])
})
