/** Who a policy, a CODEOWNERS line or an `x-owner` names: people, teams, roles, or a word that is resolved for each finding. */

export type Role = 'admin' | 'maintain' | 'write'

export type Principal =
  | { readonly kind: 'user'; readonly login: string }
  | { readonly kind: 'team'; readonly organisation: string; readonly slug: string }
  | { readonly kind: 'role'; readonly role: Role }
  | { readonly kind: 'owners' | 'product-owner' | 'anyone' }
  /** Something that names nobody GitHub knows; kept, so that it is reported and never silently dropped. */
  | { readonly kind: 'unknown'; readonly text: string }

/** What a policy may write where a principal belongs. Logins: GitHub's rules (`_` in those of managed users), `[bot]` for apps. */
export const principalFormat =
  /^(?:@[A-Za-z0-9][A-Za-z0-9_-]{0,99}(?:\[bot\])?|@[A-Za-z0-9][A-Za-z0-9_-]{0,99}\/[A-Za-z0-9._-]{1,100}|role:(?:admin|maintain|write)|owners|product-owner|anyone)$/

/** Reads a principal of a policy. Anything else is `unknown`. */
export function readPrincipal(text: string): Principal {
  const name = text.startsWith('@') ? text.slice(1) : ''
  const slash = name.indexOf('/')
  if (!principalFormat.test(text) && !isLooseName(text)) return { kind: 'unknown', text }
  if (slash > 0) return { kind: 'team', organisation: name.slice(0, slash), slug: name.slice(slash + 1) }
  if (name !== '') return { kind: 'user', login: name }
  return readWord(text)
}

/** CODEOWNERS allows `_` in logins of managed users (`ada_acme`). */
function isLooseName(text: string): boolean {
  return text.length <= 200 && /^@[A-Za-z0-9_-]+(?:\[bot\])?(?:\/[A-Za-z0-9._-]+)?$/.test(text)
}

function readWord(text: string): Principal {
  switch (text) {
    case 'owners':
    case 'product-owner':
    case 'anyone':
      return { kind: text }
    case 'role:admin':
      return { kind: 'role', role: 'admin' }
    case 'role:maintain':
      return { kind: 'role', role: 'maintain' }
    case 'role:write':
      return { kind: 'role', role: 'write' }
    default:
      return { kind: 'unknown', text }
  }
}

/**
 * Reads an owner as people write it in `x-owner` or in a Backstage catalog: `@org/team`, `org/team`, `@user`, `group:team`,
 * `team:team`, `user:login`, or a bare team name of the organisation. Backstage entity references may carry a namespace
 * (`group:default/payments`), which GitHub does not know and which is left out.
 */
export function readWrittenOwner(text: string, organisation: string): Principal {
  const written = text.trim()
  const reference = /^(group|team|user):(?:[A-Za-z0-9._-]{1,63}\/)?([A-Za-z0-9._-]{1,100})$/i.exec(written)
  if (reference !== null) return referenced(reference[1] ?? '', reference[2] ?? '', organisation)
  if (written.startsWith('@')) return readPrincipal(written)
  if (/^[A-Za-z0-9-]{1,39}\/[A-Za-z0-9._-]{1,100}$/.test(written)) return readPrincipal(`@${written}`)
  if (/^[A-Za-z0-9][A-Za-z0-9._-]{0,99}$/.test(written) && organisation !== '') return readPrincipal(`@${organisation}/${written}`)
  return { kind: 'unknown', text: written }
}

function referenced(kind: string, name: string, organisation: string): Principal {
  if (kind.toLowerCase() === 'user') return readPrincipal(`@${name}`)
  return organisation === '' ? { kind: 'unknown', text: `${kind}:${name}` } : readPrincipal(`@${organisation}/${name}`)
}

/** The principal as it is written in a policy. */
export function writePrincipal(principal: Principal): string {
  switch (principal.kind) {
    case 'user':
      return `@${principal.login}`
    case 'team':
      return `@${principal.organisation}/${principal.slug}`
    case 'role':
      return `role:${principal.role}`
    case 'unknown':
      return principal.text
    case 'owners':
    case 'product-owner':
    case 'anyone':
      return principal.kind
  }
}

/** GitHub's names do not distinguish case: the key of teams and permissions in the facts. */
export function principalKey(principal: Principal): string {
  return writePrincipal(principal).toLowerCase()
}
