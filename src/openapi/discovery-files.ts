/**
 * Discovery documents of authorization servers that a repository keeps beside its descriptions: where they lie, told from the names that the standards
 * give them. Sources: OpenID Connect Discovery 1.0 (section 4), RFC 8414 (section 3).
 */

const names = ['openid-configuration', 'oauth-authorization-server']
const folders = ['.well-known/', 'well-known/', '', 'auth/', 'oauth/', 'oidc/', 'auth/.well-known/']
const endings = ['', '.json', '.yaml', '.yml']

/** Without one of these a description has no address of an authorization server. A search for a plain text costs next to nothing. */
const keywords = ['openIdConnectUrl', 'authorizationUrl', 'tokenUrl']

/** Descriptions deeper than this are served by the folders that are nearest to the root. */
const maxFolders = 12

/** True for a file that is a discovery document by its name. */
export function isDiscoveryPath(path: string): boolean {
  return /(?:^|\/)(?:openid-configuration|oauth-authorization-server)(?:\.(?:json|ya?ml))?$/.test(path)
}

/** Repository paths where a discovery document for the description at `path` may lie, the nearest first; none where it speaks of no OAuth. */
export function discoveryCandidates(text: string, path: string): readonly string[] {
  if (!keywords.some((keyword) => text.includes(keyword))) return []
  const segments = path.split('/').slice(0, -1).slice(0, maxFolders)
  const above = segments.map((_, index) => `${segments.slice(0, segments.length - index).join('/')}/`)
  return [...above, ''].flatMap((base) =>
    folders.flatMap((folder) => names.flatMap((name) => endings.map((ending) => `${base}${folder}${name}${ending}`))),
  )
}
