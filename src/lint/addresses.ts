/** What an address says about itself: its scheme and host, and whether the host is this machine or a private network. Pure text; nothing is looked up. */

export interface Address {
  /** Lower case, without colon; null for relative addresses. */
  readonly scheme: string | null
  /** Lower case, without port; null for relative addresses. */
  readonly host: string | null
}

/** Scheme and host of an address as written. `//host` counts as relative to the scheme; templates stay as they are. */
export function addressOf(written: string): Address {
  const match = /^(?:([A-Za-z][A-Za-z0-9+.-]{0,20}):)?\/\/([^/?#]{0,300})/.exec(written.trim())
  if (match === null) return { scheme: null, host: null }
  const authority = (match[2] ?? '').replace(/^[^@]*@/, '')
  const host = authority.startsWith('[') ? authority.replace(/\].*$/, ']') : authority.replace(/:[^:]*$/, '')
  return { scheme: match[1]?.toLowerCase() ?? null, host: host.toLowerCase() }
}

/** This machine (RFC 6761, RFC 1122): fine in examples and for development. */
export function isLoopback(host: string | null): boolean {
  return (
    host !== null &&
    (host === 'localhost' ||
      host.endsWith('.localhost') ||
      host === '[::1]' ||
      host === '0.0.0.0' ||
      host === 'host.docker.internal' ||
      /^127(?:\.\d{1,3}){3}$/.test(host))
  )
}

/** Private and link-local networks (RFC 1918, RFC 3927, RFC 4193) and the names people give to hosts inside. */
export function isPrivate(host: string | null): boolean {
  if (host === null) return false
  if (/^(?:10|127)(?:\.\d{1,3}){3}$/.test(host) || /^192\.168(?:\.\d{1,3}){2}$/.test(host) || /^169\.254(?:\.\d{1,3}){2}$/.test(host))
    return true
  if (/^172\.(?:1[6-9]|2\d|3[01])(?:\.\d{1,3}){2}$/.test(host) || /^\[f[cd]/.test(host)) return true
  return /\.(?:local|internal|intranet|corp|lan|home|svc|cluster\.local|home\.arpa)$/.test(host)
}

/** True for plain HTTP (and plain WebSocket) addresses that lead to another machine. */
export function isPlainHttp(written: string): boolean {
  const { scheme, host } = addressOf(written)
  return (scheme === 'http' || scheme === 'ws') && !isLoopback(host)
}
