/** Any site may read answers that need credentials. */
import { operations, wholeOperation } from '../collections.ts'
import { defineRule } from '../rule.ts'
import { named } from '../sentences.ts'
import { effectiveSchema } from '../effective-schema.ts'
import { schemesOf } from '../security.ts'
import { field, listField, textField } from '../../openapi/values.ts'
import type { Described } from '../described.ts'
import type { Header, Response } from '../../openapi/types.ts'

export const corsWildcard = defineRule({
  id: 'cors-wildcard',
  title: 'Any site may read answers together with the user’s credentials.',
  why: 'A page of another site reads the signed-in user’s data.',
  fix: 'Name the allowed origins instead of `*`, or leave out `Access-Control-Allow-Credentials`.',
  severity: 'warning',
  confidence: 'likely',
  category: 'API8:2023',
  cwe: 'CWE-942',
  since: '0.1',
  given: operations,
  reports: (operation, described) => {
    const byCookie = schemesOf(operation).some(({ type, node }) => type === 'apiKey' && textField(node.value, 'in') === 'cookie')
    const wide = operation.responses.find(
      (response) =>
        says(response, { name: 'access-control-allow-origin', value: '*' }, described) &&
        (byCookie || says(response, { name: 'access-control-allow-credentials', value: 'true' }, described)),
    )
    if (wide === undefined) return null
    return {
      at: operation.node,
      message: `${named(operation)} lets any site read its answer with the user\u2019s credentials.`,
      direction: 'response',
      uses: () => [wholeOperation(operation)],
      identity: { by: 'uses' },
    }
  },
})

function says(response: Response, wanted: { readonly name: string; readonly value: string }, described: Described): boolean {
  return response.headers.some((header) => header.name.toLowerCase() === wanted.name && valuesOf(header, described).includes(wanted.value))
}

/** What the header is known to hold: example, default, const and enum. */
function valuesOf(header: Header, { api }: Described): readonly string[] {
  const keywords = header.schema === null ? {} : effectiveSchema(api, header.schema).keywords
  const written = ['example', 'default', 'const'].map((keyword) => field(keywords, keyword))
  return [field(header.node.value, 'example'), ...written, ...listField(keywords, 'enum')].map((value) => String(value))
}
