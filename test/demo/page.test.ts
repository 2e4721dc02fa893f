/** The demo's page in a real browser: what a check run says is there, readable in light and dark, and nothing of it can do harm. */
import { Octokit } from '@octokit/rest'
import type { Browser, Page } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { GitHubStandIn } from '../github/stand-in/stand-in.ts'
import { isBrowserInstalled, launchBrowser } from './browser.ts'
import { startPageServer, type PageServer } from './page/server.ts'

const hostile =
  '<script>window.harm = 1</script><img src="https://example.com/x.png" onerror="window.harm = 1"><a href="javascript:window.harm=1">click</a>'
const summary = `### ❌ Cannot merge yet

| | Finding |
|---|---|
| 🔴 | **\`passwordHash\`** is returned |

<details><summary>Reached (1)</summary>

- \`GET /users\`

</details>

[the rule](https://example.com/rule) <sub>small</sub>

${hostile}`

const spec = [
  'openapi: 3.1.0',
  'info: {}',
  'paths: {}',
  'components:',
  '  schemas:',
  '    User:',
  '      properties:',
  '        passwordHash: { type: string }',
  '',
].join('\n')

const isInstalled = isBrowserInstalled()

test('Chromium is there in CI', () => {
  expect(isInstalled || process.env['CI'] !== 'true').toBe(true)
})

describe.runIf(isInstalled)(isInstalled ? 'the checks page' : 'the checks page: not tried, Chromium is not installed', () => {
  let github: GitHubStandIn
  let server: PageServer
  let browser: Browser
  const errors: string[] = []
  const foreign: string[] = []

  beforeAll(async () => {
    server = await startPageServer()
    github = await GitHubStandIn.start({
      manifest: { permissions: { checks: 'write', contents: 'read', pull_requests: 'write' }, events: [] },
      webUrl: server.url,
    })
    server.show(github.world)
    await preparePullRequest(github)
    browser = await launchBrowser()
  })

  afterAll(async () => {
    await browser.close()
    await github.stop()
    await server.stop()
  })

  async function open(path: string, options: { colorScheme?: 'light' | 'dark'; width?: number } = {}): Promise<Page> {
    const page = await browser.newPage({
      colorScheme: options.colorScheme ?? 'light',
      viewport: { width: options.width ?? 1200, height: 800 },
    })
    page.on('console', (message) => message.type() === 'error' && errors.push(message.text()))
    page.on(
      'request',
      (request) => !request.url().startsWith(server.url) && !request.url().startsWith('data:') && foreign.push(request.url()),
    )
    await page.goto(`${server.url}${path}`)
    return page
  }

  test('leads from the list of pull requests to a run, with its title, summary and buttons', async () => {
    const page = await open('/')
    await page.getByRole('link', { name: /Return the user/ }).click()
    expect(await page.locator('.run h2').first().innerText()).toContain('1 breaking change')
    expect(await page.locator('.run .markdown h3').innerText()).toBe('❌ Cannot merge yet')
    expect(await page.locator('.run table strong').innerText()).toBe('passwordHash')
    expect(await page.getByRole('button', { name: 'Re-run' }).isVisible()).toBe(true)
    expect(await page.getByText('GET /users').isVisible()).toBe(false)
    await page.locator('summary', { hasText: 'Reached (1)' }).click()
    expect(await page.getByText('GET /users').isVisible()).toBe(true)
  })

  test('shows an annotation under the line it is about, with a link to the file', async () => {
    const page = await open('/acme/shop/pull/1/checks')
    const marked = page.locator('.annotation tr.marked')
    expect(await marked.locator('td').allInnerTexts()).toEqual(['8', '        passwordHash: { type: string }'])
    expect(await page.locator('.annotation .says b').innerText()).toBe('passwordHash looks like a credential')
    const [line, says] = [await marked.boundingBox(), await page.locator('.annotation .says').boundingBox()]
    expect(says?.y).toBeGreaterThanOrEqual((line?.y ?? 0) + (line?.height ?? 0) - 1)
    await page.locator('.annotation figcaption a').click()
    expect(await page.locator('tr:target').innerText()).toContain('passwordHash')
  })

  test('shows the other run, the conversation, and says so when there is no page', async () => {
    const page = await open('/acme/shop/pull/1/checks')
    await page.getByRole('link', { name: /API approval/ }).click()
    expect(await page.locator('.run .sign').getAttribute('aria-label')).toBe('in progress')
    await page.getByRole('link', { name: /Conversation/ }).click()
    expect(await page.locator('.comment').allInnerTexts()).toEqual([
      expect.stringContaining('mia approved'),
      expect.stringContaining('specgate[bot]'),
    ])
    expect((await page.goto(`${server.url}/acme/none/pull/9`))?.status()).toBe(404)
  })

  test('runs nothing and loads nothing that a pull request brought', async () => {
    const page = await open('/acme/shop/pull/1/checks')
    expect(await page.evaluate('window.harm')).toBeUndefined()
    expect(await page.locator('.markdown script, .markdown img, .markdown a[href^="javascript"]').count()).toBe(0)
    expect(await page.locator('.markdown').first().innerText()).toContain('<script>')
    expect(foreign).toEqual([])
    expect(errors.filter((message) => !message.includes('404'))).toEqual([])
  })

  test('is dark in the dark and fits a narrow screen', async () => {
    const colour = async (scheme: 'light' | 'dark'): Promise<string> =>
      (await open('/acme/shop/pull/1/checks', { colorScheme: scheme })).evaluate('getComputedStyle(document.body).backgroundColor')
    expect(await colour('light')).toBe('rgb(255, 255, 255)')
    expect(await colour('dark')).toBe('rgb(13, 17, 23)')
    const narrow = await open('/acme/shop/pull/1/checks', { width: 380 })
    expect(await narrow.evaluate('document.documentElement.scrollWidth')).toBeLessThanOrEqual(380)
  })
})

async function preparePullRequest(github: GitHubStandIn): Promise<void> {
  github.user('mia')
  const shop = await github.createRepository('acme', 'shop', { 'openapi.yaml': 'openapi: 3.1.0\n' })
  await shop.commit('topic', { 'openapi.yaml': spec })
  const pull = await shop.openPullRequest({ author: 'acme', branch: 'topic', title: 'Return the user <b>' })
  await pull.review('mia', 'approve')
  const { rest } = new Octokit({ auth: github.token('acme'), baseUrl: github.url })
  const run = { owner: 'acme', repo: 'shop', head_sha: pull.head }
  const annotation = {
    path: 'openapi.yaml',
    start_line: 8,
    end_line: 8,
    annotation_level: 'failure' as const,
    title: 'passwordHash looks like a credential',
    message: 'It is returned.\nFix: remove it.',
  }
  const actions = [{ label: 'Re-run', description: 'Review again', identifier: 'rerun' }]
  await rest.checks.create({
    ...run,
    name: 'API review',
    conclusion: 'failure',
    output: { title: '1 breaking change', summary, annotations: [annotation] },
    actions,
  })
  await rest.checks.create({
    ...run,
    name: 'API approval',
    status: 'in_progress',
    output: { title: 'Waiting for 1 of 1', summary: 'Waiting.' },
  })
  await rest.issues.createComment({ owner: 'acme', repo: 'shop', issue_number: 1, body: 'Summary' })
}
