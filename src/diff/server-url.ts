/** Server URLs compared as what they mean: the server's URL and the path together are one template. */
import type { Server } from '../openapi/types.ts'
import { field, textField } from '../openapi/values.ts'

export interface ServerUrl {
  /** `https`, or '' when the URL leaves it open. */
  readonly scheme: string
  /** Host and port in lower case, or '' for a URL relative to where the description is served. */
  readonly host: string
  /** Without a slash at the end; '' for the root. */
  readonly path: string
}

/** The parts of a server's URL; names of variables are erased, since only what they stand for counts. */
export function serverUrl({ url }: Pick<Server, 'url'>): ServerUrl {
  const match = /^(?:([a-z][a-z0-9+.-]*):)?(?:\/\/([^/?#]*))?([^?#]*)/i.exec(url.trim())
  const [, scheme = '', host = '', path = ''] = match ?? []
  return {
    scheme: scheme.toLowerCase(),
    host: withoutDefaultPort(host.toLowerCase(), scheme.toLowerCase()),
    path: path === '' || path.startsWith('/') ? trimmed(path) : `/${trimmed(path)}`,
  }
}

/** The server's URL with each variable replaced by its default: what a client that sets none calls. */
export function defaultUrl({ url, variables }: Pick<Server, 'url' | 'variables'>): string {
  return url.replaceAll(/\{([^{}]*)\}/g, (variable, name: string) => textField(field(variables, name), 'default') ?? variable)
}

/** `/v1/users/{}` for a path below a server: names of parameters erased. */
export function urlPath(server: ServerUrl, path: string): string {
  return erased(`${server.path}${path}`)
}

/** The template without the names of its parameters. */
export function erased(template: string): string {
  return template.replaceAll(/\{[^{}]*\}/g, '{}')
}

/** True when whoever called `base` still reaches `head`: what `base` leaves open may be anything. */
export function isSameServer(base: ServerUrl, head: ServerUrl): boolean {
  const isSameHost = base.host === '' || erased(base.host) === erased(head.host)
  return isSameHost && (base.scheme === '' || head.scheme === '' || base.scheme === head.scheme)
}

function trimmed(path: string): string {
  return path.replace(/\/+$/, '')
}

function withoutDefaultPort(host: string, scheme: string): string {
  return host.replace(scheme === 'http' ? /:80$/ : scheme === 'https' ? /:443$/ : /:$/, '')
}
