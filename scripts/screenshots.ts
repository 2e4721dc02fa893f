/**
 * Takes a picture of each state of a pull request: `npm run screenshots` writes `docs/screen-*.png` from what the app's own renderer says, in the
 * frame of the demo's page. Run by hand after a change of what people see (needs Debian's chromium and, for the signs,
 * fonts-noto-color-emoji).
 */
import { readFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import type { CheckRunDraft, Report } from '../src/model/report.ts'
import { renderReport } from '../src/render/check-run.ts'
import type { ReportContext } from '../src/render/context.ts'
import { launchBrowser } from '../test/demo/browser.ts'
import { html, Html } from '../test/demo/page/html.ts'
import { renderMarkdown } from '../test/demo/page/markdown.ts'
import { stories } from '../test/render/stories.ts'

/** By the name of the picture: the story of test/render/stories.ts that shows it. */
const states: Readonly<Record<string, string>> = {
  'all-green': 'all green',
  'break-and-leak': 'a break a leak and a lost lock',
  'policy-invalid': 'the pull request breaks the policy file',
  unreadable: 'a description cannot be read',
  'three-hundred-findings': 'three hundred findings',
  'api-removed': 'an API is removed',
}

const context: ReportContext = {
  repositoryUrl: 'https://github.com/acme/shop',
  isPublic: false,
  pullRequest: { number: 412, draft: false },
  appSlug: 'specgate',
  comments: { on: 'changed-lines', most: 10 },
  commands: true,
}

const style = readFileSync(new URL('../test/demo/page/style.css', import.meta.url), 'utf8')
const signs: Readonly<Record<string, readonly [string, string]>> = {
  success: ['✓', 'good'],
  failure: ['✕', 'bad'],
  neutral: ['■', 'quiet'],
}

function runHtml(run: CheckRunDraft): Html {
  const [sign = '●', tone = 'waiting'] = signs[run.conclusion ?? ''] ?? []
  const buttons = run.actions.map(({ label }) => html`<button type="button" disabled>${label}</button>`)
  return html`<article class="run">
    <header>
      <h2><span class="sign ${tone}">${sign}</span> ${run.title}</h2>
      <p class="${tone}">${run.name} · ${run.conclusion ?? 'in progress'}</p>
      ${buttons.length > 0 ? html`<p class="buttons">${buttons}</p>` : null}
    </header>
    <div class="markdown summary">${renderMarkdown(run.summary)}</div>
  </article>`
}

function pageOf(report: Report): string {
  const comment = report.comments[0]
  const said = [
    ...(report.summary === null
      ? []
      : [
          html`<article class="run">
            <header><p class="quiet">The summary comment</p></header>
            <div class="markdown summary">${renderMarkdown(report.summary)}</div>
          </article>`,
        ]),
    ...(comment === undefined
      ? []
      : [
          html`<article class="run">
            <header><p class="quiet">A comment at ${comment.path}:${comment.line}</p></header>
            <div class="markdown summary">${renderMarkdown(comment.body)}</div>
          </article>`,
        ]),
  ]
  return html`<!doctype html>
    <html lang="en">
      <head>
        <meta charset="utf-8" />
        <style>
          ${new Html(style)} main {
            display: block;
            max-width: 1000px;
            margin: 0 auto;
            padding: 12px;
          }
          article.run {
            margin-bottom: 16px;
          }
        </style>
      </head>
      <body>
        <main>${report.checkRuns.map(runHtml)} ${said}</main>
      </body>
    </html>`.text
}

/** What fits on a page that people look at; the rest of a long one is more of the same. */
const tallest = 1050

async function main(): Promise<void> {
  const browser = await launchBrowser()
  const page = await browser.newPage({ viewport: { width: 1040, height: 400 }, deviceScaleFactor: 0.85, colorScheme: 'light' })
  for (const [name, story] of Object.entries(states)) {
    const make = stories[story]
    if (make === undefined) throw new Error(`There is no story “${story}”.`)
    await page.setViewportSize({ width: 1040, height: 400 })
    await page.setContent(pageOf(renderReport(make(), context)))
    const height = Math.min(tallest, Number(await page.evaluate('document.documentElement.scrollHeight')))
    await page.setViewportSize({ width: 1040, height })
    const target = fileURLToPath(new URL(`../docs/screen-${name}.png`, import.meta.url))
    await page.screenshot({ path: target })
    process.stdout.write(`${target}\n`)
  }
  await browser.close()
}

await main()
