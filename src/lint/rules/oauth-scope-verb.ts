/** Writes that ask only for scopes to read. */
import { operations, wholeOperation } from '../collections.ts'
import { defineRule } from '../rule.ts'
import { named } from '../sentences.ts'
import { isWrite } from '../security.ts'
import { listed } from '../sentences.ts'
import { wordsOf } from '../../sensitive/words.ts'

export const oauthScopeVerb = defineRule({
  id: 'oauth-scope-verb',
  title: 'A write requires only scopes for reading.',
  why: 'People who agreed to let an application read find that it changed or deleted their data.',
  fix: 'Require a scope for writing.',
  severity: 'notice',
  confidence: 'likely',
  category: 'API5:2023',
  cwe: 'CWE-285',
  since: '0.1',
  given: operations,
  reports: (operation) => {
    if (!isWrite(operation) || /(?:search|query|lookup|filter|validate|count|export|report|batch[-_]?get)/i.test(operation.path))
      return null
    const scopes = operation.security.flatMap((demands) => demands.flatMap((demand) => demand.scopes))
    if (scopes.length === 0 || !scopes.every(onlyReads)) return null
    return {
      at: operation.node,
      message: `${named(operation)} changes data and requires only ${listed([...new Set(scopes)])}.`,

      uses: () => [wholeOperation(operation)],
      identity: { by: 'uses' },
    }
  },
})

function onlyReads(scope: string): boolean {
  return /^(?:read|readonly|view|list)$/.test(wordsOf(scope).at(-1) ?? '')
}
