/** The simplest valid nouns of the model. A test states only what differs: `finding({ severity: 'error' })`. */
import type { ApiFacts, DecisionInput } from '../src/model/api-facts.ts'
import type { Change, DiffResult, DiffSummary, OperationKey, UnplacedChange } from '../src/model/change.ts'
import type { AppliedWaiver, Decision, RequirementOutcome, RuleOutcome } from '../src/model/decision.ts'
import type { Finding, LintResult, UnplacedFinding } from '../src/model/finding.ts'
import type { Location, Place, Problem } from '../src/model/place.ts'
import type { ApiReview, JudgedFinding, Review } from '../src/model/review.ts'
import type {
  ChangedFile,
  PeopleFacts,
  Person,
  PolicyTexts,
  PullRequestFacts,
  PullRequestSnapshot,
  RepositoryFacts,
  ReviewFact,
  TextFile,
} from '../src/model/snapshot.ts'

const baseSha = 'b'.repeat(40)
const mergeBaseSha = 'a1b2c3d'.padEnd(40, '0')
const headSha = '9f8e7d6'.padEnd(40, '0')

/** Commits that no other test value collides with; `mergeBase` and `head` begin with the short ids used in stories. */
export const commits = { base: baseSha, mergeBase: mergeBaseSha, head: headSha }

/** An operation from its name: `operation('GET /orders/{id}')`. */
export function operation(name: string): OperationKey {
  const space = name.indexOf(' ')
  return { method: name.slice(0, space), path: name.slice(space + 1) }
}

export function operations(...names: string[]): OperationKey[] {
  return names.map(operation)
}

export function location(overrides: Partial<Location> = {}): Location {
  return { file: 'specs/orders.yaml', pointer: '/components/schemas/Order', ...overrides }
}

export function place(overrides: Partial<Place> = {}): Place {
  return { ...location(), line: 10, column: 3, ...overrides }
}

export function problem(overrides: Partial<Problem> = {}): Problem {
  return {
    message: 'The text is neither JSON nor YAML.',
    file: 'specs/orders.yaml',
    pointer: '',
    line: 57,
    column: 9,
    kind: 'syntax',
    ...overrides,
  }
}

/** A fingerprint whose first six digits, the id that people quote, are the given ones. */
export function fingerprint(id: string): string {
  return id.padEnd(64, '0')
}

const changeFacts = {
  rule: 'response-property-removed',
  class: 'breaking',
  security: null,
  message: 'Removed response property `total`.',
  why: 'Clients that read it get nothing.',
  fix: 'Keep the property and mark it `deprecated: true`.',
  operation: null,
  reaches: operations('GET /orders', 'GET /orders/{id}', 'POST /orders'),
  direction: 'response',
  component: 'schemas/Order',
  sensitivity: [],
  fingerprint: fingerprint('7c1e9a'),
  digest: 'd'.repeat(22),
} as const

export function unplacedChange(overrides: Partial<UnplacedChange> = {}): UnplacedChange {
  return {
    ...changeFacts,
    base: location({ pointer: '/components/schemas/Order/properties/total' }),
    head: null,
    near: location({ pointer: '/components/schemas/Order/properties' }),
    ...overrides,
  }
}

export function change(overrides: Partial<Change> = {}): Change {
  return {
    ...changeFacts,
    base: place({ pointer: '/components/schemas/Order/properties/total', line: 216, column: 9 }),
    head: null,
    near: place({ pointer: '/components/schemas/Order/properties', line: 214, column: 7 }),
    ...overrides,
  }
}

export function diffSummary(overrides: Partial<DiffSummary> = {}): DiffSummary {
  return {
    ...{ breaking: 0, dangerous: 0, nonbreaking: 0, docs: 0, weakening: 0, strengthening: 0, exposure: 0 },
    operations: { base: 3, head: 3, compared: 3 },
    ...overrides,
  }
}

export function diffResult(overrides: Partial<DiffResult> = {}): DiffResult {
  return { schema: 'specgate/diff@1', problems: [], changes: [], summary: diffSummary(), ...overrides }
}

const findingFacts = {
  rule: 'response-property-removed',
  kind: 'change',
  severity: 'error',
  confidence: 'certain',
  category: null,
  cwe: null,
  message: 'Removed response property `total`.',
  why: 'Clients that read it get nothing.',
  fix: 'Keep the property and mark it `deprecated: true`.',
  side: 'head',
  operation: null,
  reaches: operations('GET /orders', 'GET /orders/{id}', 'POST /orders'),
  direction: 'response',
  component: 'schemas/Order',
  sensitivity: [],
  class: 'breaking',
  security: null,
  new: true,
  fingerprint: fingerprint('7c1e9a'),
  digest: 'd'.repeat(22),
} as const

export function unplacedFinding(overrides: Partial<UnplacedFinding> = {}): UnplacedFinding {
  return { ...findingFacts, place: location({ pointer: '/components/schemas/Order/properties' }), ...overrides }
}

export function finding(overrides: Partial<Finding> = {}): Finding {
  return { ...findingFacts, place: place({ pointer: '/components/schemas/Order/properties', line: 214, column: 7 }), ...overrides }
}

/** A finding that lint makes, not a change. */
export function lintFinding(overrides: Partial<Finding> = {}): Finding {
  return finding({
    rule: 'server-https',
    kind: 'lint',
    class: null,
    component: null,
    direction: null,
    reaches: [],
    category: 'API8:2023',
    ...overrides,
  })
}

/** The id follows the fingerprint, as in the product. */
export function judgedFinding(overrides: Partial<JudgedFinding> = {}): JudgedFinding {
  const judged = { ...finding(), api: 'orders', blocking: false, settled: null, inDiff: true, ...overrides }
  return { ...judged, id: judged.fingerprint.slice(0, 6) }
}

export function lintResult(overrides: Partial<LintResult> = {}): LintResult {
  return { schema: 'specgate/lint@1', problems: [], findings: [], existing: 0, notes: [], ...overrides }
}

export function requirement(overrides: Partial<RequirementOutcome> = {}): RequirementOutcome {
  return { from: '@acme/api-owners', needed: 1, approvals: [], candidates: ['mia', 'tom'], satisfied: false, ...overrides }
}

export function ruleOutcome(overrides: Partial<RuleOutcome> = {}): RuleOutcome {
  return {
    rule: 'breaking changes need an owner',
    from: 'repository',
    mode: 'enforce',
    status: 'waiting',
    selected: [fingerprint('7c1e9a')],
    because: ['1 of `@acme/api-owners` must approve.'],
    requirements: [requirement()],
    why: null,
    link: null,
    ...overrides,
  }
}

export function waiver(overrides: Partial<AppliedWaiver> = {}): AppliedWaiver {
  return { id: 'W-1', reason: 'The field was never filled in production.', grantedBy: 'mia', expires: '2027-03-01', ...overrides }
}

export function decision(overrides: Partial<Decision> = {}): Decision {
  return {
    schema: 'specgate/decision@1',
    status: 'not-applicable',
    mode: 'enforce',
    rules: [],
    askForReview: [],
    problems: [],
    waived: {},
    denied: [],
    approved: [],
    ...overrides,
  }
}

export function apiReview(overrides: Partial<ApiReview> = {}): ApiReview {
  return {
    id: 'orders',
    path: 'specs/orders.yaml',
    previousPath: null,
    state: 'changed',
    title: 'Orders',
    version: { base: '1.8.0', head: '1.9.0' },
    summary: diffSummary(),
    existing: 0,
    problems: [],
    changelog: [],
    notes: [],
    ...overrides,
  }
}

/** A clean review of one changed description. */
export function review(overrides: Partial<Review> = {}): Review {
  return {
    schema: 'specgate/review@1',
    commits,
    apis: [apiReview()],
    findings: [],
    problems: [],
    gaps: [],
    decision: decision(),
    policy: { mode: 'enforce', sources: ['repo@c0ffee1'] },
    verdict: {
      review: 'success',
      approval: 'success',
      reviewTitle: 'No breaking change · 0 new security findings',
      approvalTitle: 'Not required: no rule asks for it',
      notEvaluated: [],
    },
    ...overrides,
  }
}

export function person(login: string, overrides: Partial<Person> = {}): Person {
  const id = [...login].reduce((sum, letter) => (sum * 31 + (letter.codePointAt(0) ?? 0)) % 1_000_003, 7)
  return { id, login, bot: login.endsWith('[bot]'), ...overrides }
}

export function repository(overrides: Partial<RepositoryFacts> = {}): RepositoryFacts {
  return {
    owner: 'acme',
    name: 'shop',
    id: 1,
    visibility: 'private',
    defaultBranch: 'main',
    url: 'https://github.com/acme/shop',
    ...overrides,
  }
}

export function pullRequest(overrides: Partial<PullRequestFacts> = {}): PullRequestFacts {
  return {
    number: 412,
    title: 'Change orders',
    author: person('ana'),
    draft: false,
    fork: false,
    baseBranch: 'main',
    labels: [],
    requestedReviewers: [],
    ...overrides,
  }
}

export function changedFile(overrides: Partial<ChangedFile> = {}): ChangedFile {
  return { path: 'specs/orders.yaml', previousPath: null, status: 'modified', headLines: [[1, 1000]], ...overrides }
}

export function textFile(overrides: Partial<TextFile> = {}): TextFile {
  return { path: '.github/specgate.yml', text: 'version: 1\n', from: `acme/shop@${baseSha}`, ...overrides }
}

export function policyTexts(overrides: Partial<PolicyTexts> = {}): PolicyTexts {
  return { repository: null, organisation: null, waivers: null, codeowners: null, catalog: null, rulesets: [], ...overrides }
}

export function reviewFact(overrides: Partial<ReviewFact> = {}): ReviewFact {
  return { id: 1, user: person('mia'), state: 'approved', commit: headSha, submittedAt: '2026-01-15T10:00:00Z', ...overrides }
}

/** Ana has written the only commit; nobody has reviewed. */
export function people(overrides: Partial<PeopleFacts> = {}): PeopleFacts {
  const ana = person('ana')
  return {
    reviews: [],
    teams: {},
    permissions: {},
    commits: [{ sha: headSha, author: ana, committer: ana, files: null }],
    commitsComplete: true,
    lastPusher: ana,
    checks: [],
    ...overrides,
  }
}

/** A pull request that changes nothing. */
export function snapshot(overrides: Partial<PullRequestSnapshot> = {}): PullRequestSnapshot {
  return {
    schema: 'specgate/snapshot@1',
    repository: repository(),
    pullRequest: pullRequest(),
    commits,
    now: '2026-01-15T12:00:00Z',
    changedFiles: [],
    changedFilesComplete: true,
    trees: { base: {}, head: {} },
    unreadable: [],
    blobs: {},
    policy: policyTexts(),
    proposed: policyTexts(),
    people: people(),
    reviewed: [],
    gaps: [],
    ...overrides,
  }
}

/**
 * A snapshot of whole texts: every path whose text differs between `base` and `head` is a changed file, all its lines in the diff.
 * Blob ids are made from the text's order of appearance, equal texts share one.
 */
export function snapshotOf(
  base: Readonly<Record<string, string>>,
  head: Readonly<Record<string, string>>,
  overrides: Partial<PullRequestSnapshot> = {},
): PullRequestSnapshot {
  const texts = [...new Set([...Object.values(base), ...Object.values(head)])]
  const idOf = (text: string) => (texts.indexOf(text) + 1).toString(16).padStart(40, '0')
  const tree = (files: Readonly<Record<string, string>>) =>
    Object.fromEntries(Object.entries(files).map(([path, text]) => [path, idOf(text)]))
  return snapshot({
    trees: { base: tree(base), head: tree(head) },
    blobs: Object.fromEntries(texts.map((text) => [idOf(text), text])),
    changedFiles: changedFilesOf(base, head),
    ...overrides,
  })
}

function changedFilesOf(base: Readonly<Record<string, string>>, head: Readonly<Record<string, string>>): ChangedFile[] {
  const paths = [...new Set([...Object.keys(base), ...Object.keys(head)])].sort()
  return paths.flatMap((path) => {
    if (base[path] === head[path]) return []
    const status = base[path] === undefined ? 'added' : head[path] === undefined ? 'removed' : 'modified'
    return [changedFile({ path, status, headLines: status === 'removed' ? [] : [[1, (head[path] ?? '').split('\n').length]] })]
  })
}

export function apiFacts(overrides: Partial<ApiFacts> = {}): ApiFacts {
  return {
    id: 'orders',
    path: 'specs/orders.yaml',
    title: 'Orders',
    files: ['specs/orders.yaml'],
    version: { base: '1.8.0', head: '1.9.0' },
    sides: 'both',
    owners: [],
    stability: null,
    visibility: null,
    operations: {},
    components: {},
    tagOwners: {},
    ownersAtHead: [],
    ...overrides,
  }
}

export function decisionInput(overrides: Partial<DecisionInput> = {}): DecisionInput {
  return {
    policy: policyTexts(),
    repository: repository(),
    pullRequest: pullRequest(),
    commits,
    now: '2026-01-15T12:00:00Z',
    changedFiles: [],
    apis: [apiFacts()],
    findings: [],
    people: people(),
    digestsAt: {},
    gaps: [],
    ...overrides,
  }
}
