/** Formats of which a value can be seen to have them at a glance: what is recognised here every validator accepts; the rest is for a validator to say. */

const recognised = (pattern: RegExp) => (value: unknown) => typeof value === 'string' && pattern.test(value)
const always = (): boolean => true

const date = /^\d{4}-(?:0[1-9]|1[0-2])-(?:0[1-9]|1\d|2[0-8])$/
const dateTime =
  /^\d{4}-(?:0[1-9]|1[0-2])-(?:0[1-9]|1\d|2[0-8])T(?:[01]\d|2[0-3]):[0-5]\d:[0-5]\d(?:\.\d{1,9})?(?:Z|[+-](?:[01]\d|2[0-3]):[0-5]\d)$/
const uri =
  /^https?:\/\/[A-Za-z0-9-]{1,63}(?:\.[A-Za-z0-9-]{1,63}){0,9}(?::\d{1,5})?(?:\/[A-Za-z0-9._~/-]{0,500})?(?:\?[A-Za-z0-9._~=&-]{0,500})?(?:#[A-Za-z0-9_-]{0,100})?$/
/** `git:example.com/a/b`, `urn:isbn:1`. */
const opaque = /^[A-Za-z][A-Za-z0-9+.-]{0,30}:[A-Za-z0-9._~:-][A-Za-z0-9._~:/-]{0,500}$/
const email = /^[A-Za-z0-9_]{1,64}(?:\.[A-Za-z0-9_]{1,64}){0,5}@[A-Za-z0-9]{1,60}(?:\.[A-Za-z0-9]{1,60}){1,5}$/
const uuid = /^[0-9a-fA-F]{8}(?:-[0-9a-fA-F]{4}){3}-[0-9a-fA-F]{12}$/

/** By name of the format. Sources: RFC 3339, RFC 3986, RFC 5321, RFC 9562; OpenAPI 3.0 (data types). */
export const plainFormats: ReadonlyMap<string, (value: unknown) => boolean> = new Map([
  ['date', recognised(date)],
  ['date-time', recognised(dateTime)],
  ['uri', (value: unknown) => recognised(uri)(value) || recognised(opaque)(value)],
  ['email', recognised(email)],
  ['uuid', recognised(uuid)],
  ['int32', (value: unknown) => typeof value === 'number' && Number.isInteger(value) && Math.abs(value) < 2 ** 31],
  ['int64', (value: unknown) => typeof value === 'number' && Number.isInteger(value)],
  ['float', (value: unknown) => typeof value === 'number'],
  ['double', (value: unknown) => typeof value === 'number'],
  ['password', always],
  ['binary', always],
])
