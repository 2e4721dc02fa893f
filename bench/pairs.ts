/** The pairs that are measured: from a typical description to the largest known; the demo's own where the corpus is absent. */
import { existsSync, readdirSync, readFileSync } from 'node:fs'
import { join, resolve } from 'node:path'

export interface Pair {
  readonly name: string
  readonly base: string
  readonly head: string
}

const real = resolve(import.meta.dirname, '../../shared/corpus/real')

const wanted = [
  ['200 kB YAML', 'semantic', 'resend-resend-openapi-f2f9be2553'],
  ['1.5 MB JSON (Box)', 'big', 'box-box-openapi-29cec2f7d6'],
  ['2.7 MB YAML (Cloudflare)', 'big', 'cloudflare-api-schemas-9501f7cdea'],
  ['13 MB JSON (GitHub, 2 changes)', 'large', 'npm-octokit-openapi-25cb24aa'],
  ['11 MB JSON (GitHub, 44 changes)', 'large', 'npm-octokit-openapi-917b2399'],
] as const

/** The measured pairs; says on standard error when the corpus is absent. */
export function measuredPairs(): readonly Pair[] {
  if (!existsSync(real)) {
    const demo = resolve(import.meta.dirname, '../fixtures/demo')
    console.error(`The corpus (${real}) is absent: only the demo's description is measured.`)
    return [
      { name: 'demo', base: join(demo, 'repository/apis/orders/openapi.yaml'), head: join(demo, 'repository/apis/orders/openapi.yaml') },
    ]
  }
  return wanted.flatMap(([name, set, id]) => {
    const folder = join(real, set, id)
    if (!existsSync(folder)) return []
    const { base_root: base, head_root: head } = JSON.parse(readFileSync(join(folder, 'pair.json'), 'utf8'))
    return [
      {
        name,
        base: join(folder, 'base', base ?? readdirSync(join(folder, 'base'))[0]),
        head: join(folder, 'head', head ?? readdirSync(join(folder, 'head'))[0]),
      },
    ]
  })
}
