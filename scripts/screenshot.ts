/**
 * Takes the README's picture: `docs/check-run.png`, the `API review` of the demo's second story as the demo's page shows it.
 * Run by hand after a change of what a check run says: `node scripts/screenshot.ts` (needs Debian's chromium and,
 * for the signs, fonts-noto-color-emoji).
 */
import { fileURLToPath } from 'node:url'
import { launchBrowser } from '../test/demo/browser.ts'
import { startDemo } from '../test/demo/demo.ts'
import { pullUrl } from '../test/demo/page/layout.ts'
import { stories } from '../test/demo/stories.ts'
import { tellStory } from '../test/demo/tell.ts'

const target = fileURLToPath(new URL('../docs/check-run.png', import.meta.url))
const width = 1120
const height = 1120

async function main(): Promise<void> {
  const demo = await startDemo((line) => process.stdout.write(`${line}\n`))
  try {
    const [, leak] = stories
    if (leak === undefined) throw new Error('The demo has no second story.')
    const { value: first } = await tellStory(demo, leak).next()
    if (first === undefined || first.problems.length > 0)
      throw new Error(`The story did not begin as told: ${JSON.stringify(first?.problems)}`)
    await photograph(`${demo.page.url}${pullUrl(first.pull.state)}/checks`)
    process.stdout.write(`${target}\n`)
  } finally {
    await demo.stop()
  }
}

async function photograph(url: string): Promise<void> {
  const browser = await launchBrowser()
  const page = await browser.newPage({ viewport: { width, height }, deviceScaleFactor: 1.25, colorScheme: 'light' })
  await page.goto(url)
  await page.screenshot({ path: target })
  await browser.close()
}

await main()
