/** Writes that a browser would send along with its cookie, unasked. */
import { operations, wholeOperation } from '../collections.ts'
import { defineRule } from '../rule.ts'
import { named } from '../sentences.ts'
import { isWrite, schemesOf } from '../security.ts'
import { textField } from '../../openapi/values.ts'

export const cookieAuthCsrf = defineRule({
  id: 'cookie-auth-csrf',
  title: 'A write is authenticated by a cookie without protection against forged requests.',
  why: 'Browsers send cookies with requests that other sites start; without a token or `SameSite`, those sites act in the user’s name.',
  fix: 'Require a header such as `X-CSRF-Token`, or say in the scheme’s description that the cookie is `SameSite`.',
  severity: 'notice',
  confidence: 'likely',
  category: 'API8:2023',
  cwe: 'CWE-352',
  since: '0.1',
  given: operations,
  reports: (operation) => {
    if (!isWrite(operation) || operation.security.length === 0) return null
    const cookies = schemesOf(operation).filter((scheme) => scheme.type === 'apiKey' && textField(scheme.node.value, 'in') === 'cookie')
    const others = schemesOf(operation).length > cookies.length
    const protects = operation.parameters.some((parameter) => parameter.in === 'header' && /csrf|xsrf/i.test(parameter.name))
    const [cookie] = cookies
    if (cookie === undefined || others || protects || /same-?site|csrf/i.test(textField(cookie.node.value, 'description') ?? ''))
      return null
    return {
      at: operation.node,
      message: `${named(operation)} is authenticated by the cookie scheme \`${cookie.name}\` and takes no token against forged requests.`,

      uses: () => [wholeOperation(operation)],
      identity: { by: 'uses' },
    }
  },
})
