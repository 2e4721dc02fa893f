/** Bearer tokens of which nothing is said. */
import { securitySchemes } from '../collections.ts'
import { defineRule } from '../rule.ts'
import { textField } from '../../openapi/values.ts'

export const jwtDeclared = defineRule({
  id: 'jwt-declared',
  title: 'A bearer scheme does not say what its tokens are.',
  why: 'Whether the token is opaque or signed, where it comes from and how long it lives decides how clients and gateways must treat it (RFC 8725).',
  fix: 'Give the scheme a `bearerFormat`, or a `description` that says where tokens come from.',
  severity: 'notice',
  confidence: 'certain',
  category: 'API2:2023',
  cwe: 'CWE-1059',
  since: '0.1',
  given: securitySchemes,
  reports: ({ scheme, value, uses }) =>
    scheme.type === 'http' &&
    textField(value, 'scheme')?.toLowerCase() === 'bearer' &&
    textField(value, 'bearerFormat') === null &&
    textField(value, 'description') === null
      ? {
          at: scheme.node,
          message: `Security scheme \`${scheme.name}\` does not say what its bearer tokens are.`,
          uses,
          identity: { by: 'place', name: scheme.name, content: value },
        }
      : null,
})
