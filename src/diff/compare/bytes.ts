/** Bodies that are bytes and no text: however that is written, it says the same. */
import { follow } from '../../openapi/resolve.ts'
import type { ApiDescription, MediaType } from '../../openapi/types.ts'
import { isObject } from '../../openapi/values.ts'
import { normalMediaType } from '../media-type.ts'

/** Media types whose body is text or is made of parts, so that a schema says something of it. */
const textual =
  /^(?:text\/|multipart\/|application\/(?:json|xml|yaml|x-yaml|x-www-form-urlencoded|graphql|jsonl|x-ndjson)\b|[^;]*[+](?:json|xml|yaml)\b|[^;]*\*)/

/** Words that may stand beside what makes it bytes. */
const words = new Set(['type', 'format', 'contentMediaType', 'title', 'description', 'example', 'examples', '$comment'])

/**
 * The body is bytes: by `format: binary` (3.0), `type: file` (2.0), `contentMediaType` alone or no schema at all (3.1, "Considerations for
 * File Uploads"). False for types whose body is text.
 */
export function isBytes(api: ApiDescription, { type, schema }: MediaType): boolean {
  if (textual.test(normalMediaType(type))) return false
  const value = schema === null ? {} : follow(api, schema)?.value
  if (!isObject(value) || !Object.keys(value).every((key) => words.has(key))) return false
  if (value['type'] === 'file' || value['format'] === 'binary') return true
  const isText = value['type'] === undefined || value['type'] === 'string'
  return isText && value['format'] === undefined && (value['type'] === undefined || value['contentMediaType'] !== undefined)
}
