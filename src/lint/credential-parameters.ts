/** Credentials that an operation takes as ordinary header parameters, as descriptions made from code often do instead of a security scheme. */
import { followedMap, itemNodes } from '../openapi/nodes.ts'
import type { ApiDescription, JsonObject, Node, Operation } from '../openapi/types.ts'
import { textField } from '../openapi/values.ts'
import { wordsOf } from '../sensitive/words.ts'

/** A header parameter that carries a credential, where it is written. */
export interface CredentialParameter {
  readonly name: string
  readonly node: Node<JsonObject>
}

/** The operation's own and its path item's. Read as written, because OpenAPI 3 tells tools to ignore a header parameter named `Authorization`. */
export function credentialParameters(api: ApiDescription, { node, pathItem }: Operation): readonly CredentialParameter[] {
  return [node, pathItem].flatMap((holder) =>
    itemNodes(api, holder, 'parameters').flatMap((written) => {
      const parameter = followedMap(api, written)
      const name = textField(parameter?.value, 'name') ?? ''
      return parameter !== null && textField(parameter.value, 'in') === 'header' && isCredentialHeader(name)
        ? [{ name, node: parameter }]
        : []
    }),
  )
}

/** True when a caller is known by a header that no security scheme describes. */
export function takesCredential(api: ApiDescription, operation: Operation): boolean {
  return credentialParameters(api, operation).length > 0
}

/** `Authorization`, `X-Access-Token`, `api_key`; not tokens against forged requests or of pages. */
function isCredentialHeader(name: string): boolean {
  const words = wordsOf(name).filter((word) => word !== 'x')
  return words.join(' ') === 'authorization' || credentialWords.has(words.slice(-2).join(' '))
}

const credentialWords: ReadonlySet<string> = new Set(
  'access token|auth token|session token|bearer token|user token|jwt token|api token|id token|token|jwt|api key|auth key|access key|session id|api secret|client secret'.split(
    '|',
  ),
)
