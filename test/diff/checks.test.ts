/**
 * What other tools have a check of their own for, outside schemas (those: positions.test.ts): the smallest pair of descriptions, and
 * what is said here. Named after the checks of oasdiff; `azure:`, `criteo:` and `openapitools:` where only they have one.
 */
import { describe, expect, test } from 'vitest'
import type { DiffOptions } from '../../src/diff/diff.ts'
import { changes } from './describe.ts'

type Json = Record<string, unknown>
type Row = readonly [check: string, base: unknown, head: unknown, said: readonly string[], options?: DiffOptions]

const done = { '200': { description: 'Done' } }
const api = (paths: Json, more: Json = {}): Json => ({ openapi: '3.1.0', info: { title: 'T', version: '1' }, paths, ...more })
const op = (operation: Json, more: Json = {}): Json => api({ '/x': { post: { responses: done, ...operation } } }, more)
const returning = (responses: Json): Json => op({ responses })
const body = (content: Json, more: Json = {}): Json => op({ requestBody: { content, ...more } })
const taking = (...parameters: Json[]): Json => op({ parameters })
const query = (more: Json = {}): Json => ({ name: 'q', in: 'query', schema: { type: 'string' }, ...more })
const header = (more: Json = {}): Json => ({ name: 'X-Q', in: 'header', schema: { type: 'string' }, ...more })
const json = (schema: Json = { type: 'object' }): Json => ({ 'application/json': { schema } })
const sending = (schema: Json): Json => body(json(schema))
const given = (schema: Json): Json => returning({ '200': { description: 'Done', content: json(schema) } })
const props = (p: Json, more: Json = {}): Json => ({ type: 'object', properties: { p }, ...more })
const text = { type: 'string' }
const old = { deprecated: true }
const until = (day: string): Json => ({ deprecated: true, 'x-sunset': day })
const today: DiffOptions = { now: '2026-01-01', sunsetDays: { stable: 90, beta: 30 } }

const existence: readonly Row[] = [
  ['endpoint-added', api({}), op({}), ['nonbreaking operation-added']],
  ['api-removed-without-deprecation', op({}), api({}), ['breaking operation-removed']],
  ['api-removed-before-sunset', op(until('2026-05-01')), api({}), ['breaking operation-removed'], today],
  ['api-path-removed-with-deprecation', op(until('2025-05-01')), api({}), ['nonbreaking operation-removed'], today],
  ['api-path-sunset-parse', op(until('soon')), api({}), ['breaking operation-removed'], today],
  ['api-path-removed-without-sunset', op(old), api({}), ['dangerous operation-removed'], today],
  ['api-operation-id-removed', op({ operationId: 'a' }), op({}), ['docs operation-id-changed']],
  [
    'libopenapi: operationId for generated clients',
    op({ operationId: 'a' }),
    op({ operationId: 'b' }),
    ['dangerous operation-id-changed'],
    { sdk: true },
  ],
  ['api-tag-removed', op({ tags: ['a'] }), op({}), ['docs operation-tags-changed']],
  ['webhook-added', api({}), api({}, { webhooks: { w: { post: { responses: done } } } }), ['nonbreaking webhook-added']],
  ['webhook-removed', api({}, { webhooks: { w: { post: { responses: done } } } }), api({}), ['breaking webhook-removed']],
  [
    'criteo: server no longer supported',
    op({}, { servers: [{ url: 'https://a.test' }, { url: 'https://b.test' }] }),
    op({}, { servers: [{ url: 'https://a.test' }] }),
    ['dangerous server-removed'],
  ],
  [
    'azure: protocol no longer supported',
    {
      swagger: '2.0',
      info: { title: 'T', version: '1' },
      host: 'a.test',
      schemes: ['https', 'http'],
      paths: { '/x': { get: { responses: done } } },
    },
    {
      swagger: '2.0',
      info: { title: 'T', version: '1' },
      host: 'a.test',
      schemes: ['https'],
      paths: { '/x': { get: { responses: done } } },
    },
    ['dangerous server-removed'],
  ],
]

const lifecycle: readonly Row[] = [
  ['endpoint-deprecated', op({}), op(until('2027-01-01')), ['docs operation-deprecated'], today],
  ['endpoint-reactivated', op(old), op({}), ['docs operation-reactivated']],
  ['api-deprecated-sunset-missing', op({}), op(old), ['dangerous operation-sunset-missing'], today],
  ['api-deprecated-sunset-parse', op({}), op(until('soon')), ['dangerous operation-sunset-invalid', 'docs operation-deprecated'], today],
  [
    'api-sunset-date-too-small',
    op({}),
    op(until('2026-01-10')),
    ['dangerous operation-sunset-too-soon', 'docs operation-deprecated'],
    today,
  ],
  ['sunset-deleted', op(until('2027-01-01')), op(old), ['dangerous operation-sunset-removed'], today],
  ['api-sunset-date-changed-too-small', op(until('2027-01-01')), op(until('2026-02-01')), ['dangerous operation-sunset-too-soon'], today],
  [
    'api-stability-decreased',
    op({ 'x-stability-level': 'beta' }),
    op({ 'x-stability-level': 'alpha' }),
    ['dangerous operation-stability-lowered'],
  ],
  [
    'api-stability-increased',
    op({ 'x-stability-level': 'alpha' }),
    op({ 'x-stability-level': 'beta' }),
    ['docs operation-stability-raised'],
  ],
  ['api-invalid-stability-level', op({}), op({ 'x-stability-level': 'golden' }), ['dangerous operation-stability-invalid']],
  [
    'request-parameter-deprecated-sunset-missing',
    taking(query()),
    taking(query(old)),
    ['dangerous request-parameter-sunset-missing'],
    today,
  ],
  [
    'request-parameter-sunset-deleted',
    taking(query(until('2027-01-01'))),
    taking(query(old)),
    ['dangerous request-parameter-sunset-removed'],
    today,
  ],
  [
    'request-parameter-removed-with-deprecation',
    taking(query(until('2025-01-01'))),
    op({}),
    ['nonbreaking request-parameter-removed'],
    today,
  ],
  [
    'request-property-deprecated-sunset-missing',
    sending(props(text)),
    sending(props({ ...text, ...old })),
    ['dangerous request-property-sunset-missing'],
    today,
  ],
  [
    'response-property-sunset-date-too-small',
    given(props(text)),
    given(props({ ...text, ...until('2026-01-10') })),
    ['dangerous response-property-sunset-too-soon'],
    today,
  ],
]

const requests: readonly Row[] = [
  ['request-body-added-required', op({}), body(json(), { required: true }), ['breaking request-required-body-added']],
  ['request-body-added-optional', op({}), body(json()), ['nonbreaking request-body-added']],
  ['request-body-removed', body(json()), op({}), ['breaking request-body-removed']],
  ['request-body-became-required', body(json()), body(json(), { required: true }), ['breaking request-body-became-required']],
  ['request-body-became-optional', body(json(), { required: true }), body(json()), ['nonbreaking request-body-became-optional']],
  ['request-body-media-type-removed', body({ ...json(), 'text/csv': {} }), body(json()), ['breaking request-media-type-removed']],
  ['request-body-media-type-added', body(json()), body({ ...json(), 'text/csv': {} }), ['nonbreaking request-media-type-added']],
  [
    'request-body-media-type-schema-added',
    body({ 'application/json': {} }),
    sending({ type: 'object' }),
    ['breaking request-type-narrowed'],
  ],
  ['new-required-request-parameter', op({}), taking(query({ required: true })), ['breaking request-required-parameter-added']],
  ['new-optional-request-parameter', op({}), taking(query()), ['nonbreaking request-parameter-added']],
  [
    'new-required-request-parameter with a default',
    op({}),
    taking(query({ required: true, schema: { ...text, default: 'a' } })),
    ['breaking request-required-parameter-added'],
  ],
  [
    'new-required-request-header-property',
    taking(query()),
    taking(query(), header({ required: true })),
    ['breaking request-required-parameter-added'],
  ],
  [
    'new-required-request-default-parameter-to-existing-path',
    op({}),
    api({ '/x': { parameters: [query({ required: true })], post: { responses: done } } }),
    ['breaking request-required-parameter-added'],
  ],
  ['request-parameter-removed', taking(query()), op({}), ['dangerous request-parameter-removed']],
  ['request-parameter-became-required', taking(query()), taking(query({ required: true })), ['breaking request-parameter-became-required']],
  [
    'request-parameter-became-optional',
    taking(query({ required: true })),
    taking(query()),
    ['nonbreaking request-parameter-became-optional'],
  ],
  [
    'criteo: parameter location changed',
    taking(query({ required: true })),
    taking({ ...query({ required: true }), in: 'header' }),
    ['breaking request-parameter-moved'],
  ],
  ['parameter location changed, optional', taking(query()), taking({ ...query(), in: 'cookie' }), ['dangerous request-parameter-moved']],
  ['headers have no case', taking(header()), taking(header({ name: 'x-q' })), []],
  [
    'request-parameter-default-value-changed',
    taking(query({ schema: { ...text, default: 'a' } })),
    taking(query({ schema: { ...text, default: 'b' } })),
    ['dangerous request-default-changed'],
  ],
  [
    'request-parameter-default-value-added',
    taking(query()),
    taking(query({ schema: { ...text, default: 'b' } })),
    ['dangerous request-default-changed'],
  ],
  [
    'default of a required parameter',
    taking(query({ required: true, schema: { ...text, default: 'a' } })),
    taking(query({ required: true, schema: { ...text, default: 'b' } })),
    ['docs request-default-changed'],
  ],
  [
    'azure: order of parameters, for generated clients',
    taking(query(), header()),
    taking(header(), query()),
    ['dangerous request-parameters-reordered'],
    { sdk: true },
  ],
  ['the order of parameters on the wire', taking(query(), header()), taking(header(), query()), []],
  [
    'openapitools: style',
    taking(query({ schema: { type: 'array', items: text } })),
    taking(query({ style: 'pipeDelimited', schema: { type: 'array', items: text } })),
    ['breaking request-parameter-style-changed'],
  ],
  [
    'openapitools: explode',
    taking(query({ schema: { type: 'array', items: text } })),
    taking(query({ explode: false, schema: { type: 'array', items: text } })),
    ['breaking request-parameter-explode-changed'],
  ],
  [
    'openapitools: allowEmptyValue',
    taking(query({ allowEmptyValue: true })),
    taking(query()),
    ['breaking request-parameter-empty-value-refused'],
  ],
  ['openapitools: allowReserved', taking(query({ allowReserved: true })), taking(query()), ['breaking request-parameter-reserved-refused']],
  [
    'openapitools: path parameter renamed',
    api({ '/x/{a}': { get: { parameters: [path('a')], responses: done } } }),
    api({ '/x/{b}': { get: { parameters: [path('b')], responses: done } } }),
    ['docs path-parameter-renamed'],
  ],
  [
    'new-request-path-parameter',
    api({ '/x/{a}': { get: { parameters: [path('a')], responses: done } } }),
    api({ '/x/{a}/{b}': { get: { parameters: [path('a'), path('b')], responses: done } } }),
    ['breaking operation-removed', 'nonbreaking operation-added'],
  ],
  [
    'new-required-request-property',
    sending({ type: 'object' }),
    sending(props(text, { required: ['p'] })),
    ['breaking request-required-property-added'],
  ],
  [
    'new-required-request-property-with-default',
    sending({ type: 'object' }),
    sending(props({ ...text, default: 'a' }, { required: ['p'] })),
    ['breaking request-required-property-added'],
  ],
  ['new-optional-request-property', sending({ type: 'object' }), sending(props(text)), ['nonbreaking request-property-added']],
  ['request-property-removed', sending(props(text)), sending({ type: 'object' }), ['dangerous request-property-removed']],
  [
    'request-property-became-required',
    sending(props(text)),
    sending(props(text, { required: ['p'] })),
    ['breaking request-property-became-required'],
  ],
  [
    'request-property-became-required, readOnly',
    sending(props({ ...text, readOnly: true })),
    sending(props({ ...text, readOnly: true }, { required: ['p'] })),
    ['nonbreaking request-property-became-required'],
  ],
  ['request-property-became-enum', sending(props(text)), sending(props({ ...text, enum: ['a'] })), ['breaking request-enum-narrowed']],
  [
    'request-property-enum-value-removed',
    sending(props({ enum: ['a', 'b'] })),
    sending(props({ enum: ['a'] })),
    ['breaking request-enum-value-removed'],
  ],
  [
    'request-property-enum-value-added',
    sending(props({ enum: ['a'] })),
    sending(props({ enum: ['a', 'b'] })),
    ['nonbreaking request-enum-value-added'],
  ],
  [
    'request-property-x-extensible-enum-value-removed',
    sending(props({ ...text, 'x-extensible-enum': ['a', 'b'] })),
    sending(props({ ...text, 'x-extensible-enum': ['a'] })),
    ['breaking request-enum-value-removed'],
  ],
]

function path(name: string): Json {
  return { name, in: 'path', required: true, schema: text }
}

const ok = (more: Json): Json => returning({ '200': { description: 'Done', ...more } })
const headed = (more: Json = {}): Json => ok({ headers: { 'X-R': { schema: text, ...more } } })
const error = { '404': { description: 'Gone' } }

const responses: readonly Row[] = [
  [
    'response-success-status-removed',
    returning({ ...done, '201': { description: 'Made' } }),
    returning(done),
    ['breaking response-status-removed'],
  ],
  [
    'response-success-status-added',
    returning(done),
    returning({ ...done, '201': { description: 'Made' } }),
    ['nonbreaking response-status-added'],
  ],
  ['response-non-success-status-removed', returning({ ...done, ...error }), returning(done), ['nonbreaking response-error-status-removed']],
  ['response-non-success-status-added', returning(done), returning({ ...done, ...error }), ['nonbreaking response-error-status-added']],
  [
    'openapitools: default response removed',
    returning({ ...done, default: { description: 'Else' } }),
    returning(done),
    ['dangerous response-default-removed'],
  ],
  [
    'azure: response code added',
    returning(done),
    returning({ ...done, '202': { description: 'Later' } }),
    ['nonbreaking response-status-added'],
  ],
  [
    'a status within a range',
    returning({ '200': { description: 'Done' } }),
    returning({ '2XX': { description: 'Done' } }),
    ['dangerous response-status-widened'],
  ],
  [
    'response-media-type-removed',
    ok({ content: { ...json(), 'text/csv': {} } }),
    ok({ content: json() }),
    ['breaking response-media-type-removed'],
  ],
  [
    'response-media-type-added',
    ok({ content: json() }),
    ok({ content: { ...json(), 'text/csv': {} } }),
    ['nonbreaking response-media-type-added'],
  ],
  [
    'response-media-type-name-generalized',
    ok({ content: json() }),
    ok({ content: { 'application/*': { schema: { type: 'object' } } } }),
    ['dangerous response-media-type-widened'],
  ],
  [
    'response-body-media-type-schema-removed',
    ok({ content: json() }),
    ok({ content: { 'application/json': {} } }),
    ['breaking response-type-widened'],
  ],
  ['required-response-header-removed', headed({ required: true }), ok({}), ['breaking response-required-header-removed']],
  ['optional-response-header-removed', headed(), ok({}), ['dangerous response-header-removed']],
  ['response-header-became-optional', headed({ required: true }), headed(), ['breaking response-header-became-optional']],
  ['response-header-added', ok({}), headed(), ['nonbreaking response-header-added']],
  ['response-optional-property-removed', given(props(text)), given({ type: 'object' }), ['dangerous response-property-removed']],
  [
    'response-required-property-removed',
    given(props(text, { required: ['p'] })),
    given({ type: 'object' }),
    ['breaking response-property-removed'],
  ],
  [
    'response-property-became-optional',
    given(props(text, { required: ['p'] })),
    given(props(text)),
    ['breaking response-property-became-optional'],
  ],
  ['response-optional-property-added', given({ type: 'object' }), given(props(text)), ['nonbreaking response-property-added']],
  [
    'response-property-enum-value-added',
    given(props({ enum: ['a'] })),
    given(props({ enum: ['a', 'b'] })),
    ['dangerous response-enum-value-added'],
  ],
  [
    'response-property-enum-value-removed',
    given(props({ enum: ['a', 'b'] })),
    given(props({ enum: ['a'] })),
    ['nonbreaking response-enum-value-removed'],
  ],
  ['response-body-enum-value-added', given({ enum: ['a'] }), given({ enum: ['a', 'b'] }), ['dangerous response-enum-value-added']],
  [
    'response-required-property-became-write-only',
    given(props(text, { required: ['p'] })),
    given(props({ ...text, writeOnly: true }, { required: ['p'] })),
    ['breaking response-write-only-set'],
  ],
  ['azure: read-only changed', sending(props(text)), sending(props({ ...text, readOnly: true })), ['dangerous request-read-only-set']],
  [
    'azure: additionalProperties closed',
    sending({ type: 'object' }),
    sending({ type: 'object', additionalProperties: false }),
    ['breaking request-additional-properties-narrowed'],
  ],
  [
    'azure: additionalProperties opened',
    given({ type: 'object', additionalProperties: false }),
    given({ type: 'object' }),
    ['dangerous response-additional-properties-widened'],
  ],
  ['libopenapi: link removed', ok({ links: { next: { operationId: 'a' } } }), ok({}), ['docs response-link-changed']],
]

const scheme = (definition: Json): Json => ({ components: { securitySchemes: { s: definition } } })
const bearer = scheme({ type: 'http', scheme: 'bearer' })
const secured = (...security: Json[]): Json => ({ security })

const security: readonly Row[] = [
  ['api-security-added', op({}, bearer), op(secured({ s: [] }), bearer), ['breaking operation-security-strengthened']],
  ['api-security-removed', op(secured({ s: [] }), bearer), op({}, bearer), ['nonbreaking operation-security-weakened']],
  [
    'openapitools: security [] over a global one',
    op({}, { ...bearer, ...secured({ s: [] }) }),
    op({ security: [] }, { ...bearer, ...secured({ s: [] }) }),
    ['nonbreaking operation-security-weakened'],
  ],
  ['optional by {}', op(secured({ s: [] }), bearer), op(secured({ s: [] }, {}), bearer), ['nonbreaking operation-security-weakened']],
  ['api-global-security-added', op({}, bearer), op({}, { ...bearer, ...secured({ s: [] }) }), ['breaking operation-security-strengthened']],
  ['moved to the operation', op({}, { ...bearer, ...secured({ s: [] }) }), op(secured({ s: [] }), bearer), []],
  [
    'libopenapi: scheme changed',
    op(secured({ s: [] }), bearer),
    op(secured({ s: [] }), scheme({ type: 'http', scheme: 'basic' })),
    ['breaking security-scheme-changed'],
  ],
  [
    'libopenapi: in changed',
    op(secured({ s: [] }), scheme({ type: 'apiKey', name: 'k', in: 'header' })),
    op(secured({ s: [] }), scheme({ type: 'apiKey', name: 'k', in: 'query' })),
    ['breaking security-scheme-changed'],
  ],
  [
    'api-security-scope-added',
    op(secured({ s: ['a'] }), oauth()),
    op(secured({ s: ['a', 'b'] }), oauth()),
    ['breaking operation-security-strengthened'],
  ],
  [
    'api-security-scope-removed',
    op(secured({ s: ['a', 'b'] }), oauth()),
    op(secured({ s: ['a'] }), oauth()),
    ['nonbreaking operation-security-weakened'],
  ],
  [
    'openapitools: token URL',
    op(secured({ s: [] }), oauth()),
    op(secured({ s: [] }), oauth('https://b.test')),
    ['dangerous security-scheme-url-changed'],
  ],
]

function oauth(tokenUrl = 'https://a.test'): Json {
  return scheme({ type: 'oauth2', flows: { clientCredentials: { tokenUrl, scopes: { a: '', b: '' } } } })
}

describe.each(Object.entries({ existence, lifecycle, requests, responses, security }))('%s', (_name, rows) => {
  const cases = rows.map(([check, base, head, said, options]) => ({ check, base, head, said, options }))
  test.each(cases)('$check', ({ base, head, said, options }) => {
    expect(changes(base, head, options).map((change) => `${change.class} ${change.rule}`)).toEqual(said)
  })
})
