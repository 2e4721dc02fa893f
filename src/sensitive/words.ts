/**
 * How a property name falls into words: `passwordHash`, `password_hash`, `password-hash`, `PASSWORDHASH` and `passwordhash` are the same two words.
 * Knows the words sensitive names are made of, so that names written without any separator can be taken apart; knows nothing of what they mean.
 */

/** Names longer than this are cut: nobody names a property in more, and the cost stays linear. */
const longestName = 200

/** Words that may be glued together without a separator. A name is only taken apart when it falls into these completely. */
const gluedWords = new Set(
  (
    'access account address alg answer api app application argon2 auth authorization backup bank basic bcrypt bearer birth birthday blood cc cell certificate client code ' +
    'confirm confirmation credential credit card csrf current cvc cvv data date debit device digest driver drivers email encrypted encryption exp expiry factor family first ' +
    'full given hash hashed home iban id identity insurance ip jwt key last legal license licence login magic maiden master mfa middle mobile mother mothers name national new number ' +
    'oauth of old one otp party pass passphrase passport password pepper phone pin plain postal private pwd passwd question recovery refresh reset routing salt scrypt secret security seed session sha256 ' +
    'sign signing signature social ssn ssh street sso tax telephone temp temporary time token totp two url user username value verification verify zip'
  ).split(' '),
)

/** Several words that mean one thing, and spellings that mean another word. */
const sameAs: ReadonlyMap<string, string> = new Map([
  ['pass word', 'password'],
  ['pass phrase', 'passphrase'],
  ['pass code', 'passcode'],
  ['two factor', '2fa'],
  ['two fa', '2fa'],
  ['second factor', '2fa'],
  ['multi factor', 'mfa'],
  ['multifactor', 'mfa'],
  ['twofactor', '2fa'],
  ['o auth', 'oauth'],
  ['o auth2', 'oauth'],
  ['oauth2', 'oauth'],
  ['e mail', 'email'],
  ['one time', 'otp'],
  ['onetime', 'otp'],
  ['b crypt', 'bcrypt'],
  ['s crypt', 'scrypt'],
  ['pass wd', 'passwd'],
  ['licence', 'license'],
  ["driver's", 'driver'],
  ['drivers', 'driver'],
  ['mothers', 'mother'],
  ['cvc2', 'cvc'],
  ['cvv2', 'cvv'],
  ['em code', 'email code'],
  ['i ban', 'iban'],
  ['ip v4', 'ip'],
  ['ip v6', 'ip'],
])

/** Words in which the digits at the end belong to the word. */
const wordsWithDigits = new Set([
  'argon2',
  'oauth2',
  'sha1',
  'sha256',
  'sha512',
  'md5',
  'pbkdf2',
  'base64',
  'last4',
  'pkcs8',
  'pkcs12',
  'p12',
  'icd10',
  'cvv2',
  'cvc2',
])

const irregularPlurals: ReadonlyMap<string, string> = new Map([
  ['hashes', 'hash'],
  ['ids', 'id'],
  ['passes', 'pass'],
  ['addresses', 'address'],
  ['diagnoses', 'diagnosis'],
  ['allergies', 'allergy'],
  ['salaries', 'salary'],
  ['passwords', 'password'],
])

/** The words of a name in lower case, plurals in the singular: `userBackupCodes` gives `user`, `backup`, `code`. */
export function wordsOf(name: string): readonly string[] {
  const before = known.get(name)
  if (before !== undefined) return before
  if (known.size >= mostKnown) known.clear()
  const words = split(name)
  // A copy: a name cut out of a text would keep the whole text alive.
  if (name.length <= longestName) known.set(` ${name}`.slice(1), words)
  return words
}

/** The same names come again and again: dozens of rules ask about each property, and an API has few hundred of them. */
const known = new Map<string, readonly string[]>()
const mostKnown = 5_000

function split(name: string): readonly string[] {
  const separated = name
    .slice(0, longestName)
    .normalize('NFKD')
    .replace(/[\u0300-\u036f]/g, '')
    .replace(/2[fF][aA]/g, ' 2fa ')
    .replace(/([a-z0-9])([A-Z])/g, '$1 $2')
    .replace(/([A-Z])([A-Z][a-z])/g, '$1 $2')
  const words = separated
    .toLowerCase()
    .split(/[^a-z0-9']+/)
    .filter((word) => word !== '')
    .flatMap(pieces)
  return joinPairs(words)
}

function pieces(word: string): readonly string[] {
  if (gluedWords.has(word) || wordsWithDigits.has(word) || word === '2fa') return [word]
  const bare = word.replace(/[0-9]+$/, '') || word
  const singular = singularOf(bare)
  return gluedWords.has(singular) ? [singular] : (takeApart(singular) ?? takeApart(bare) ?? [singular])
}

/** A plural in the singular; words that merely end in `s` (`address`, `status`, `diagnosis`) are left as they are. */
function singularOf(word: string): string {
  const irregular = irregularPlurals.get(word)
  if (irregular !== undefined) return irregular
  return word.length > 3 && word.endsWith('s') && !/(?:ss|us|is|as)$/.test(word) ? word.slice(0, -1) : word
}

/** The fewest known words that make up `glued` completely, or undefined. Dynamic programming over at most 40 letters. */
function takeApart(glued: string): readonly string[] | undefined {
  if (glued.length > 40) return undefined
  const best: (readonly string[] | undefined)[] = [[]]
  for (let end = 1; end <= glued.length; end++) {
    best[end] = shortest(best, glued, end)
  }
  return best[glued.length]
}

function shortest(best: readonly (readonly string[] | undefined)[], glued: string, end: number): readonly string[] | undefined {
  let found: readonly string[] | undefined
  for (let start = Math.max(0, end - 14); start < end; start++) {
    const before = best[start]
    const word = glued.slice(start, end)
    if (before === undefined || !gluedWords.has(word)) continue
    if (found === undefined || before.length + 1 < found.length) found = [...before, word]
  }
  return found
}

function joinPairs(words: readonly string[]): readonly string[] {
  const joined: string[] = []
  for (const word of words) {
    const previous = joined.at(-1)
    const pair = previous === undefined ? undefined : sameAs.get(`${previous} ${word}`)
    if (pair === undefined) joined.push(sameAs.get(word) ?? word)
    else joined.splice(-1, 1, ...pair.split(' '))
  }
  return joined
}
