/** Credentials described as ordinary parameters, where no tool can see that they are what lets a caller in. */
import { operations, wholeOperation } from '../collections.ts'
import type { Described } from '../described.ts'
import { defineRule } from '../rule.ts'
import { credentialParameters } from '../credential-parameters.ts'
import type { CredentialParameter } from '../credential-parameters.ts'
import { isOpen } from '../security.ts'
import { namedAll } from '../sentences.ts'
import type { Operation } from '../../openapi/types.ts'

interface Subject {
  readonly parameter: CredentialParameter
  readonly operations: readonly Operation[]
}

export const credentialParameter = defineRule({
  id: 'credential-parameter',
  title: 'A credential is described as an ordinary parameter.',
  why: 'Nothing then says that a caller must be known: generated servers, gateways and tests take the operation for public, and OpenAPI tells tools to ignore a header parameter named `Authorization`.',
  fix: 'Describe it as a security scheme (`type: http`, `scheme: bearer`, or `type: apiKey`), and require that with `security`.',
  severity: 'warning',
  confidence: 'likely',
  category: 'API2:2023',
  cwe: 'CWE-287',
  since: '0.1',
  given: subjects,
  reports: ({ parameter, operations: taking }) => ({
    at: parameter.node,
    message: (uses) =>
      `Header \`${parameter.name}\` is the only credential of ${namedAll(uses)} and is described as an ordinary parameter.`,
    direction: 'request',
    sensitivity: ['credential'],
    uses: () => taking.map(wholeOperation),
    identity: { by: 'uses' },
  }),
})

/** One subject for each name: where one operation writes its credential so, all do. */
function subjects(described: Described): readonly Subject[] {
  const byName = new Map<string, { readonly parameter: CredentialParameter; readonly operations: Operation[] }>()
  for (const operation of operations(described)) {
    if (!isOpen(operation)) continue
    for (const parameter of credentialParameters(described.api, operation)) {
      const name = parameter.name.toLowerCase()
      const known = byName.get(name)
      if (known === undefined) byName.set(name, { parameter, operations: [operation] })
      else known.operations.push(operation)
    }
  }
  return [...byName.values()]
}
