/**
 * What each operation asks of the caller. Source: GitHub's "Permissions required for GitHub Apps" and the permission notes of each
 * REST page; several alternatives mean that any one is enough.
 */
import type { Level, Permissions } from './state.ts'

/** `app`: the app's own JWT. `none`: any valid token. Else one of `<permission>:<level>`. */
export type Need = 'app' | 'app-or-none' | 'none' | readonly `${string}:${Level}`[]

const metadata = ['metadata:read'] as const
const contents = ['contents:read'] as const
const members = ['members:read'] as const
const readChecks = ['checks:read'] as const
const writeChecks = ['checks:write'] as const
const readPulls = ['pull_requests:read'] as const
const writePulls = ['pull_requests:write'] as const
const readComments = ['issues:read', 'pull_requests:read'] as const
const writeComments = ['issues:write', 'pull_requests:write'] as const

export const needs: Readonly<Record<string, Need>> = {
  'apps/get-authenticated': 'app',
  'apps/list-installations': 'app',
  'apps/get-installation': 'app',
  'apps/create-installation-access-token': 'app',
  'apps/get-repo-installation': 'app',
  'apps/get-org-installation': 'app',
  'apps/get-user-installation': 'app',
  'apps/get-webhook-config-for-app': 'app',
  'apps/list-webhook-deliveries': 'app',
  'apps/get-webhook-delivery': 'app',
  'apps/redeliver-webhook-delivery': 'app',
  'apps/revoke-installation-access-token': 'none',
  'apps/list-repos-accessible-to-installation': metadata,
  'apps/get-by-slug': 'app-or-none',
  'rate-limit/get': 'none',
  'meta/get': 'app-or-none',
  'users/get-by-username': 'none',
  'orgs/get': 'none',
  'orgs/list-members': members,
  'orgs/check-membership-for-user': members,
  'orgs/get-membership-for-user': members,
  'teams/list': members,
  'teams/get-by-name': members,
  'teams/list-members-in-org': members,
  'teams/get-membership-for-user-in-org': members,
  'teams/list-child-in-org': members,
  'teams/check-permissions-for-repo-in-org': members,
  'repos/get': metadata,
  'repos/list-collaborators': metadata,
  'repos/check-collaborator': metadata,
  'repos/get-collaborator-permission-level': metadata,
  'repos/get-branch-rules': metadata,
  'repos/list-branches': contents,
  'repos/get-branch': contents,
  'repos/get-content': contents,
  'repos/get-commit': contents,
  'repos/list-commits': contents,
  'repos/compare-commits-with-basehead': contents,
  'repos/list-pull-requests-associated-with-commit': ['pull_requests:read', 'contents:read'],
  'repos/get-combined-status-for-ref': ['statuses:read'],
  'git/get-tree': contents,
  'git/get-blob': contents,
  'git/get-commit': contents,
  'git/get-ref': contents,
  'git/list-matching-refs': contents,
  'pulls/list': readPulls,
  'pulls/get': ['pull_requests:read', 'contents:read'],
  'pulls/list-files': readPulls,
  'pulls/list-commits': readPulls,
  'pulls/list-reviews': readPulls,
  'pulls/get-review': readPulls,
  'pulls/create-review': writePulls,
  'pulls/update-review': writePulls,
  'pulls/dismiss-review': writePulls,
  'pulls/list-comments-for-review': readPulls,
  'pulls/list-review-comments': readPulls,
  'pulls/list-review-comments-for-repo': readPulls,
  'pulls/create-review-comment': writePulls,
  'pulls/create-reply-for-review-comment': writePulls,
  'pulls/get-review-comment': readPulls,
  'pulls/update-review-comment': writePulls,
  'pulls/delete-review-comment': writePulls,
  'pulls/list-requested-reviewers': readPulls,
  'pulls/request-reviewers': writePulls,
  'pulls/remove-requested-reviewers': writePulls,
  'issues/list-comments': readComments,
  'issues/get-comment': readComments,
  'issues/create-comment': writeComments,
  'issues/update-comment': writeComments,
  'issues/delete-comment': writeComments,
  'issues/add-labels': writeComments,
  'issues/remove-label': writeComments,
  'reactions/create-for-issue-comment': writeComments,
  'reactions/create-for-pull-request-review-comment': writePulls,
  'code-scanning/upload-sarif': ['security_events:write'],
  'checks/create': writeChecks,
  'checks/update': writeChecks,
  'checks/create-suite': writeChecks,
  'checks/rerequest-run': writeChecks,
  'checks/rerequest-suite': writeChecks,
  'checks/get': readChecks,
  'checks/list-annotations': readChecks,
  'checks/list-for-ref': readChecks,
  'checks/list-for-suite': readChecks,
  'checks/list-suites-for-ref': readChecks,
  'checks/get-suite': readChecks,
}

const rank: Readonly<Record<Level, number>> = { read: 1, write: 2, admin: 3 }

/** Does a grant cover a wish? `metadata: read` comes with every installation. */
export function covers(granted: Permissions, wanted: Permissions): boolean {
  return Object.entries(wanted).every(([name, level]) => rankOf(granted, name) >= rank[level])
}

function rankOf(granted: Permissions, name: string): number {
  const level = granted[name] ?? (name === 'metadata' ? 'read' : undefined)
  return level === undefined ? 0 : rank[level]
}

/** True when one of the alternatives is granted. */
export function allows(granted: Permissions, need: Need): boolean {
  if (typeof need === 'string') return true
  return need.some((alternative) => {
    const [name = '', level = 'read'] = alternative.split(':')
    return covers(granted, { [name]: level as Level })
  })
}

/** True when the operation only reads, so that it also works on public repositories outside the installation. */
export function isReading(need: Need): boolean {
  return typeof need === 'string' || need.some((alternative) => alternative.endsWith(':read'))
}
