/** The simplest valid values; a test states only what differs. */
import type { ApiFacts, ApiFinding, DecisionInput, ElementFacts } from '../../src/model/api-facts.ts'
import type { OperationKey } from '../../src/model/change.ts'
import type { CommitFact, PeopleFacts, Person, PolicyTexts, PullRequestFacts, ReviewFact, TextFile } from '../../src/model/snapshot.ts'

export const head = 'aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa'
export const earlier = 'eeeeeeeeeeeeeeeeeeeeeeeeeeeeeeeeeeeeeeee'
export const base = 'bbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbb'

/** People with a stable id each. */
const ids = new Map<string, number>()
export function person(login: string, changes: Partial<Person> = {}): Person {
  const id = ids.get(login) ?? ids.size + 1
  ids.set(login, id)
  return { id, login, bot: login.endsWith('[bot]'), ...changes }
}

export function operation(text: string): OperationKey {
  const [method = '', path = ''] = text.split(' ')
  return { method, path }
}

export interface FindingChanges extends Partial<Omit<ApiFinding, 'operation' | 'reaches'>> {
  readonly operation?: string | null
  readonly reaches?: readonly string[]
}

/** A breaking change of `GET /users` in the API `users`. */
export function finding(changes: FindingChanges = {}): ApiFinding {
  const { operation: own = 'GET /users', reaches = own === null ? [] : [own], ...rest } = changes
  const name = rest.fingerprint ?? 'f00d00000001'
  return {
    rule: 'response-property-removed',
    kind: 'change',
    severity: 'error',
    confidence: 'certain',
    category: null,
    cwe: null,
    message: 'Something changed.',
    why: '',
    fix: '',
    place: { file: 'openapi.yaml', pointer: '' },
    side: 'head',
    operation: own === null ? null : operation(own),
    reaches: reaches.map(operation),
    direction: 'response',
    component: null,
    sensitivity: [],
    class: 'breaking',
    security: null,
    new: true,
    fingerprint: name,
    digest: `digest of ${name}`,
    api: 'users',
    ...rest,
  }
}

export function element(changes: Partial<ElementFacts> = {}): ElementFacts {
  return {
    file: 'openapi.yaml',
    tags: [],
    owners: [],
    stability: null,
    visibility: null,
    deprecated: false,
    sunset: null,
    onBase: true,
    ...changes,
  }
}

export function api(changes: Partial<ApiFacts> = {}): ApiFacts {
  return {
    id: 'users',
    path: 'openapi.yaml',
    title: 'Users',
    files: ['openapi.yaml'],
    version: { base: '1.0.0', head: '1.0.0' },
    sides: 'both',
    owners: [],
    stability: null,
    visibility: null,
    operations: { 'GET /users': element() },
    components: {},
    tagOwners: {},
    ownersAtHead: [],
    ...changes,
  }
}

function file(text: string, path: string): TextFile {
  return { path, text, from: `acme/shop@${base}` }
}

export interface Texts {
  readonly repository?: string | null
  readonly organisation?: string | null
  readonly waivers?: string | null
  readonly codeowners?: string | null
  readonly catalog?: string | null
}

export function texts({
  repository = null,
  organisation = null,
  waivers = null,
  codeowners = null,
  catalog = null,
}: Texts = {}): PolicyTexts {
  const one = (text: string | null, path: string) => (text === null ? null : file(text, path))
  return {
    repository: one(repository, '.github/specgate.yml'),
    organisation: one(organisation, 'specgate.yml'),
    waivers: one(waivers, '.github/specgate-waivers.yml'),
    codeowners: one(codeowners, '.github/CODEOWNERS'),
    catalog: one(catalog, 'catalog-info.yaml'),
    rulesets: [],
  }
}

let reviewId = 0
/** An approval of the head commit. */
export function review(login: string, changes: Partial<Omit<ReviewFact, 'user'>> & { readonly user?: Person } = {}): ReviewFact {
  reviewId += 1
  return { id: reviewId, user: person(login), state: 'approved', commit: head, submittedAt: '2026-11-22T10:00:00Z', ...changes }
}

export function commit(author: string | null, changes: Partial<CommitFact> = {}): CommitFact {
  const who = author === null ? null : person(author)
  return { sha: head, author: who, committer: who, files: null, ...changes }
}

export interface PeopleChanges extends Partial<Omit<PeopleFacts, 'teams'>> {
  /** Logins by team; a text is why it could not be read. */
  readonly teams?: Readonly<Record<string, readonly string[] | string>>
}

export function people({ teams = {}, ...changes }: PeopleChanges = {}): PeopleFacts {
  const facts = Object.entries(teams).map(([name, members]) => [
    name.toLowerCase(),
    typeof members === 'string' ? { problem: members } : { members: members.map((login) => person(login)) },
  ])
  return {
    reviews: [],
    permissions: {},
    commits: [commit('author')],
    commitsComplete: true,
    lastPusher: person('author'),
    checks: [],
    ...changes,
    teams: Object.fromEntries(facts),
  }
}

export function pullRequest(changes: Partial<PullRequestFacts> = {}): PullRequestFacts {
  return {
    number: 7,
    title: 'Change the API',
    author: person('author'),
    draft: false,
    fork: false,
    baseBranch: 'main',
    labels: [],
    requestedReviewers: [],
    ...changes,
  }
}

export interface InputChanges extends Partial<Omit<DecisionInput, 'policy' | 'people' | 'proposed'>> {
  readonly policy?: Texts
  readonly proposed?: Texts
  readonly people?: PeopleChanges
}

/** One breaking change of one API, by `author`, reviewed by nobody, without any policy. */
export function input({ policy, proposed, people: who, ...changes }: InputChanges = {}): DecisionInput {
  return {
    policy: texts(policy),
    ...(proposed === undefined ? {} : { proposed: texts(proposed) }),
    repository: { owner: 'acme', name: 'shop', id: 1, visibility: 'private', defaultBranch: 'main', url: 'https://github.com/acme/shop' },
    pullRequest: pullRequest(),
    commits: { base, mergeBase: base, head },
    now: '2026-11-22T12:00:00Z',
    changedFiles: [{ path: 'openapi.yaml', previousPath: null, status: 'modified', headLines: null }],
    apis: [api()],
    findings: [finding()],
    people: people(who),
    digestsAt: {},
    gaps: [],
    ...changes,
  }
}

export function changed(path: string): DecisionInput['changedFiles'][number] {
  return { path, previousPath: null, status: 'modified', headLines: null }
}

/** A policy that enforces these rules (YAML of the list below `rules:`). */
export function enforcing(rules: string, more = ''): string {
  const indented = rules
    .split('\n')
    .map((line) => `  ${line}`)
    .join('\n')
  return `version: 1\nmode: enforce\n${more}rules:\n${indented}\n`
}

export const breakingNeeds = (require: string) => enforcing(`- { name: breaking changes, when: { class: breaking }, require: ${require} }`)
