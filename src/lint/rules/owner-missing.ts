/** Descriptions that nobody answers for. */
import { descriptions } from '../collections.ts'
import { defineRule } from '../rule.ts'
import { field } from '../../openapi/values.ts'

/** Extensions that name an owner, at the root or in `info`. */
const ownerKeys = [
  'x-owner',
  'x-owners',
  'x-api-owner',
  'x-team',
  'x-maintainer',
  'x-maintainers',
  'x-contact',
  'x-audience-owner',
  'x-product-owner',
]

export const ownerMissing = defineRule({
  id: 'owner-missing',
  title: 'Nobody is named as the owner of the API.',
  why: 'An API that nobody answers for is neither patched nor retired, and nobody is asked when it changes.',
  fix: 'Give `info.contact` an `email` or `url`, or name the team with `x-owner`, in the policy or in CODEOWNERS.',
  severity: 'error',
  confidence: 'certain',
  category: 'API9:2023',
  cwe: 'CWE-1059',
  since: '0.1',
  given: descriptions,
  reports: ({ file, value }, { settings }) => {
    const info = field(value, 'info')
    if (settings.owned || hasContact(info) || ownerKeys.some((key) => isWritten(field(value, key)) || isWritten(field(info, key))))
      return null
    return {
      at: info === undefined ? { file, pointer: '', value } : { file, pointer: '/info', value: info },
      message:
        'The description names no owner: neither `info.contact` with an e-mail or address, nor `x-owner`, nor an owner in the policy or CODEOWNERS.',
      identity: { by: 'place', name: 'document' },
    }
  },
})

function hasContact(info: unknown): boolean {
  const contact = field(info, 'contact')
  return isWritten(field(contact, 'email')) || isWritten(field(contact, 'url'))
}

function isWritten(value: unknown): boolean {
  return typeof value === 'string' ? value.trim() !== '' : typeof value === 'object' && value !== null && Object.keys(value).length > 0
}
