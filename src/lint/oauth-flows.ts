/** The OAuth 2.0 flows that security schemes offer, in the words of OpenAPI 3; Swagger 2.0's are translated. */
import { childPointer } from '../openapi/json-pointer.ts'
import type { JsonObject, Node } from '../openapi/types.ts'
import { isObject, objectField, textField } from '../openapi/values.ts'
import { securitySchemes } from './collections.ts'
import type { SchemeSubject } from './collections.ts'
import { collection } from './described.ts'

export interface FlowSubject {
  readonly scheme: SchemeSubject
  /** `implicit`, `password`, `clientCredentials`, `authorizationCode`, `deviceAuthorization`. */
  readonly flow: string
  readonly node: Node<JsonObject>
}

/** Source: Swagger 2.0, Security Scheme Object, `flow`. */
const swaggerFlows: ReadonlyMap<string, string> = new Map([
  ['accessCode', 'authorizationCode'],
  ['application', 'clientCredentials'],
])

/** Every flow of every OAuth 2.0 scheme. */
export const oauthFlows = collection<FlowSubject>((described) => securitySchemes(described).flatMap(flowsOf))

function flowsOf(scheme: SchemeSubject): readonly FlowSubject[] {
  if (scheme.scheme.type !== 'oauth2') return []
  const { node } = scheme.scheme
  const swagger = textField(scheme.value, 'flow')
  if (swagger !== null) return [{ scheme, flow: swaggerFlows.get(swagger) ?? swagger, node }]
  const above = childPointer(node.pointer, 'flows')
  return Object.entries(objectField(scheme.value, 'flows') ?? {}).flatMap(([flow, value]) =>
    isObject(value) && !flow.startsWith('x-')
      ? [{ scheme, flow, node: { file: node.file, pointer: childPointer(above, flow), value } }]
      : [],
  )
}
