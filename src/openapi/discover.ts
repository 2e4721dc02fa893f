/** Which files are API descriptions: by content, since names say little (`openapi.yaml`, `v1.json`, `spec/main.yml`). */

/** A version key is looked for this far into a YAML file, and into a JSON file by a scan of its top-level keys: comments and `info` may come first. */
const yamlHead = 64 * 1024

/** Folders and files that hold JSON or YAML, never an API description of this repository. */
const never =
  /(?:^|\/)(?:node_modules|bower_components|vendor|\.git|\.yarn|\.pnpm-store)\/|(?:^|\/)(?:package(?:-lock)?|npm-shrinkwrap|composer|tsconfig[^/]*|pnpm-lock|pubspec|mkdocs|renovate|docker-compose[^/]*)\.(?:json|ya?ml)$|^\.github\//i

/** True for a path that may hold an API description or a part of one, judged by its name alone. */
export function candidatePath(path: string): boolean {
  return /\.(?:json|ya?ml)$/i.test(path) && !never.test(path)
}

/**
 * True when the text has `openapi` or `swagger` with a version as a key of its top-level map. Fast and tolerant: a description that does not
 * parse is still one. Not fooled by nested keys, texts or code in Markdown.
 */
export function isDescription(text: string): boolean {
  const clean = text.startsWith('\uFEFF') ? text.slice(1) : text
  return /^\s*\{/.test(clean) ? hasJsonVersionKey(clean) : hasYamlVersionKey(clean)
}

const yamlKey = /^(?:openapi|swagger|"openapi"|"swagger"|'openapi'|'swagger')[ \t]*:[ \t]+(?:[&!][^\s]+[ \t]+)*["']?[0-9]/m

/** A key at the first column. Block scalars and nested maps are indented, so a line at the first column is a top-level key. */
function hasYamlVersionKey(text: string): boolean {
  const match = yamlKey.exec(text.length > yamlHead ? text.slice(0, yamlHead) : text)
  return match !== null && !/^(?:```|~~~)/m.test(text.slice(0, match.index))
}

/** Top-level keys of the map that begins the text, in one pass that skips everything else. Ends at the first thing that is not JSON. */
function hasJsonVersionKey(text: string): boolean {
  const token = /"(?:[^"\\]|\\.)*"|[{}[\]:]|[^\s"{}[\]:,]+/g
  let depth = 0
  let key = ''
  for (let match = token.exec(text); match !== null; match = token.exec(text)) {
    const [found] = match
    if (found === '{' || found === '[') depth += 1
    else if (found === '}' || found === ']') depth -= 1
    else if (depth === 1 && found === ':') {
      if (/^["']?(?:openapi|swagger)["']?$/.test(key)) return /^\s*["']?[0-9]/.test(text.slice(token.lastIndex, token.lastIndex + 50))
    } else if (depth === 1) key = found
    if (depth === 0) return false
  }
  return false
}
