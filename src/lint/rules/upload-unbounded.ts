/** Uploads of any size. */
import { operations, wholeOperation } from '../collections.ts'
import { defineRule } from '../rule.ts'
import { named } from '../sentences.ts'
import { effectiveSchema } from '../effective-schema.ts'

export const uploadUnbounded = defineRule({
  id: 'upload-unbounded',
  title: 'An upload has no maximum size.',
  why: 'Whoever uploads without limit fills the disk and pays nothing for it.',
  fix: 'Give the body a `maxLength`, and document `413`.',
  severity: 'notice',
  confidence: 'likely',
  category: 'API4:2023',
  cwe: 'CWE-770',
  since: '0.1',
  given: operations,
  reports: (operation, described) => {
    const upload = operation.requestBody?.content.find(({ type }) =>
      /^(?:multipart\/form-data|application\/octet-stream|image\/|video\/|audio\/)/i.test(type),
    )
    if (upload === undefined || operation.responses.some(({ status }) => status === '413' || status === '4XX')) return null
    const bounded = upload.schema !== null && effectiveSchema(described.api, upload.schema).keywords['maxLength'] !== undefined
    if (bounded) return null
    return {
      at: operation.node,
      message: `${named(operation)} takes uploads and documents no maximum size.`,
      direction: 'request',
      uses: () => [wholeOperation(operation)],
      identity: { by: 'uses' },
    }
  },
})
