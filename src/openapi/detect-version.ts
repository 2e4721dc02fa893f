/** Which generation of the specification a document says it follows. */
import type { Mistake } from './parse-result.ts'
import type { JsonObject, SpecVersion } from './types.ts'
import { field, isObject } from './values.ts'

export type Detected =
  | {
      readonly version: SpecVersion
      readonly root: JsonObject
      /** A sentence when the version is newer than those we know. */ readonly note: string | null
    }
  | { readonly mistake: Pick<Mistake, 'kind' | 'message'>; /** The key the mistake is about. */ readonly key: string | null }

/** Formats that live beside OpenAPI and are easily taken for it, by their version key. */
const relatives = new Map([
  ['asyncapi', 'AsyncAPI'],
  ['arazzo', 'Arazzo'],
  ['overlay', 'OpenAPI Overlay'],
  ['swaggerVersion', 'Swagger 1'],
])

/** Reads `swagger` or `openapi`. Numbers are understood (`swagger: 2.0` without quotes); 3.x beyond 3.2 is read as 3.2 with a note. */
export function detectVersion(value: unknown): Detected {
  if (!isObject(value))
    return refused('The file is not an API description: at the top stands no map with an `openapi` or `swagger` key.', null)
  const openapi = field(value, 'openapi')
  const swagger = field(value, 'swagger')
  if (openapi !== undefined) return fromOpenapi(value, versionText(openapi))
  if (swagger !== undefined) return fromSwagger(value, versionText(swagger))
  for (const [key, name] of relatives) {
    if (Object.hasOwn(value, key)) return refused(`The file is a description in ${name}; only Swagger 2.0 and OpenAPI 3 are compared.`, key)
  }
  return refused('The file is not an API description: it has neither `openapi: 3.x` nor `swagger: "2.0"` at the top.', null)
}

function fromOpenapi(root: JsonObject, text: string): Detected {
  const match = /^\s*3(?:\.(\d+))?(?:[.-].*)?\s*$/.exec(text)
  if (match === null)
    return refused(
      `\`openapi: ${shortened(text)}\` is not a version this tool reads; it reads 3.0, 3.1 and 3.2, and \`swagger: "2.0"\`.`,
      'openapi',
    )
  const minor = Number(match[1] ?? 0)
  if (minor === 0) return { version: '3.0', root, note: null }
  if (minor === 1) return { version: '3.1', root, note: null }
  if (minor === 2) return { version: '3.2', root, note: null }
  return { version: '3.2', root, note: `\`openapi: ${shortened(text)}\` is newer than the versions this tool knows; it is read as 3.2.` }
}

function fromSwagger(root: JsonObject, text: string): Detected {
  if (/^\s*2(?:\.0+)*\s*$/.test(text)) return { version: '2.0', root, note: null }
  return refused(
    `\`swagger: ${shortened(text)}\` is not a version this tool reads; it reads \`swagger: "2.0"\` and \`openapi: 3.x\`.`,
    'swagger',
  )
}

function versionText(value: unknown): string {
  if (typeof value === 'string') return value
  return typeof value === 'number' ? String(value) : ''
}

function shortened(text: string): string {
  return text.length > 20 ? `${text.slice(0, 20)}...` : text
}

function refused(message: string, key: string | null): Detected {
  return { mistake: { kind: 'not-a-description', message }, key }
}
