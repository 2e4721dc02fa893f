/** The frame of every page, and the signs for states. No script: everything works by links. */
import type { CheckRun, PullRequest } from '../../github/stand-in/state.ts'
import { fullName } from '../../github/stand-in/state.ts'
import { html, type Html } from './html.ts'

export function layout(title: string, body: Html): string {
  return html`<!doctype html>
    <html lang="en">
      <head>
        <meta charset="utf-8" />
        <meta name="viewport" content="width=device-width, initial-scale=1" />
        <meta name="color-scheme" content="light dark" />
        <title>${title} · Specgate demo</title>
        <link rel="stylesheet" href="/style.css" />
        <link rel="icon" href="data:," />
      </head>
      <body>
        <header class="top"><a href="/">Specgate demo</a><span>a local stand-in for GitHub</span></header>
        ${body}
      </body>
    </html>`.text
}

interface Sign {
  readonly sign: string
  readonly tone: string
  readonly words: string
}

const signs: Readonly<Record<string, Sign>> = {
  success: { sign: '✓', tone: 'good', words: 'successful' },
  failure: { sign: '✕', tone: 'bad', words: 'failed' },
  neutral: { sign: '■', tone: 'quiet', words: 'neutral' },
  cancelled: { sign: '■', tone: 'quiet', words: 'cancelled' },
  in_progress: { sign: '●', tone: 'waiting', words: 'in progress' },
  queued: { sign: '●', tone: 'waiting', words: 'queued' },
}

/** How a run stands, as sign, tone and word. */
export function signOf(run: CheckRun): Sign {
  return signs[run.conclusion ?? run.status] ?? { sign: '■', tone: 'quiet', words: run.conclusion ?? run.status }
}

export function stateSign(run: CheckRun): Html {
  const { sign, tone, words } = signOf(run)
  return html`<span class="sign ${tone}" role="img" aria-label="${words}">${sign}</span>`
}

export function pullUrl(pull: PullRequest): string {
  return `/${fullName(pull.repository)}/pull/${pull.number}`
}

type Tab = 'conversation' | 'checks'

/** Title, state and tabs of a pull request. */
export function pullHeader(pull: PullRequest, { tab, checks }: { tab: Tab; checks: number }): Html {
  const link = (name: Tab, href: string, text: string): Html =>
    html`<a href="${href}" ${name === tab ? html`aria-current="page"` : null}>${text}</a>`
  const state = pull.merged !== null ? 'merged' : pull.draft ? 'draft' : pull.state
  return html`<section class="pull">
    <h1>${pull.title} <span class="number">#${pull.number}</span></h1>
    <p>
      <span class="state ${state}">${state}</span> <b>${pull.author}</b> wants to merge <code>${pull.head.ref}</code> into
      <code>${pull.base.ref}</code>
    </p>
    <nav class="tabs">
      ${link('conversation', pullUrl(pull), `Conversation ${pull.comments.length + pull.reviews.length + pull.reviewComments.length}`)}
      ${link('checks', `${pullUrl(pull)}/checks`, `Checks ${checks}`)}
    </nav>
  </section>`
}
