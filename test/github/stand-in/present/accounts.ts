/** Accounts, organisations and teams as GitHub's REST API and webhooks show them. */
import { accountOf, findAccount, findTeam, type Account, type Team, type World } from '../state.ts'

type Json = Record<string, unknown>

const personUrls: Readonly<Record<string, string>> = {
  followers_url: '/followers',
  following_url: '/following{/other_user}',
  gists_url: '/gists{/gist_id}',
  starred_url: '/starred{/owner}{/repo}',
  subscriptions_url: '/subscriptions',
  organizations_url: '/orgs',
  repos_url: '/repos',
  events_url: '/events{/privacy}',
  received_events_url: '/received_events',
}

export function nodeId(kind: string, id: number): string {
  return `${kind}_${Buffer.from(String(id)).toString('base64url')}`
}

/** `simple-user`: what stands under `user`, `owner`, `sender` and the like. */
export function simpleUser(world: World, login: string): Json {
  const account = accountOf(world, login)
  const url = `${world.apiUrl}/users/${encodeURIComponent(account.login)}`
  return {
    login: account.login,
    id: account.id,
    node_id: nodeId(account.type === 'Organization' ? 'O' : 'U', account.id),
    avatar_url: `${world.webUrl}/avatars/u/${account.id}?v=4`,
    gravatar_id: '',
    url,
    html_url: `${world.webUrl}/${account.type === 'Bot' ? `apps/${account.login.replace(/\[bot\]$/, '')}` : account.login}`,
    ...Object.fromEntries(Object.entries(personUrls).map(([key, path]) => [key, `${url}${path}`])),
    type: account.type,
    user_view_type: 'public',
    site_admin: false,
  }
}

/** The same, or null for a commit author without an account. */
export function simpleUserByEmail(world: World, email: string): Json | null {
  const account = [...world.accounts.values()].find((candidate) => candidate.email === email)
  return account === undefined ? null : simpleUser(world, account.login)
}

export function fullUser(world: World, account: Account): Json {
  return {
    ...simpleUser(world, account.login),
    name: account.login,
    company: null,
    blog: '',
    location: null,
    email: null,
    hireable: null,
    bio: null,
    public_repos: world.repositories.filter(({ owner }) => owner === account.login).length,
    public_gists: 0,
    followers: 0,
    following: 0,
    created_at: account.createdAt,
    updated_at: account.createdAt,
  }
}

export function organisationSimple(world: World, login: string): Json {
  const account = accountOf(world, login)
  const url = `${world.apiUrl}/orgs/${account.login}`
  return {
    login: account.login,
    id: account.id,
    node_id: nodeId('O', account.id),
    url,
    repos_url: `${url}/repos`,
    events_url: `${url}/events`,
    hooks_url: `${url}/hooks`,
    issues_url: `${url}/issues`,
    members_url: `${url}/members{/member}`,
    public_members_url: `${url}/public_members{/member}`,
    avatar_url: `${world.webUrl}/avatars/u/${account.id}?v=4`,
    description: null,
  }
}

export function organisationFull(world: World, account: Account): Json {
  return {
    ...organisationSimple(world, account.login),
    name: account.login,
    html_url: `${world.webUrl}/${account.login}`,
    has_organization_projects: true,
    has_repository_projects: true,
    public_repos: world.repositories.filter(({ owner }) => owner === account.login).length,
    public_gists: 0,
    followers: 0,
    following: 0,
    type: 'Organization',
    created_at: account.createdAt,
    updated_at: account.createdAt,
    archived_at: null,
  }
}

export function teamSimple(world: World, team: Team): Json {
  const organisation = accountOf(world, team.organisation)
  const url = `${world.apiUrl}/organizations/${organisation.id}/team/${team.id}`
  return {
    id: team.id,
    node_id: nodeId('T', team.id),
    name: team.name,
    slug: team.slug,
    description: '',
    privacy: team.privacy,
    notification_setting: 'notifications_enabled',
    url,
    html_url: `${world.webUrl}/orgs/${organisation.login}/teams/${team.slug}`,
    members_url: `${url}/members{/member}`,
    repositories_url: `${url}/repos`,
    permission: 'pull',
    type: 'organization',
    organization_id: organisation.id,
  }
}

export function teamWithParent(world: World, team: Team): Json {
  const parent = team.parent === null ? undefined : findTeam(world, team.organisation, team.parent)
  return { ...teamSimple(world, team), parent: parent === undefined ? null : teamSimple(world, parent) }
}

export function teamFull(world: World, team: Team): Json {
  return {
    ...teamWithParent(world, team),
    members_count: team.members.size,
    repos_count: world.repositories.filter((repository) => repository.roles.has(`@${team.organisation}/${team.slug}`.toLowerCase())).length,
    created_at: team.createdAt,
    updated_at: team.createdAt,
    organization: organisationFull(world, accountOf(world, team.organisation)),
  }
}

/** What somebody is to a repository's owner: `author_association`. */
export function association(world: World, owner: string, login: string): string {
  if (owner.toLowerCase() === login.toLowerCase()) return 'OWNER'
  if (findAccount(world, owner)?.members.has(login.toLowerCase()) === true) return 'MEMBER'
  return 'CONTRIBUTOR'
}
