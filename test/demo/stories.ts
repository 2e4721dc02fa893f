/** The stories the demo tells, as data: what people do, and how the checks must stand afterwards. */
import type { PullRequestHandle, RepositoryHandle } from '../github/stand-in/handles.ts'
import { readFiles } from './demo.ts'

/** How one check run must stand. Every word must occur in its title, summary, text or annotations. */
export interface ExpectedCheck {
  /** A conclusion, or `in_progress`. */
  readonly state: string
  readonly title: RegExp
  readonly words?: readonly string[]
  /** Files and lines that must be annotated: the text of the annotated line. */
  readonly annotates?: readonly { readonly path: string; readonly line: RegExp }[]
}

export interface Step {
  readonly tells: string
  readonly act: (scene: Scene) => Promise<PullRequestHandle>
  readonly checks: Readonly<Record<'API review' | 'API approval', ExpectedCheck>>
}

interface Scene {
  readonly repository: RepositoryHandle
  /** The story's pull request, once it is open. */
  readonly pull: PullRequestHandle | null
}

export interface Story {
  readonly name: string
  readonly steps: readonly Step[]
}

interface Opening {
  readonly folder: string
  readonly branch: string
  readonly title: string
  readonly body: string
}

/** @ana pushes a branch with the files of a story and opens a pull request. */
function opens({ folder, branch, title, body }: Opening): Step['act'] {
  return async ({ repository }) => {
    await repository.commit(branch, await readFiles(`stories/${folder}`), { author: 'ana', message: title })
    return repository.openPullRequest({ author: 'ana', branch, title, body })
  }
}

function opened({ pull }: Scene): PullRequestHandle {
  if (pull === null) throw new Error('The story has no pull request yet.')
  return pull
}

const noChange: Step['checks'] = {
  'API review': { state: 'success', title: /^No API description changed/ },
  'API approval': { state: 'success', title: /^No API description changed/ },
}

export const stories: readonly Story[] = [
  {
    name: 'An additive change',
    steps: [
      {
        tells: '@ana adds an operation to the orders API',
        act: opens({
          folder: '1-additive',
          branch: 'order-events',
          title: 'Let shops follow an order',
          body: 'Adds `GET /orders/{orderId}/events`.',
        }),
        checks: {
          'API review': { state: 'success', title: /^No breaking change/, words: ['GET /orders/{orderId}/events'] },
          'API approval': { state: 'success', title: /^Not required/ },
        },
      },
    ],
  },
  {
    name: 'The leak',
    steps: [
      {
        tells: '@ana changes three small files; neither root document is touched',
        act: opens({
          folder: '2-leak',
          branch: 'one-query',
          title: 'Return the user in one query',
          body: 'Saves the app a round trip: `getUser` no longer needs a token of its own, and the order is slimmer.',
        }),
        checks: {
          'API review': {
            state: 'failure',
            title: /breaking/,
            words: ['passwordHash', 'total', 'GET /users/{userId}'],
            annotates: [
              { path: 'apis/shared/schemas/user.yaml', line: /passwordHash:/ },
              { path: 'apis/orders/paths/user.yaml', line: /security: \[\]/ },
            ],
          },
          'API approval': { state: 'in_progress', title: /^Waiting for 2 of 2/, words: ['@acme/api-owners', '@acme/appsec'] },
        },
      },
      {
        tells: '@mia of @acme/api-owners agrees to the removal of `total`',
        act: async (scene) => {
          await opened(scene).review('mia', 'approve', { body: 'Shops have moved to `lines`; `total` can go.' })
          return opened(scene)
        },
        checks: {
          'API review': { state: 'failure', title: /secur|exposure/i, words: ['passwordHash'] },
          'API approval': { state: 'in_progress', title: /^Waiting for 1 of 2.*@acme\/appsec/, words: ['@mia'] },
        },
      },
      {
        tells: '@ana takes the hash out again and restores the authentication; the approval of @mia still stands',
        act: async (scene) => {
          await opened(scene).push(await readFiles('stories/2-leak-fix'), {
            message: 'Keep users behind their token, and the hash to ourselves',
          })
          return opened(scene)
        },
        checks: {
          'API review': { state: 'success', title: /./, words: ['total'] },
          'API approval': { state: 'success', title: /@mia/ },
        },
      },
    ],
  },
  {
    name: 'An unreadable description',
    steps: [
      {
        tells: '@ana indents a line of the billing API by one blank too many',
        act: opens({ folder: '3-unreadable', branch: 'refunds', title: 'Announce refunds', body: 'A tag for what comes next.' }),
        checks: {
          'API review': {
            state: 'failure',
            title: /apis\/billing\/openapi\.yaml cannot be read/,
            annotates: [{ path: 'apis/billing/openapi.yaml', line: /refunds/ }],
          },
          'API approval': { state: 'failure', title: /^Not evaluated/ },
        },
      },
    ],
  },
  {
    name: 'No API change',
    steps: [
      {
        tells: '@ana adds a line to the README',
        act: opens({ folder: '4-no-api-change', branch: 'where-to-ask', title: 'Say where to ask', body: '' }),
        checks: noChange,
      },
    ],
  },
]
