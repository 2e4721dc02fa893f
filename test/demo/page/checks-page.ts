/** A pull request's checks: the runs of each head commit, and one run in full with its annotations beside the lines of the files. */
import { latestRuns } from '../../github/stand-in/acts/check-runs.ts'
import type { Annotation, CheckRun, PullRequest, World } from '../../github/stand-in/state.ts'
import { readFileAt } from './files.ts'
import { html, type Html } from './html.ts'
import { layout, pullHeader, pullUrl, signOf, stateSign } from './layout.ts'
import { renderMarkdown } from './markdown.ts'

/** Lines of the file above an annotation. */
const linesAbove = 3

/** Runs of a pull request that are still the newest of their name, by commit, newest commit first. */
export function runsByCommit(world: World, pull: PullRequest): Map<string, CheckRun[]> {
  const newest = latestRuns(world.checkRuns.filter((run) => run.repository === pull.repository && pull.heads.includes(run.headSha)))
  const byCommit = new Map<string, CheckRun[]>()
  for (const sha of pull.heads.toReversed())
    byCommit.set(
      sha,
      newest.filter((run) => run.headSha === sha).sort((left, right) => (left.name < right.name ? 1 : -1)),
    )
  return byCommit
}

export async function checksPage(world: World, pull: PullRequest, chosen: number | null): Promise<string> {
  const commits = runsByCommit(world, pull)
  const runs = [...commits.values()].flat()
  const run = runs.find(({ id }) => id === chosen) ?? runs[0]
  const header = pullHeader(pull, { tab: 'checks', checks: commits.get(pull.head.sha)?.length ?? 0 })
  const body = html`${header}
    <main class="checks">
      <nav class="runs" aria-label="Check runs">
        ${[...commits].map(([sha, found]) => commitRuns(pull, { sha, runs: found, chosen: run }))}
      </nav>
      ${run === undefined ? html`<article><p>No check run yet.</p></article>` : await runArticle(run)}
    </main>`
  return layout(`${run?.name ?? 'Checks'} · ${pull.title}`, body)
}

function commitRuns(
  pull: PullRequest,
  { sha, runs, chosen }: { sha: string; runs: readonly CheckRun[]; chosen: CheckRun | undefined },
): Html {
  const entry = (run: CheckRun): Html =>
    html`<li>
      <a href="${pullUrl(pull)}/checks/${run.id}" ${run === chosen ? html`aria-current="page"` : null}
        >${stateSign(run)} <b>${run.name}</b><span>${run.title ?? ''}</span></a
      >
    </li>`
  const when = sha === pull.head.sha ? 'head' : 'before'
  return html`<h2><code>${sha.slice(0, 7)}</code> <span>${when}</span></h2>
    <ul>
      ${runs.length === 0 ? html`<li class="none">No check run</li>` : runs.map(entry)}
    </ul>`
}

async function runArticle(run: CheckRun): Promise<Html> {
  const { words, tone } = signOf(run)
  const buttons = run.actions.map(({ label, description }) => html`<button type="button" disabled title="${description}">${label}</button>`)
  return html`<article class="run">
    <header>
      <h2>${stateSign(run)} ${run.title ?? run.name}</h2>
      <p class="${tone}">${run.name} · ${words} · <code>${run.headSha.slice(0, 7)}</code></p>
      ${buttons.length > 0 ? html`<p class="buttons">${buttons}</p>` : null}
    </header>
    <div class="markdown summary">${renderMarkdown(run.summary ?? '')}</div>
    ${run.text === null || run.text === '' ? null : html`<div class="markdown text">${renderMarkdown(run.text)}</div>`}
    ${await annotationSection(run)}
  </article>`
}

async function annotationSection(run: CheckRun): Promise<Html | null> {
  if (run.annotations.length === 0) return null
  const shown = await Promise.all(run.annotations.map((annotation) => annotationFigure(run, annotation)))
  return html`<section class="annotations">
    <h3>${run.annotations.length} annotation${run.annotations.length === 1 ? '' : 's'}</h3>
    ${shown}
  </section>`
}

/** The lines around the annotation, as they are at the commit, and below the last one what it says. */
async function annotationFigure(run: CheckRun, annotation: Annotation): Promise<Html> {
  const lines = ((await readFileAt(run.repository, run.headSha, annotation.path)) ?? '').split('\n')
  const first = Math.max(1, annotation.start_line - linesAbove)
  const rows = lines.slice(first - 1, annotation.end_line).map((text, index) => {
    const number = first + index
    const marked = number >= annotation.start_line
    return html`<tr class="${marked ? 'marked' : ''}">
      <td class="line">${number}</td>
      <td><code>${text === '' ? ' ' : text}</code></td>
    </tr>`
  })
  return html`<figure class="annotation ${annotation.annotation_level}">
    <figcaption>
      <a href="/${run.repository.owner}/${run.repository.name}/blob/${run.headSha}/${annotation.path}#L${annotation.start_line}"
        >${annotation.path}:${annotation.start_line}</a
      >
    </figcaption>
    <table>
      ${rows}
    </table>
    <div class="says">
      <b>${annotation.title ?? annotation.annotation_level}</b>
      <p>${annotation.message}</p>
      ${
        annotation.raw_details === null
          ? null
          : html`<details>
              <summary>Details</summary>
              <pre>${annotation.raw_details}</pre>
            </details>`
      }
    </div>
  </figure>`
}
