/** Operations that anybody may call. One finding for a description that protects nothing, one an operation where only some are open. */
import { descriptions, operations, securitySchemes, wholeOperation } from '../collections.ts'
import { takesCredential } from '../credential-parameters.ts'
import type { Described } from '../described.ts'
import { defineRule } from '../rule.ts'
import type { Hit } from '../rule.ts'
import { isCoveredBy, isForAdministrators, isOpen, isOpenOnPurpose, isOperational, isWrite } from '../security.ts'
import { isPublicByNature } from '../../sensitive/public-operations.ts'
import { named } from '../sentences.ts'
import type { Operation } from '../../openapi/types.ts'

export const operationUnprotected = defineRule({
  id: 'operation-unprotected',
  title: 'An operation requires no authentication.',
  why: 'Anybody who finds the address can call it. Forgotten authentication is the most frequent cause of leaked customer data.',
  fix: 'Add a `security` requirement to the operation or to the document. Write `security: []` where a read is public on purpose.',
  severity: 'error',
  confidence: 'likely',
  category: 'API2:2023',
  cwe: 'CWE-306',
  since: '0.1',
  given: (described: Described): readonly (Operation | 'nothing')[] => {
    if (described.protection === 'none') return ['nothing']
    return operations(described).filter(
      (operation) => isOpen(operation) && !isSaidOtherwise(operation, described) && !isAllowed(operation, described),
    )
  },
  reports: (subject, described) => (subject === 'nothing' ? aboutAll(described) : aboutOne(subject)),
})

/** Administration has a rule of its own, and so have credentials that are written as parameters. */
function isSaidOtherwise(operation: Operation, { api }: Described): boolean {
  return isForAdministrators(operation) || isOperational(operation.path) || takesCredential(api, operation)
}

function isAllowed(operation: Operation, { settings }: Described): boolean {
  return (
    isPublicByNature(operation) || isCoveredBy(settings.publicPaths, operation.path) || (!isWrite(operation) && isOpenOnPurpose(operation))
  )
}

function aboutAll(described: Described): Hit {
  const [root] = descriptions(described)
  const written =
    securitySchemes(described).length === 0 ? 'declares no security scheme' : 'declares security schemes and requires none of them'
  return {
    at: { file: described.api.path, pointer: described.api.root['paths'] === undefined ? '' : '/paths', value: root?.value },
    message: `The description ${written}, so nothing says how callers of its operations authenticate.`,
    identity: { by: 'place', name: 'document' },
  }
}

function aboutOne(operation: Operation): Hit {
  const write = isWrite(operation)
  const how = operation.security.length === 0 ? 'requires no authentication' : 'may be called without authentication'
  return {
    at: operation.node,
    message: `${named(operation)} ${how}${write ? ' and changes data' : ''}.`,
    severity: write ? 'error' : 'warning',
    uses: () => [wholeOperation(operation)],
    identity: { by: 'uses' },
  }
}
