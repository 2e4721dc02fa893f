/** What was said on a pull request: its reviews, the comments on lines, the summary comment. */
import type { PullRequest, World } from '../../github/stand-in/state.ts'
import { runsByCommit } from './checks-page.ts'
import { html, type Html } from './html.ts'
import { layout, pullHeader, pullUrl, stateSign } from './layout.ts'
import { renderMarkdown } from './markdown.ts'

interface Entry {
  readonly id: number
  readonly shown: Html
}

const verdicts: Readonly<Record<string, string>> = {
  APPROVED: 'approved',
  CHANGES_REQUESTED: 'asked for changes on',
  COMMENTED: 'reviewed',
  DISMISSED: 'had a review dismissed on',
  PENDING: 'is reviewing',
}

export function conversationPage(world: World, pull: PullRequest): string {
  const entries: Entry[] = [
    ...pull.reviews.map(({ id, user, state, commit, body }) => ({
      id,
      shown: comment(`${user} ${verdicts[state] ?? 'reviewed'} ${commit.slice(0, 7)}`, body),
    })),
    ...pull.reviewComments.map(({ id, user, path, line, body }) => ({
      id,
      shown: comment(`${user} on ${path}${line === null ? '' : `:${line}`}`, body),
    })),
    ...pull.comments.map(({ id, user, body }) => ({ id, shown: comment(user, body) })),
  ]
  const runs = runsByCommit(world, pull).get(pull.head.sha) ?? []
  const checks = runs.map(
    (run) =>
      html`<li>
        ${stateSign(run)} <a href="${pullUrl(pull)}/checks/${run.id}"><b>${run.name}</b></a> ${run.title ?? ''}
      </li>`,
  )
  const body = html`${pullHeader(pull, { tab: 'conversation', checks: runs.length })}
    <main class="conversation">
      ${entries.sort((left, right) => left.id - right.id).map(({ shown }) => shown)}
      <section class="merge">
        <h2>Checks of <code>${pull.head.sha.slice(0, 7)}</code></h2>
        <ul>
          ${checks}
        </ul>
      </section>
    </main>`
  return layout(pull.title, body)
}

function comment(heading: string, body: string): Html {
  return html`<section class="comment">
    <h3>${heading}</h3>
    ${body === '' ? null : html`<div class="markdown">${renderMarkdown(body)}</div>`}
  </section>`
}

/** Every pull request of the stand-in with the state of its checks. */
export function listPage(world: World): string {
  const pulls = world.repositories.flatMap(({ pullRequests }) => pullRequests)
  const row = (pull: PullRequest): Html => {
    const runs = runsByCommit(world, pull).get(pull.head.sha) ?? []
    return html`<li>
      <a href="${pullUrl(pull)}/checks"><b>${pull.title}</b> <span class="number">#${pull.number}</span></a>
      <ul>
        ${runs.map((run) => html`<li>${stateSign(run)} ${run.name}: ${run.title ?? ''}</li>`)}
      </ul>
    </li>`
  }
  return layout(
    'Pull requests',
    html`<main class="list">
      <h1>Pull requests</h1>
      <ul class="pulls">
        ${pulls.map(row)}
      </ul>
    </main>`,
  )
}
