/** Which files are API descriptions: by content, since names say little (`openapi.yaml`, `v1.json`, `spec/main.yml`). */

/** Folders of installed packages, and files that other tools own. Kept short: what is listed here is never looked into. */
const never =
  /(?:^|\/)(?:node_modules|\.git|\.yarn|\.pnpm-store)\/|(?:^|\/)(?:package|package-lock|npm-shrinkwrap|pnpm-lock|tsconfig(?:\.[^/]*)?)\.(?:json|ya?ml)$/i

/** True for a path that may hold an API description or a part of one, judged by its name alone. */
export function candidatePath(path: string): boolean {
  return /\.(?:json|ya?ml)$/i.test(path) && !never.test(path)
}

/**
 * True when the text has `openapi` or `swagger` with a version as a key of its top-level map. Fast and tolerant: a description that does not
 * parse is still one, and the key may come late in the file. Not fooled by nested keys, texts or code in Markdown.
 */
export function isDescription(text: string): boolean {
  const clean = text.startsWith('\uFEFF') ? text.slice(1) : text
  return /^\s*\{/.test(clean) ? hasJsonVersionKey(clean) : hasYamlVersionKey(clean)
}

const yamlKey = /^([ \t]*)(?:openapi|swagger|"openapi"|"swagger"|'openapi'|'swagger')[ \t]*:[ \t]+(?:[&!]\S+[ \t]+)*["']?[0-9]/gm

/** The indentation of the first line that is neither empty, a comment, a directive nor `---`: that of the top-level keys. */
function topIndentation(text: string): string {
  for (let start = 0; start < text.length;) {
    const end = text.indexOf('\n', start)
    const line = text.slice(start, end < 0 ? text.length : end)
    const content = line.trimStart()
    if (content !== '' && !/^(?:#|%|---)/.test(content)) return line.slice(0, line.length - content.length)
    start = end < 0 ? text.length : end + 1
  }
  return ''
}

/** A key as far to the left as the first one: block scalars and nested maps are indented further. */
function hasYamlVersionKey(text: string): boolean {
  const indentation = topIndentation(text)
  for (const match of text.matchAll(yamlKey)) {
    if (match[1] === indentation) return !/^(?:```|~~~)/m.test(text.slice(0, match.index))
  }
  return false
}

/** Top-level keys of the map that begins the text, in one pass that skips everything else. Ends at the first thing that is not JSON. */
function hasJsonVersionKey(text: string): boolean {
  if (!/(?:openapi|swagger)["']?\s*:/.test(text)) return false
  // A text without its closing quote is taken to the end: starting again at each quote in it would be quadratic.
  const token = /"[^"\\]*(?:\\[^][^"\\]*)*(?:"|\\?$)|[{}[\]:]|[^\s"{}[\]:,]+/g
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
