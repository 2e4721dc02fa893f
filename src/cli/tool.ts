/** How the tool names itself in its outputs; the version stands in package.json alone. */
import { readFileSync } from 'node:fs'
import type { SarifTool } from '../render/sarif.ts'

const manifest: unknown = JSON.parse(readFileSync(new URL('../../package.json', import.meta.url), 'utf8'))

export const version = typeof manifest === 'object' && manifest !== null && 'version' in manifest ? String(manifest.version) : '0.0.0'

export const tool: SarifTool = { version }
