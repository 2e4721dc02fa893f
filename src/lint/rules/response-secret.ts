/** Credentials in what clients receive. Silent where handing one out is the point: signing in, creating a key. */
import { wordsOf } from '../../sensitive/words.ts'
import type { SensitiveName } from '../../sensitive/sensitivity.ts'
import { responseProperties } from '../collections.ts'
import type { PropertySubject } from '../collections.ts'
import { takesCredential } from '../credential-parameters.ts'
import type { Described } from '../described.ts'
import { defineRule } from '../rule.ts'
import type { Use } from '../rule.ts'
import { isOpen, isWrite } from '../security.ts'
import { isPublicByNature } from '../../sensitive/public-operations.ts'
import { namedAll } from '../sentences.ts'

export const responseSecret = defineRule({
  id: 'response-secret',
  title: 'A response returns a secret.',
  why: 'A password hash can be cracked offline; a second-factor seed, backup code or reset token takes over the account. Once returned, it is in every cache, log and client.',
  fix: 'Remove the property from the response schema, or mark it `writeOnly: true` when the schema is shared with a request.',
  severity: 'error',
  confidence: 'likely',
  category: 'API3:2023',
  cwe: 'CWE-522',
  since: '0.1',
  given: responseProperties,
  reports: (property, described) => {
    const { sensitive } = property
    if (sensitive === null || !isSecret(sensitive)) return null
    const uses = answered(property).filter((use) => !isExpected(sensitive, { name: property.name, use, described }))
    if (uses.length === 0) return null
    const severe = uses.some(
      (use) =>
        handsToAnybody(use, described) || (sensitive.returned === 'never' && (!revealsOnce(property.name, use) || resetsForAnybody(use))),
    )
    return {
      at: property.node,
      message: (named) => `\`${property.name}\` ${reason(sensitive)} and is returned by ${namedAll(named)}.`,
      severity: severe ? 'error' : 'warning',
      confidence: sensitive.because === 'name' ? 'likely' : 'certain',
      direction: 'response',
      sensitivity: [sensitive.sensitivity],
      uses: () => uses,
      identity: { by: 'uses' },
    }
  },
})

function isSecret({ sensitivity, returned }: SensitiveName): boolean {
  return sensitivity === 'credential' || sensitivity === 'token' || (sensitivity === 'financial' && returned === 'never')
}

function reason({ sensitivity, because }: SensitiveName): string {
  const kind =
    sensitivity === 'token'
      ? 'a token that grants access'
      : sensitivity === 'financial'
        ? 'card data that must not even be stored'
        : 'a credential'
  return because === 'name' ? `looks like ${kind}` : `is marked as ${kind} by its ${because}`
}

/** Uses in answers that carry data: success, redirection, `default`, and what we send to webhooks. */
function answered(property: PropertySubject): readonly Use[] {
  return property.uses().filter(({ status }) => status === null || status === 'default' || /^[23]/.test(status))
}

interface Returning {
  readonly name: string
  readonly use: Use
  readonly described: Described
}

/** Tokens where clients sign in, and keys where they are made, are what the operation is for. */
function isExpected(sensitive: SensitiveName, { name, use, described }: Returning): boolean {
  if (isOpenRead(use, described)) return sensitive.returned === 'sign-in' && isPublicByNature(use.operation)
  if (sensitive.returned === 'sign-in') return isWrite(use.operation) || isPublicByNature(use.operation) || speaksOf(use, keeping)
  return sensitive.returned === 'once' && (revealsOnce(name, use) || speaksOf(use, keeping))
}

function isOpenRead({ operation }: Use, { api }: Described): boolean {
  return operation.kind === 'operation' && isOpen(operation) && !takesCredential(api, operation) && !isWrite(operation)
}

/** Anybody reads it, in a description where reading otherwise takes a credential. */
function handsToAnybody(use: Use, described: Described): boolean {
  return described.protection === 'some' && isOpenRead(use, described) && !isPublicByNature(use.operation)
}

/** The code that proves who owns the account, given to whoever asks for a new password. */
function resetsForAnybody({ operation }: Use): boolean {
  return operation.kind === 'operation' && isOpen(operation) && /reset|forg[eo]t|recover|resend|otp/i.test(operation.path)
}

const making = new Set(
  'create new add issue generate regenerate rotate reset enrol enroll setup enable provision register renew roll mint exchange rekey'.split(
    ' ',
  ),
)
const renewing = new Set('generate regenerate rotate reset renew roll'.split(' '))
const keeping = new Set('key token credential secret password login auth session apikey'.split(' '))
/** Collections that a second factor is added to by a POST. */
const enrolling = new Set(['factor', 'authenticator', 'totp', 'mfa', '2fa'])
const generatedPassword = new Set('temporary temp initial root generated default admin new'.split(' '))

/** A write that makes or renews the secret shows it this one time. A password is only shown when the server made it up. */
function revealsOnce(name: string, use: Use): boolean {
  if (!isWrite(use.operation)) return false
  const words = wordsOf(name)
  if (!words.some((word) => /^(?:password|passwd|pwd|passphrase|salt)$/.test(word)))
    return speaksOf(use, making) || endsIn(use, keeping) || endsIn(use, enrolling)
  return speaksOf(use, renewing) || (speaksOf(use, making) && words.some((word) => generatedPassword.has(word)))
}

function speaksOf(use: Use, words: ReadonlySet<string>): boolean {
  const { operation } = use
  return [...wordsOf(operation.operationId ?? ''), ...lastSegments(operation.path)].some((word) => words.has(word))
}

function endsIn(use: Use, words: ReadonlySet<string>): boolean {
  return lastSegments(use.operation.path)
    .slice(-2)
    .some((word) => words.has(word))
}

/** Words of the last two fixed segments. */
function lastSegments(path: string): readonly string[] {
  return path
    .split('/')
    .filter((segment) => segment !== '' && !segment.startsWith('{'))
    .slice(-2)
    .flatMap(wordsOf)
}
