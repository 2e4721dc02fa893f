/** Operations that believe the client who it is. */
import { parameters, requestProperties } from '../collections.ts'
import type { ParameterSubject, PropertySubject } from '../collections.ts'
import type { Described } from '../described.ts'
import { defineRule } from '../rule.ts'
import { isAdministrative, isOpen, isWrite } from '../security.ts'
import { namedAll } from '../sentences.ts'
import { wordsOf } from '../../sensitive/words.ts'
import { rawOperations } from '../../openapi/operations.ts'
import type { Operation } from '../../openapi/types.ts'

export const bolaOwnerFromClient = defineRule({
  id: 'bola-owner-from-client',
  title: 'A client says for whom it acts, although its token does.',
  why: 'Where the server believes the identifier in the request, anybody acts for anybody.',
  fix: 'Take the user from the token; keep the identifier only where acting for others is the point, and check it.',
  severity: 'notice',
  confidence: 'likely',
  category: 'API1:2023',
  cwe: 'CWE-639',
  since: '0.1',
  given: (described: Described): readonly (ParameterSubject | PropertySubject)[] =>
    knowsCaller(described) ? [...parameters(described), ...requestProperties(described)] : [],
  reports: (subject) => {
    const name = 'parameter' in subject ? subject.parameter.name : subject.name
    if (('parameter' in subject && subject.parameter.in !== 'query') || !ownerNames.has(wordsOf(name).join(' '))) return null
    const uses = subject.uses().filter((use) => isOwn(use.operation) && (use.trail === `query ${name}` || use.trail === `.${name}`))
    if (uses.length === 0) return null
    return {
      at: 'parameter' in subject ? subject.parameter.node : subject.node,
      message: (reached) => `${namedAll(reached)} takes \`${name}\` from the client, although the caller is known by the token.`,
      direction: 'request',
      uses: () => uses,
      identity: { by: 'uses' },
    }
  },
})

const ownerNames = new Set(['user id', 'account id', 'owner id', 'customer id'])

/** The API knows who is calling: some path is about `me`. */
function knowsCaller({ api }: Described): boolean {
  return rawOperations(api).some(({ key }) => /\/(?:me|self|current[-_]?user)(?:\/|$)/i.test(key.path))
}

function isOwn(operation: Operation): boolean {
  return isWrite(operation) && !isOpen(operation) && !isAdministrative(operation.path)
}
