/**
 * The names that reveal something, whatever the trade: credentials and tokens first, then what identifies a person, money and health.
 * Sources: OWASP API Security Top 10 2023 (API3), CWE-200, CWE-522; PCI DSS 4.0 requirement 3.3 for what may never be stored; names seen in published descriptions.
 */
import { contact, financial, health, personal } from './people-terms.ts'
import type { Term, Vocabulary } from './vocabulary.ts'

/** Words before `password` that name an act, not the secret: `resetPassword`, `requirePassword`. */
const acts = [
  'change',
  'reset',
  'forgot',
  'forgotten',
  'update',
  'send',
  'need',
  'must',
  'verify',
  'validate',
  'check',
  'generate',
  'rotate',
  'enforce',
  'skip',
]

/** Words before `token` that make it a position in a list, a piece of text or a coin. */
const harmlessTokens = (
  'page paging pagination next previous prev continuation cursor sync delta resume idempotency idempotent mask pad eos bos stop special start end chat ' +
  'prompt completion input output total max min cached reasoning word text nft erc20 crypto utility governance design snapshot scroll etag concurrency version consistency watch ' +
  'device fcm apns push notification list search collection position offset skip before after batch change changes csrf xsrf antiforgery request lexer count used remaining usage rate cost price stake swap lp base quote'
).split(' ')

const credentials: readonly Term[] = [
  {
    words: 'password|passwd|pwd|passphrase|passcode|passwort|kennwort|contrasena|senha|motdepasse|wachtwoord|lozinka|haslo',
    sensitivity: 'credential',
    returned: 'never',
    unless: acts,
  },
  {
    words: 'pass',
    sensitivity: 'credential',
    returned: 'never',
    unless: [
      'boarding',
      'season',
      'day',
      'ski',
      'bus',
      'travel',
      'guest',
      'visitor',
      'event',
      'test',
      'check',
      'first',
      'second',
      'low',
      'high',
      'band',
      'by',
      'render',
      'fail',
      'game',
      'wallet',
      'free',
      'battle',
    ],
  },
  {
    words:
      'password|passwd|pwd|passphrase|pass|pin|passcode hash|digest|salt|pepper|md5|sha1|sha256|sha512|bcrypt|argon2|scrypt|pbkdf2|crypt|encrypted|hashed|ciphertext',
    sensitivity: 'credential',
    returned: 'never',
  },
  { words: 'bcrypt|argon2|scrypt|pbkdf2 hash|digest|password', sensitivity: 'credential', returned: 'never' },
  { words: 'bcrypt|argon2|argon2id|argon2i|pbkdf2', sensitivity: 'credential', returned: 'never' },
  { words: 'encrypted|hashed|salted|cleartext|plaintext password|passwd|pwd|pin|passcode', sensitivity: 'credential', returned: 'never' },
  { words: 'old|current|new|previous password', sensitivity: 'credential', returned: 'never' },
  { words: 'password history', sensitivity: 'credential', returned: 'never' },
  { words: 'salt', sensitivity: 'credential', returned: 'never', unless: ['road', 'sea', 'with', 'sodium', 'table', 'no'] },
  { words: '2fa|mfa|totp|otp|hotp|authenticator|factor secret|seed|key', sensitivity: 'credential', returned: 'never' },
  { words: '2fa|mfa|totp|otp|authenticator shared|private secret|key|seed', sensitivity: 'credential', returned: 'never' },
  { words: '2fa|mfa|totp|otp|google authenticator secret|seed|key', sensitivity: 'credential', returned: 'never' },
  {
    words: '2fa|mfa|totp|otp backup|recovery|emergency|scratch|rescue code|key|token|password',
    sensitivity: 'credential',
    returned: 'never',
  },
  {
    words: 'backup|recovery|emergency|scratch|rescue code',
    sensitivity: 'credential',
    returned: 'never',
    unless: ['country', 'currency', 'status', 'error', 'color'],
  },
  { words: 'recovery key|phrase|secret|word', sensitivity: 'credential', returned: 'never' },
  { words: 'mnemonic', sensitivity: 'credential', returned: 'never' },
  { words: 'mot de passe', sensitivity: 'credential', returned: 'never' },
  { words: 'wallet seed', sensitivity: 'credential', returned: 'never' },
  { words: 'seed|mnemonic phrase', sensitivity: 'credential', returned: 'never' },
  { words: 'otpauth|otp|totp auth|provisioning url|uri', sensitivity: 'credential', returned: 'never' },
  { words: 'otpauth url|uri', sensitivity: 'credential', returned: 'never' },
  { words: 'totp|hotp', sensitivity: 'credential', returned: 'never', numeric: true },
  { words: 'otp', sensitivity: 'credential', returned: 'never', numeric: true },
  {
    words: 'otp|2fa|mfa|totp|sms|email|verification|login|authenticator|activation|magic code',
    sensitivity: 'token',
    returned: 'never',
    numeric: true,
    unless: ['error', 'status', 'response', 'reason', 'address', 'card', 'avs'],
  },
  { words: 'auth|authentication|access code', sensitivity: 'token', returned: 'sign-in' },
  { words: 'otp|2fa|mfa|totp pin|value|hash', sensitivity: 'credential', returned: 'never', numeric: true },
  {
    words: 'pin',
    sensitivity: 'credential',
    returned: 'never',
    numeric: true,
    unless: [
      'gpio',
      'map',
      'io',
      'output',
      'input',
      'analog',
      'digital',
      'drop',
      'connector',
      'safety',
      'king',
      'led',
      'saved',
      'board',
      'post',
      'message',
      'location',
    ],
  },
  { words: 'security|secret answer', sensitivity: 'credential', returned: 'never' },
  { words: 'security|secret question answer', sensitivity: 'credential', returned: 'never' },
  {
    words: 'private|signing|encryption|decryption|master|symmetric|hmac key',
    sensitivity: 'credential',
    returned: 'never',
    unless: ['public', 'commit', 'gpg', 'pgp'],
  },
  {
    words: 'private|signing|encryption|secret|server key pem|material|password|passphrase|data|base64',
    sensitivity: 'credential',
    returned: 'never',
  },
  { words: 'private|secret jwk|pem|key', sensitivity: 'credential', returned: 'never' },
  { words: 'key material', sensitivity: 'credential', returned: 'never', unless: ['public'] },
  { words: 'connection string', sensitivity: 'credential', returned: 'never' },
  { words: 'secret', sensitivity: 'credential', returned: 'once' },
  { words: 'secret value|key|hash|string|token', sensitivity: 'credential', returned: 'once' },
  {
    words: 'api|access|account|application|app|service|auth|authentication|authorization|session|webhook|shared|write|admin key',
    sensitivity: 'credential',
    returned: 'once',
    unless: ['public', 'publishable', 'idempotency', 'primary', 'foreign'],
  },
  { words: 'api key hash|secret|token|value', sensitivity: 'credential', returned: 'once' },
  { words: 'secret access key', sensitivity: 'credential', returned: 'never' },
  { words: 'client|consumer|app|application|oauth|webhook|shared|signing|api secret', sensitivity: 'credential', returned: 'once' },
  { words: 'credential', sensitivity: 'credential', returned: 'once' },
]

const tokens: readonly Term[] = [
  { words: 'reset|recovery|forgot token|code|key|hash|secret|link', sensitivity: 'token', returned: 'never' },
  {
    words: 'reset|recovery|forgot password|passwd|pwd|account token|code|key|hash|secret|link|otp',
    sensitivity: 'token',
    returned: 'never',
  },
  { words: 'password|passwd|pwd token|code', sensitivity: 'token', returned: 'never' },
  { words: 'password|passwd|pwd|pin reset token|code|key|hash|secret|link|url|otp', sensitivity: 'token', returned: 'never' },
  {
    words: 'activation|confirmation|confirm|verification|verify|unlock|magic|invitation|invite|unsubscribe token|hash',
    sensitivity: 'token',
    returned: 'never',
  },
  { words: 'magic link|url', sensitivity: 'token', returned: 'never' },
  {
    words:
      'refresh|remember|session|auth|authentication|access|bearer|id|oauth|jwt|api|personal|impersonation|login|security|sso|user|bot|deploy|registration token',
    sensitivity: 'token',
    returned: 'sign-in',
  },
  { words: 'token hash|secret|value|digest|key', sensitivity: 'token', returned: 'sign-in', unless: harmlessTokens },
  { words: 'token', sensitivity: 'token', returned: 'sign-in', unless: harmlessTokens },
  { words: 'jwt', sensitivity: 'token', returned: 'sign-in' },
  { words: 'session cookie|secret|key', sensitivity: 'token', returned: 'sign-in' },
  { words: 'sessionid', sensitivity: 'token', returned: 'sign-in' },
  { words: 'code verifier', sensitivity: 'token', returned: 'never' },
  { words: 'authorization|device code', sensitivity: 'token', returned: 'sign-in' },
  { words: 'authorization header', sensitivity: 'token', returned: 'sign-in' },
]

const internal: readonly Term[] = [
  { words: 'stack trace', sensitivity: 'internal', returned: 'never' },
  { words: 'stacktrace|backtrace|traceback', sensitivity: 'internal', returned: 'never' },
  { words: 'internal note|comment|remark', sensitivity: 'internal', returned: 'authorised' },
  { words: 'debug message|output|trace', sensitivity: 'internal', returned: 'never' },
  { words: 'sql query|statement', sensitivity: 'internal', returned: 'never' },
]

/** The vocabulary that always applies. */
export const coreVocabulary: Vocabulary = {
  name: 'core',
  terms: [...credentials, ...tokens, ...financial, ...health, ...personal, ...contact, ...internal],
}
