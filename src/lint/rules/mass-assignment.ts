/** Properties that decide about rights, which clients may set although the server answers for them. */
import { parameters, requestProperties, responseProperties } from '../collections.ts'
import type { ParameterSubject, PropertySubject } from '../collections.ts'
import type { Described } from '../described.ts'
import { collection } from '../described.ts'
import { defineRule } from '../rule.ts'
import type { Severity } from '../../model/finding.ts'
import type { Use } from '../rule.ts'
import { isForAdministrators, isOpen } from '../security.ts'
import { namedAll } from '../sentences.ts'
import { wordsOf } from '../../sensitive/words.ts'

export const massAssignment = defineRule({
  id: 'mass-assignment',
  title: 'A client may set a property that decides about rights or money.',
  why: 'Code that binds the whole body lets anybody make themselves an administrator or fill their account.',
  fix: 'Mark the property `readOnly: true`, or leave it out of the request schema; give administrators an operation of their own.',
  severity: 'notice',
  confidence: 'likely',
  category: 'API3:2023',
  cwe: 'CWE-915',
  since: '0.1',
  given: (described: Described): readonly Subject[] => [
    ...requestProperties(described),
    ...parameters(described).filter(({ parameter }) => parameter.in === 'query'),
  ],
  reports: (subject, described) => {
    const name = nameOf(subject)
    if (!isPrivileged(name)) return null
    const uses = subject.uses().filter((use) => isBound(use, name) && isReported(subject, use, described))
    if (uses.length === 0) return null
    const anybody = isRight(name) && uses.some(isSignUp)
    return {
      at: 'parameter' in subject ? subject.parameter.node : subject.node,
      message: (reached) => `Clients may set \`${name}\` with ${namedAll(reached)}.`,
      severity: severityOf(name, { anybody, purpose: uses.every(isAboutRights), comparing: described.settings.comparing }),
      direction: 'request',
      uses: () => uses,
      identity: { by: 'uses' },
    }
  },
})

/** Severe where the change adds a right or money; giving roles may be what the operation is for, which only a reader can tell. */
function severityOf(
  name: string,
  { anybody, purpose, comparing }: { readonly anybody: boolean; readonly purpose: boolean; readonly comparing: boolean },
): Severity {
  if (purpose) return 'notice'
  if (comparing) return isRight(name) || isMoney(name) ? 'error' : 'warning'
  return anybody ? 'warning' : 'notice'
}

/** Members, invitations, roles: to give rights is the purpose. */
function isAboutRights({ operation }: Use): boolean {
  return operation.path.split('/').some((segment) => wordsOf(segment).some((word) => assigning.has(word)))
}

const assigning = new Set(
  'member membership invite invitation collaborator role permission grant privilege access policy share sharing team group admin registry token acl binding'.split(
    ' ',
  ),
)

type Subject = PropertySubject | ParameterSubject

function nameOf(subject: Subject): string {
  return 'parameter' in subject ? subject.parameter.name : subject.name
}

/** What decides about rights; the rest decides about money and history. */
const rights = new Set(
  'role|role id|role name|user role|is admin|isadmin|admin|is superuser|is super admin|is staff|is root|superuser|permission|privilege|access level|user type|user level|is owner|is moderator'.split(
    '|',
  ),
)
const money = new Set(
  'balance|account balance|credit balance|current balance|wallet balance|available balance|available credit|credit limit'.split('|'),
)
const history = new Set(
  'is verified|verified|email verified|is email verified|kyc verified|is approved|approved|owner id|tenant id|created at|created by|updated at|password hash'.split(
    '|',
  ),
)

function isRight(name: string): boolean {
  return rights.has(wordsOf(name).join(' '))
}

function isMoney(name: string): boolean {
  return money.has(wordsOf(name).join(' '))
}

function isPrivileged(name: string): boolean {
  return isRight(name) || isMoney(name) || history.has(wordsOf(name).join(' '))
}

/** In the address, directly in the body, or in the object that many frameworks wrap it in: `{ user: { role } }`. */
function isBound({ trail }: Use, name: string): boolean {
  if (trail === `query ${name}` || trail === `.${name}`) return true
  return trail.endsWith(`.${name}`) && wrappers.test(trail.slice(0, -name.length - 1))
}

const wrappers = /^\.(?:user|account|profile|member|customer|employee|person|attributes|data\.attributes|input|payload)$/i

/** A write by somebody who is no administrator, of what the server answers for: it returns it, or rights that a stranger signs up with. */
function isReported(subject: Subject, use: Use, described: Described): boolean {
  if (!/^(?:POST|PUT|PATCH)$/.test(use.operation.method) || isForAdministrators(use.operation) || isSignIn(use)) return false
  const name = nameOf(subject)
  if (isReturned(name, use, described)) return true
  if (isRight(name) && isSignUp(use)) return true
  return !('parameter' in subject) && (isRight(name) || isMoney(name)) && returned(described)[0]?.has(placeOf(subject)) === true
}

/** Somebody who has no account yet. */
function isSignUp({ operation }: Use): boolean {
  return isOpen(operation) && /(?:register|registration|sign-?up)(?:\/|$)/i.test(operation.path)
}

/** Nothing is stored there. */
function isSignIn({ operation }: Use): boolean {
  return /(?:login|logon|sign-?in|authenticate|token)\/?$/i.test(operation.path)
}

/** Collection and item are one resource: the path without its last parameter. */
function resourceOf(path: string): string {
  return path.replace(/\/\{[^{}]*\}\/?$/, '')
}

function placeOf({ node }: PropertySubject): string {
  return `${node.file}#${node.pointer}`
}

/** `<resource> <property>` of everything that is returned, and where each such property is declared: the same schema may be in a request too. */
const returned: (described: Described) => readonly ReadonlySet<string>[] = collection((described) => [
  new Set(
    responseProperties(described)
      .filter((property) => isPrivileged(property.name))
      .flatMap((property) => [placeOf(property), ...property.uses().map((use) => `${resourceOf(use.operation.path)} ${property.name}`)]),
  ),
])

function isReturned(name: string, use: Use, described: Described): boolean {
  return returned(described)[0]?.has(`${resourceOf(use.operation.path)} ${name}`) === true
}
