/** Decisions for the ledger's tests: the simplest valid one, and what differs. */
import type { DecisionContent } from '../../src/server/ledger-entry.ts'

export function decision(change: Partial<DecisionContent> = {}): DecisionContent {
  return {
    installation: 5,
    repository: { id: 77, owner: 'acme', name: 'shop' },
    number: 1,
    commits: { base: 'b'.repeat(40), mergeBase: 'b'.repeat(40), head: 'a'.repeat(40) },
    author: 'ana',
    delivery: 'd-1',
    reason: 'pull_request.opened',
    policy: { mode: 'enforce', sources: ['acme/shop@bbbbbbb'] },
    verdict: { review: 'success', approval: 'success' },
    status: 'approved',
    rules: [
      {
        rule: 'no secrets without an owner',
        from: 'repository',
        mode: 'enforce',
        status: 'approved',
        selected: ['f1'],
        requirements: [{ from: '@acme/api-owners', needed: 1, satisfied: true, approvals: [{ login: 'mia', commit: 'a'.repeat(40) }] }],
      },
    ],
    waivers: [],
    denied: [],
    reaches: [['GET /users/{id}', 'GET /users']],
    findings: [
      {
        rule: 'response-property-added',
        severity: 'error',
        message: 'Schema `User` now returns the property `passwordHash`.',
        api: 'shop',
        file: 'openapi.yaml',
        pointer: '/components/schemas/User/properties/passwordHash',
        operation: null,
        reach: 0,
        fingerprint: 'f1',
        digest: 'd1',
        blocking: false,
        settled: 'approved',
      },
    ],
    omitted: 0,
    ...change,
  }
}
