/** Media types as sets: names compared as RFC 9110 says, ranges containing types. */

/** Lower case, parameters sorted, and without what means nothing: `charset=utf-8` is what JSON is (RFC 8259). */
export function normalMediaType(type: string): string {
  const [name = '', ...parameters] = type.split(';').map((part) => part.trim())
  const essence = name.toLowerCase()
  const isJson = /[/+]json$/.test(essence)
  const kept = parameters
    .filter((parameter) => parameter !== '')
    .map(normalParameter)
    .filter((parameter) => !(isJson && parameter === 'charset=utf-8'))
    .sort()
  return [essence, ...kept].join(';')
}

/** True when every message of type `type` lies in `range`: `application/*` holds `application/json`. False for equal types. Both normal. */
export function isWithin(type: string, range: string): boolean {
  if (type === range) return false
  const [inner = '', ...innerParameters] = type.split(';')
  const [outer = '', ...outerParameters] = range.split(';')
  const holds = outer === inner || outer === '*/*' || outer === '*' || (outer.endsWith('/*') && inner.startsWith(outer.slice(0, -1)))
  // With parameters a type is another type (`;v=2`), not a special case of the plain one; only ranges take all.
  return holds && (outer === inner ? false : outerParameters.every((parameter) => innerParameters.includes(parameter)))
}

/** True for types whose text is XML, where names and attributes of the schema's `xml` count. */
export function isXml(type: string): boolean {
  return /[/+]xml(?:;|$)/.test(normalMediaType(type))
}

function normalParameter(parameter: string): string {
  const [name = '', value] = parameter.split('=').map((part) => part.trim())
  const plain = value?.replace(/^"(.*)"$/, '$1') ?? ''
  return value === undefined
    ? name.toLowerCase()
    : `${name.toLowerCase()}=${name.toLowerCase() === 'charset' ? plain.toLowerCase() : plain}`
}
