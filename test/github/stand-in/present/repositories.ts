/** Repositories, apps and installations as GitHub's REST API and webhooks show them. */
import { accountOf, findRepository, fullName, type AppIdentity, type Installation, type Repository, type World } from '../state.ts'
import { nodeId, organisationSimple, simpleUser } from './accounts.ts'

type Json = Record<string, unknown>

/** Below `https://api.github.com/repos/{owner}/{repo}`. */
const urls: Readonly<Record<string, string>> = {
  forks_url: '/forks',
  keys_url: '/keys{/key_id}',
  collaborators_url: '/collaborators{/collaborator}',
  teams_url: '/teams',
  hooks_url: '/hooks',
  issue_events_url: '/issues/events{/number}',
  events_url: '/events',
  assignees_url: '/assignees{/user}',
  branches_url: '/branches{/branch}',
  tags_url: '/tags',
  blobs_url: '/git/blobs{/sha}',
  git_tags_url: '/git/tags{/sha}',
  git_refs_url: '/git/refs{/sha}',
  trees_url: '/git/trees{/sha}',
  statuses_url: '/statuses/{sha}',
  languages_url: '/languages',
  stargazers_url: '/stargazers',
  contributors_url: '/contributors',
  subscribers_url: '/subscribers',
  subscription_url: '/subscription',
  commits_url: '/commits{/sha}',
  git_commits_url: '/git/commits{/sha}',
  comments_url: '/comments{/number}',
  issue_comment_url: '/issues/comments{/number}',
  contents_url: '/contents/{+path}',
  compare_url: '/compare/{base}...{head}',
  merges_url: '/merges',
  archive_url: '/{archive_format}{/ref}',
  downloads_url: '/downloads',
  issues_url: '/issues{/number}',
  pulls_url: '/pulls{/number}',
  milestones_url: '/milestones{/number}',
  notifications_url: '/notifications{?since,all,participating}',
  labels_url: '/labels{/name}',
  releases_url: '/releases{/id}',
  deployments_url: '/deployments',
}

export function apiUrlOf(world: World, repository: Repository): string {
  return `${world.apiUrl}/repos/${fullName(repository)}`
}

export function webUrlOf(world: World, repository: Repository): string {
  return `${world.webUrl}/${fullName(repository)}`
}

/** `repository`: what stands under `repository`, `head.repo` and `base.repo`. */
export function repositoryJson(world: World, repository: Repository): Json {
  const api = apiUrlOf(world, repository)
  const web = webUrlOf(world, repository)
  const openIssues = repository.pullRequests.filter(({ state }) => state === 'open').length
  return {
    ...identity(world, repository),
    ...Object.fromEntries(Object.entries(urls).map(([key, path]) => [key, `${api}${path}`])),
    created_at: repository.createdAt,
    updated_at: repository.pushedAt,
    pushed_at: repository.pushedAt,
    git_url: web.replace(/^https?:/, 'git:') + '.git',
    ssh_url: `git@github.com:${fullName(repository)}.git`,
    clone_url: `${world.apiUrl}/${fullName(repository)}.git`,
    svn_url: web,
    homepage: null,
    size: 1,
    stargazers_count: 0,
    watchers_count: 0,
    language: null,
    has_issues: true,
    has_projects: true,
    has_downloads: true,
    has_wiki: true,
    has_pages: false,
    has_discussions: false,
    forks_count: 0,
    mirror_url: null,
    archived: false,
    disabled: false,
    open_issues_count: openIssues,
    license: null,
    allow_forking: true,
    is_template: false,
    web_commit_signoff_required: false,
    topics: [],
    custom_properties: {},
    visibility: repository.visibility,
    forks: 0,
    open_issues: openIssues,
    watchers: 0,
    default_branch: repository.defaultBranch,
  }
}

function identity(world: World, repository: Repository): Json {
  return {
    id: repository.id,
    node_id: nodeId('R', repository.id),
    name: repository.name,
    full_name: fullName(repository),
    private: repository.visibility !== 'public',
    owner: simpleUser(world, repository.owner),
    html_url: webUrlOf(world, repository),
    description: null,
    fork: repository.parent !== null,
    url: apiUrlOf(world, repository),
  }
}

/** `full-repository`: the answer of `GET /repos/{owner}/{repo}`. */
export function fullRepository(world: World, repository: Repository): Json {
  const [owner = '', name = ''] = repository.parent?.split('/') ?? []
  const parent = repository.parent === null ? undefined : findRepository(world, owner, name)
  const organisation =
    accountOf(world, repository.owner).type === 'Organization' ? { organization: simpleUser(world, repository.owner) } : {}
  const origin = parent === undefined ? {} : { parent: repositoryJson(world, parent), source: repositoryJson(world, parent) }
  return {
    ...repositoryJson(world, repository),
    network_count: 0,
    subscribers_count: 0,
    permissions: { admin: false, maintain: false, push: false, triage: false, pull: true },
    ...organisation,
    ...origin,
  }
}

/** What webhooks carry beside `repository`. */
export function organisationField(world: World, repository: Repository): Json {
  return accountOf(world, repository.owner).type === 'Organization' ? { organization: organisationSimple(world, repository.owner) } : {}
}

export function appJson(world: World, app: AppIdentity): Json {
  return {
    id: app.id,
    slug: app.slug,
    client_id: `Iv23li${app.slug}`,
    node_id: nodeId('A', app.id),
    owner: simpleUser(world, app.owner),
    name: app.name,
    description: '',
    external_url: `${world.webUrl}/apps/${app.slug}`,
    html_url: `${world.webUrl}/apps/${app.slug}`,
    created_at: app.createdAt,
    updated_at: app.createdAt,
    permissions: app.permissions,
    events: app.events,
  }
}

export function installationJson(world: World, installation: Installation): Json {
  const account = accountOf(world, installation.account)
  const url = `${world.apiUrl}/app/installations/${installation.id}`
  return {
    id: installation.id,
    client_id: `Iv23li${world.app.slug}`,
    account: simpleUser(world, account.login),
    repository_selection: installation.repositories === 'all' ? 'all' : 'selected',
    access_tokens_url: `${url}/access_tokens`,
    repositories_url: `${world.apiUrl}/installation/repositories`,
    html_url: `${world.webUrl}/organizations/${account.login}/settings/installations/${installation.id}`,
    app_id: world.app.id,
    app_slug: world.app.slug,
    target_id: account.id,
    target_type: account.type,
    permissions: installation.permissions,
    events: installation.events,
    created_at: installation.createdAt,
    updated_at: installation.createdAt,
    single_file_name: null,
    has_multiple_single_files: false,
    single_file_paths: [],
    suspended_by: installation.suspendedAt === null ? null : simpleUser(world, installation.account),
    suspended_at: installation.suspendedAt,
  }
}
