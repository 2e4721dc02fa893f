/** RFC 6901 JSON pointers: how a place in a document is written. */

/** One token, escaped for a pointer. */
function escapeToken(token: string): string {
  return token.includes('~') || token.includes('/') ? token.replaceAll('~', '~0').replaceAll('/', '~1') : token
}

/** The pointer of an entry of the element at `pointer`. */
export function childPointer(pointer: string, token: string | number): string {
  return `${pointer}/${typeof token === 'number' ? String(token) : escapeToken(token)}`
}

/** The pointer that these tokens form. */
export function pointerOf(tokens: readonly (string | number)[]): string {
  return tokens.map((token) => `/${escapeToken(String(token))}`).join('')
}

/** The unescaped tokens of a pointer; none for the whole document. A pointer without its leading slash is read as if it had one. */
export function tokensOf(pointer: string): readonly string[] {
  if (pointer === '' || pointer === '/') return pointer === '' ? [] : ['']
  const tokens = (pointer.startsWith('/') ? pointer.slice(1) : pointer).split('/')
  return pointer.includes('~') ? tokens.map((token) => token.replaceAll('~1', '/').replaceAll('~0', '~')) : tokens
}

/** True for a token that can name a list item: `0`, `17`, never `01` or `-`. */
export function isIndex(token: string): boolean {
  return /^(?:0|[1-9]\d{0,8})$/.test(token)
}
