/** Deprecated operations without an end. */
import { operations, wholeOperation } from '../collections.ts'
import { defineRule } from '../rule.ts'
import { named } from '../sentences.ts'
import { field, textField } from '../../openapi/values.ts'

export const deprecatedNoSunset = defineRule({
  id: 'deprecated-no-sunset',
  title: 'A deprecated operation has no end date.',
  why: 'What nobody plans to switch off stays, unpatched and unwatched.',
  fix: 'Add `x-sunset` with a date, a `Sunset` header (RFC 8594), or a date in the description.',
  severity: 'notice',
  confidence: 'certain',
  category: 'API9:2023',
  cwe: 'CWE-1059',
  since: '0.1',
  given: operations,
  reports: (operation) => {
    if (!operation.deprecated) return null
    const headers = operation.responses.some((response) => response.headers.some((header) => header.name.toLowerCase() === 'sunset'))
    const dated = /\b20\d\d\b/.test(textField(operation.node.value, 'description') ?? '')
    if (
      headers ||
      dated ||
      ['x-sunset', 'x-sunset-date', 'x-deprecation-date', 'x-removal-date'].some((key) => field(operation.node.value, key) !== undefined)
    )
      return null
    return {
      at: operation.node,
      message: `${named(operation)} is deprecated, and nothing says until when it works.`,

      uses: () => [wholeOperation(operation)],
      identity: { by: 'uses' },
    }
  },
})
