/** The states of a pull request that the golden files show, each as the simplest review that has it. */
import { assembleReview } from '../../src/review/assemble.ts'
import type { ApiOfFinding } from '../../src/review/judge.ts'
import type { Review } from '../../src/model/review.ts'
import { apiInput, assembleInput } from '../review/inputs.ts'
import {
  changedFile,
  commits,
  decision,
  diffSummary,
  finding,
  fingerprint,
  lintFinding,
  operation,
  operations,
  place,
  problem,
  requirement,
  ruleOutcome,
} from '../builders.ts'

export const removedTotal: ApiOfFinding = { ...finding(), api: 'orders' }

export const leakedHash: ApiOfFinding = {
  ...finding({
    rule: 'response-property-added',
    confidence: 'likely',
    category: 'API3:2023',
    cwe: 'CWE-522',
    message: '`GET /users/{id}` now returns `passwordHash`, which looks like a credential.',
    why: 'A hash can be cracked offline; no client needs it.',
    fix: 'Remove the property from the response, or mark it `writeOnly: true`.',
    place: place({
      file: 'specs/users.yaml',
      pointer: '/components/schemas/UserView/properties/passwordHash',
      line: 88,
      column: 9,
      endLine: 90,
    }),
    operation: operation('GET /users/{id}'),
    reaches: operations('GET /users/{id}'),
    component: 'schemas/UserView',
    sensitivity: ['credential'],
    class: 'nonbreaking',
    security: 'exposure',
    fingerprint: fingerprint('b02f11'),
    suggestion: ['        passwordHash:', '          writeOnly: true'],
  }),
  api: 'users',
}

export const lostAuthentication: ApiOfFinding = {
  ...finding({
    rule: 'operation-security-weakened',
    category: 'API2:2023',
    cwe: 'CWE-306',
    message: '`GET /users/{id}` asked for `oauth2: users:read` and now asks for nothing.',
    why: 'Callers get in who were kept out before.',
    fix: 'Keep the requirement, or have the owner of the data agree that it may go.',
    place: place({ file: 'specs/users.yaml', pointer: '/paths/~1users~1{id}/get', line: 31, column: 5 }),
    operation: operation('GET /users/{id}'),
    reaches: operations('GET /users/{id}'),
    component: null,
    direction: 'request',
    class: 'nonbreaking',
    security: 'weakening',
    fingerprint: fingerprint('e9d340'),
  }),
  api: 'users',
}

const users = apiInput({
  id: 'users',
  path: 'specs/users.yaml',
  title: 'Users',
  version: { base: '2.0.0', head: '2.1.0' },
  summary: diffSummary({ nonbreaking: 2, exposure: 1, weakening: 1 }),
  existing: 9,
})

export const stories: Readonly<Record<string, () => Review>> = {
  'no API changed': () => assembleReview(assembleInput({ apis: [], changedFiles: [changedFile({ path: 'src/app.ts' })] })),

  'all green': () =>
    assembleReview(
      assembleInput({
        apis: [
          apiInput({
            existing: 14,
            summary: diffSummary({ nonbreaking: 3, operations: { base: 3, head: 5, compared: 3 } }),
            changes: [
              { class: 'nonbreaking', message: '`GET /orders/{id}/events` was added.' },
              { class: 'nonbreaking', message: '`HEAD /orders/{id}` was added.' },
              { class: 'nonbreaking', message: 'The response of `GET /orders/{id}` gains the optional property `etaMinutes`.' },
            ],
          }),
        ],
      }),
    ),

  'a break a leak and a lost lock': () =>
    assembleReview(
      assembleInput({
        apis: [apiInput({ existing: 5, summary: diffSummary({ breaking: 1 }) }), users],
        findings: [removedTotal, leakedHash, lostAuthentication],
        decision: spoutibleDecision,
      }),
    ),

  'the same under advice': () =>
    assembleReview(
      assembleInput({
        apis: [apiInput({ existing: 5, summary: diffSummary({ breaking: 1 }) }), users],
        findings: [removedTotal, leakedHash, lostAuthentication],
        decision: {
          ...spoutibleDecision,
          mode: 'advise',
          denied: [],
          rules: spoutibleDecision.rules.map((rule) => ({ ...rule, mode: 'advise' as const })),
        },
        policy: { mode: 'advise', sources: ['built-in'] },
      }),
    ),

  'the pull request breaks the policy file': () =>
    assembleReview(
      assembleInput({
        apis: [],
        changedFiles: [changedFile({ path: '.github/specgate.yml' })],
        decision: decision({
          problems: [
            problem({
              file: '.github/specgate.yml',
              pointer: '/aproval_rules',
              line: 12,
              column: 1,
              kind: 'policy',
              message: 'The key `aproval_rules` is not known; did you mean `approval_rules`?',
              side: 'head',
            }),
          ],
        }),
      }),
    ),

  'the policy on base is broken': () =>
    assembleReview(
      assembleInput({
        decision: decision({
          problems: [
            problem({
              file: '.github/specgate.yml',
              line: 3,
              column: 1,
              kind: 'policy',
              message: 'The key `rulez` is not known; did you mean `rules`?',
              side: 'base',
            }),
          ],
        }),
      }),
    ),

  'a description cannot be read': () =>
    assembleReview(
      assembleInput({
        apis: [
          apiInput({
            state: 'not-evaluated',
            version: { base: '1.8.0', head: null },
            problems: [problem({ message: 'Bad indentation of a mapping entry.' })],
          }),
          { ...users, summary: diffSummary(), existing: 0 },
        ],
      }),
    ),

  'three hundred findings': () =>
    assembleReview(
      assembleInput({
        apis: [
          apiInput({
            id: 'partner',
            path: 'specs/partner.yaml',
            state: 'added',
            version: { base: null, head: '1.0.0' },
            summary: diffSummary({ nonbreaking: 1, exposure: 1 }),
          }),
        ],
        findings: threeHundred(),
        changedFiles: [changedFile({ path: 'specs/partner.yaml', status: 'added' })],
      }),
    ),

  'an API is removed': () =>
    assembleReview(
      assembleInput({
        apis: [
          apiInput({
            id: 'partner',
            path: 'specs/partner.yaml',
            state: 'removed',
            version: { base: '3.2.0', head: null },
            summary: diffSummary({ breaking: 1, operations: { base: 23, head: 0, compared: 0 } }),
          }),
        ],
        findings: [removedApi],
        changedFiles: [changedFile({ path: 'specs/partner.yaml', status: 'removed', headLines: [] })],
        decision: decision({
          status: 'waiting',
          askForReview: ['@acme/api-owners'],
          rules: [ruleOutcome({ rule: 'removal needs an owner', selected: [fingerprint('51d0e2')] })],
        }),
      }),
    ),

  'waived and approved': () =>
    assembleReview(
      assembleInput({
        apis: [apiInput({ summary: diffSummary({ breaking: 2 }) })],
        findings: [
          removedTotal,
          { ...removedTotal, fingerprint: fingerprint('aa11bb'), message: 'Removed response property `vat`.', place: place({ line: 230 }) },
        ],
        decision: decision({
          status: 'approved',
          waived: {
            [fingerprint('aa11bb')]: {
              id: 'W-7',
              reason: 'Never filled in production, checked in the logs of 2025.',
              grantedBy: 'kim',
              expires: '2027-03-01',
            },
          },
          approved: [fingerprint('7c1e9a')],
          rules: [
            ruleOutcome({
              status: 'approved',
              because: ['`@mia` approved for `@acme/api-owners`.'],
              requirements: [requirement({ approvals: [{ login: 'mia', commit: commits.head }], candidates: [], satisfied: true })],
            }),
          ],
        }),
      }),
    ),
}

const spoutibleDecision = decision({
  status: 'blocked',
  denied: [fingerprint('b02f11')],
  askForReview: ['@acme/api-owners'],
  rules: [
    ruleOutcome({
      rule: 'no-public-secrets',
      from: 'organisation',
      status: 'denied',
      selected: [fingerprint('b02f11')],
      because: ['It selects 1 finding, and no waiver lifts it.'],
      requirements: [],
      why: 'Secrets in responses have cost us a breach.',
    }),
    ruleOutcome({
      rule: 'breaking changes need an API owner',
      because: ['1 of `@acme/api-owners` must approve, and not `@ana`, who wrote the change.'],
    }),
    ruleOutcome({
      rule: 'weaker security needs AppSec',
      selected: [fingerprint('e9d340')],
      because: ['1 more of `@acme/appsec` must approve.'],
      requirements: [
        requirement({ from: '@acme/appsec', needed: 2, approvals: [{ login: 'kim', commit: commits.head }], candidates: ['lea'] }),
      ],
    }),
  ],
})

const removedApi: ApiOfFinding = {
  ...finding({
    rule: 'api-removed',
    message: 'The API `partner` was removed with 23 operations.',
    why: 'Every client of the API loses it, or at least its description.',
    fix: 'Deprecate the operations with `x-sunset` dates first.',
    place: place({ file: 'specs/partner.yaml', pointer: '', line: 1, column: 1 }),
    side: 'base',
    reaches: Array.from({ length: 23 }, (_, index) => operation(`GET /partner/${index + 1}`)),
    component: null,
    direction: null,
    fingerprint: fingerprint('51d0e2'),
  }),
  api: 'partner',
}

function threeHundred(): ApiOfFinding[] {
  const make = (count: number, overrides: (index: number) => Partial<ApiOfFinding>) =>
    Array.from({ length: count }, (_, index) => ({ ...lintFinding(), api: 'partner', ...overrides(index) }))
  const at = (line: number, pointer: string) => place({ file: 'specs/partner.yaml', pointer, line, column: 3 })
  return [
    ...make(12, (index) => ({
      rule: 'operation-unprotected',
      category: 'API2:2023',
      message: `\`POST /partner/${index}\` requires no authentication and changes data.`,
      why: 'Anybody who finds the address can call it.',
      fix: 'Add a `security` requirement to the operation or to the document.',
      place: at(9, '/security'),
      reaches: operations(`POST /partner/${index}`),
      fingerprint: fingerprint(`a${index.toString(16).padStart(5, '0')}`),
    })),
    ...make(164, (index) => ({
      rule: 'request-string-bound',
      severity: 'warning',
      category: 'API4:2023',
      message: `The string \`message${index}\` has no \`maxLength\`.`,
      why: 'Callers can send as much as they like.',
      fix: 'State a `maxLength`.',
      place: at(2210 + index, `/components/schemas/ErrorBody/properties/message${index}`),
      component: 'schemas/ErrorBody',
      fingerprint: fingerprint(`b${index.toString(16).padStart(5, '0')}`),
    })),
    ...make(87, (index) => ({
      rule: 'request-array-bound',
      severity: 'warning',
      category: 'API4:2023',
      message: `The list \`items${index}\` has no \`maxItems\`.`,
      why: 'Callers can send as many as they like.',
      fix: 'State a `maxItems`.',
      place: at(1904 + index, `/components/schemas/Page/properties/items${index}`),
      component: 'schemas/Page',
      fingerprint: fingerprint(`c${index.toString(16).padStart(5, '0')}`),
    })),
    ...make(18, (index) => ({
      severity: 'warning',
      message: `The server \`http://partner-${index}.acme.example\` is not encrypted.`,
      why: 'Everybody on the way reads tokens and data.',
      fix: 'Use `https`.',
      place: at(6 + index, `/servers/${index}/url`),
      fingerprint: fingerprint(`d${index.toString(16).padStart(5, '0')}`),
    })),
    ...make(19, (index) => ({
      rule: `custom-${index}`,
      severity: 'warning',
      category: null,
      cwe: null,
      message: `Tag ${index} has no description.`,
      why: '',
      fix: '',
      place: at(4000 + index, `/tags/${index}`),
      fingerprint: fingerprint(`e${index.toString(16).padStart(5, '0')}`),
    })),
  ]
}
