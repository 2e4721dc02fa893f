/** How parts of bodies are written. One row an edit: the version, the body, and what is reported. */
import { describe, expect, test } from 'vitest'
import { changes } from './describe.ts'

type Version = '3.0.3' | '3.1.0' | '3.2.0'

interface Body {
  readonly type?: string
  readonly schema?: unknown
  readonly media?: Record<string, unknown>
}

const properties = {
  name: { type: 'string' },
  file: { type: 'string', format: 'binary' },
  tags: { type: 'array', items: { type: 'string' } },
  meta: { type: 'object' },
}
const formSchema = { type: 'object', properties }

const described = (version: Version, where: 'request' | 'response', { type, schema = formSchema, media = {} }: Body): unknown => {
  const content = { [type ?? 'multipart/form-data']: { schema, ...media } }
  const operation =
    where === 'request'
      ? { requestBody: { content }, responses: { '204': { description: 'Done' } } }
      : { responses: { '200': { description: 'Done', content } } }
  return { openapi: version, info: { title: 'T', version: '1' }, paths: { '/x': { post: operation } } }
}

const reported = (version: Version, where: 'request' | 'response', base: Body, head: Body): string[] =>
  changes(described(version, where, base), described(version, where, head)).map((change) => `${change.class} ${change.rule}`)

const part = (name: string, encoding: unknown, type?: string): Body => ({
  ...(type === undefined ? {} : { type }),
  media: { encoding: { [name]: encoding } },
})
const urlencoded = 'application/x-www-form-urlencoded'
const changed = ['breaking request-encoding-changed']
const narrowed = ['breaking request-encoding-narrowed']
const widened = ['nonbreaking request-encoding-widened']
const header = (more: Record<string, unknown>): unknown => ({ headers: { 'X-Sum': { schema: { type: 'string' }, ...more } } })

describe('requests', () => {
  test.each<[string, Version, Body, Body, string[]]>([
    ['another type', '3.0.3', part('file', { contentType: 'image/png' }), part('file', { contentType: 'image/gif' }), changed],
    ['a type more', '3.1.0', part('file', { contentType: 'image/png' }), part('file', { contentType: 'image/png, image/gif' }), widened],
    ['a range less', '3.1.0', part('file', { contentType: 'image/*' }), part('file', { contentType: 'image/png' }), narrowed],
    [
      'where only forms have parts',
      '3.1.0',
      part('file', { contentType: 'image/png' }, 'application/json'),
      part('file', { contentType: 'image/gif' }, 'application/json'),
      [],
    ],
    [
      'of a part that the schema does not have',
      '3.0.3',
      part('none', { contentType: 'image/png' }),
      part('none', { contentType: 'image/gif' }),
      [],
    ],
    ['the default, written down', '3.0.3', {}, part('name', { contentType: 'text/plain' }), []],
    ['the default of objects, written down', '3.1.0', {}, part('meta', { contentType: 'application/json' }), []],
    ['the default of lists is that of their items', '3.1.0', {}, part('tags', { contentType: 'text/plain' }), []],
    ['charset=utf-8', '3.1.0', {}, part('name', { contentType: 'text/plain; charset=UTF-8' }), []],
    ['another than the default', '3.0.3', {}, part('meta', { contentType: 'application/xml' }), ['dangerous request-encoding-changed']],
    ['back to the default', '3.0.3', part('meta', { contentType: 'application/xml' }), {}, ['dangerous request-encoding-changed']],
    ['the default and more', '3.0.3', {}, part('meta', { contentType: 'application/json, application/xml' }), widened],
    ['style in multipart in 3.0', '3.0.3', part('tags', { style: 'form' }), part('tags', { style: 'spaceDelimited' }), []],
    ['style in multipart in 3.1', '3.1.0', part('tags', { style: 'form' }), part('tags', { style: 'spaceDelimited' }), changed],
    [
      'style in a form',
      '3.0.3',
      {},
      part('tags', { style: 'pipeDelimited' }, urlencoded),
      ['breaking request-media-type-removed', 'nonbreaking request-media-type-added'],
    ],
    ['style of a list in a form', '3.0.3', { type: urlencoded }, part('tags', { style: 'pipeDelimited' }, urlencoded), changed],
    ['style of a single value', '3.0.3', { type: urlencoded }, part('name', { style: 'pipeDelimited' }, urlencoded), []],
    ['explode off', '3.0.3', { type: urlencoded }, part('tags', { explode: false }, urlencoded), changed],
    ['explode, as it is by default', '3.0.3', { type: urlencoded }, part('tags', { explode: true }, urlencoded), []],
    ['reserved characters taken', '3.0.3', { type: urlencoded }, part('name', { allowReserved: true }, urlencoded), widened],
    ['reserved characters refused', '3.0.3', part('name', { allowReserved: true }, urlencoded), { type: urlencoded }, narrowed],
    ['reserved characters in multipart in 3.0', '3.0.3', {}, part('name', { allowReserved: true }), []],
    ['a header more', '3.0.3', {}, part('name', header({})), widened],
    ['a required header more', '3.0.3', {}, part('name', header({ required: true })), narrowed],
    ['a header less', '3.0.3', part('name', header({})), {}, widened],
    ['a header becomes required', '3.0.3', part('name', header({})), part('name', header({ required: true })), narrowed],
    ['values of a header', '3.0.3', part('name', header({})), part('name', header({ schema: { type: 'string', maxLength: 3 } })), narrowed],
    ['words about a header', '3.0.3', part('name', header({})), part('name', header({ description: 'A sum' })), []],
    ['Content-Type as a header', '3.0.3', {}, part('name', { headers: { 'content-type': { required: true } } }), []],
    ['headers in a form', '3.0.3', { type: urlencoded }, part('name', header({ required: true }), urlencoded), []],
    [
      'a part that is new comes with its encoding',
      '3.1.0',
      { schema: { type: 'object' } },
      part('file', { contentType: 'image/png' }),
      [
        'nonbreaking request-property-added',
        'nonbreaking request-property-added',
        'nonbreaking request-property-added',
        'nonbreaking request-property-added',
      ],
    ],
  ])('%s (%s)', (_edit, version, base, head, expected) => {
    expect(reported(version, 'request', base, head)).toEqual(expected)
  })
})

const response = ['breaking response-encoding-changed']
const list = { type: 'array', prefixItems: [{ type: 'string', format: 'binary' }], items: { type: 'object' } }
const mixed = (media: Record<string, unknown>): Body => ({ type: 'multipart/mixed', schema: list, media })
const png = { contentType: 'image/png' }
const gif = { contentType: 'image/gif' }

describe('responses and streams', () => {
  test.each<[string, Version, 'request' | 'response', Body, Body, string[]]>([
    ['responses have no encoding up to 3.1', '3.1.0', 'response', part('file', png), part('file', gif), []],
    ['responses have one in 3.2', '3.2.0', 'response', part('file', png), part('file', gif), response],
    ['a type more is returned', '3.2.0', 'response', part('file', png), part('file', { contentType: 'image/png, image/gif' }), response],
    [
      'a type less is returned',
      '3.2.0',
      'response',
      part('file', { contentType: 'image/png, image/gif' }),
      part('file', png),
      ['nonbreaking response-encoding-changed'],
    ],
    ['by position', '3.2.0', 'request', mixed({ prefixEncoding: [png] }), mixed({ prefixEncoding: [gif] }), changed],
    ['by position, before 3.2', '3.1.0', 'request', mixed({ prefixEncoding: [png] }), mixed({ prefixEncoding: [gif] }), []],
    ['all further items', '3.2.0', 'request', mixed({ itemEncoding: png }), mixed({ itemEncoding: gif }), changed],
    [
      'the default by position',
      '3.2.0',
      'request',
      mixed({}),
      mixed({ prefixEncoding: [{ contentType: 'application/octet-stream' }] }),
      [],
    ],
    [
      'items of a stream',
      '3.2.0',
      'response',
      { type: 'multipart/mixed', media: { itemSchema: { type: 'object' }, itemEncoding: png } },
      { type: 'multipart/mixed', media: { itemSchema: { type: 'object' }, itemEncoding: gif } },
      response,
    ],
    [
      'parts within parts',
      '3.2.0',
      'request',
      {
        schema: { type: 'object', properties: { meta: formSchema } },
        media: { encoding: { meta: { contentType: 'multipart/form-data', encoding: { file: png } } } },
      },
      {
        schema: { type: 'object', properties: { meta: formSchema } },
        media: { encoding: { meta: { contentType: 'multipart/form-data', encoding: { file: gif } } } },
      },
      changed,
    ],
  ])('%s (%s, %s)', (_edit, version, where, base, head, expected) => {
    expect(reported(version, where, base, head)).toEqual(expected)
  })
})

const swagger = (parameters: unknown[], consumes = urlencoded): unknown => ({
  swagger: '2.0',
  info: { title: 'T', version: '1' },
  paths: { '/x': { post: { consumes: [consumes], parameters, responses: { '204': { description: 'Done' } } } } },
})
const field = (more: Record<string, unknown>): unknown => ({
  name: 'tags',
  in: 'formData',
  type: 'array',
  items: { type: 'string' },
  ...more,
})
const plain = { name: 'name', in: 'formData', type: 'string' }

describe('Swagger 2.0', () => {
  test.each<[string, unknown, unknown, string[]]>([
    ['a field of a form', swagger([plain, field({})]), swagger([plain, field({ collectionFormat: 'pipes' })]), changed],
    ['the default, written down', swagger([plain, field({})]), swagger([plain, field({ collectionFormat: 'csv' })]), []],
    ['lists within lists', listed('csv'), listed('pipes'), ['breaking request-parameter-style-changed']],
    ['lists within lists, the default', listed(undefined), listed('csv'), []],
    ['lists within lists, in a header', returned('csv'), returned('pipes'), ['breaking response-header-style-changed']],
    ['lists within lists, in a form', swagger([nestedField('csv')]), swagger([nestedField('ssv')]), changed],
    [
      'another field than the first',
      swagger([plain, field({})]),
      swagger([plain, field({ items: { type: 'integer' } })]),
      ['breaking request-type-changed'],
    ],
  ])('%s', (_edit, base, head, expected) => {
    expect(changes(base, head).map((change) => `${change.class} ${change.rule}`)).toEqual(expected)
  })
})

function nested(collectionFormat: string | undefined): Record<string, unknown> {
  const items = { type: 'array', items: { type: 'string' }, ...(collectionFormat === undefined ? {} : { collectionFormat }) }
  return { type: 'array', items, collectionFormat: 'ssv' }
}

function nestedField(format: string): unknown {
  return { name: 'rows', in: 'formData', ...nested(format) }
}

function listed(format: string | undefined): unknown {
  const parameters = [{ name: 'rows', in: 'query', ...nested(format) }]
  return {
    swagger: '2.0',
    info: { title: 'T', version: '1' },
    paths: { '/x': { get: { parameters, responses: { '200': { description: 'Done' } } } } },
  }
}

function returned(format: string): unknown {
  const responses = { '200': { description: 'Done', headers: { 'X-Rows': nested(format) } } }
  return { swagger: '2.0', info: { title: 'T', version: '1' }, paths: { '/x': { get: { responses } } } }
}
