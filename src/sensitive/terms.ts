/**
 * The names that reveal something, whatever the trade: credentials and tokens first, then what identifies a person, money and health.
 * Sources: OWASP API Security Top 10 2023 (API3), CWE-200, CWE-522; PCI DSS 4.0 requirement 3.3 for what may never be stored; names seen in published descriptions.
 */
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
  'list search collection position offset skip before after batch change changes csrf xsrf antiforgery request lexer count used remaining usage rate cost price stake swap lp base quote'
).split(' ')

const credentials: readonly Term[] = [
  {
    words: 'password|passwd|pwd|passphrase|passcode|passwort|kennwort|contrasena|senha|motdepasse',
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
    words: 'api|access|account|application|app|service|storage|auth|authentication|authorization|session|webhook|shared|write|admin key',
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

const financial: readonly Term[] = [
  { words: 'cvv|cvc', sensitivity: 'financial', returned: 'never', numeric: true },
  { words: 'cvv|cvc hash|encrypted', sensitivity: 'financial', returned: 'never' },
  { words: 'cvv|cvc code|number|value', sensitivity: 'financial', returned: 'never', numeric: true },
  { words: 'card verification|security code|value|number', sensitivity: 'financial', returned: 'never', numeric: true },
  { words: 'magstripe|track1|track2|track data', sensitivity: 'financial', returned: 'never' },
  { words: 'credit|debit|payment card number|no|num', sensitivity: 'financial', returned: 'authorised', numeric: true },
  {
    words: 'card number|num|pan',
    sensitivity: 'financial',
    returned: 'authorised',
    numeric: true,
    unless: ['report', 'id', 'business', 'library', 'member', 'loyalty', 'sim', 'gift', 'insurance', 'health', 'identity'],
  },
  { words: 'credit|debit card|cc', sensitivity: 'financial', returned: 'authorised', numeric: true },
  { words: 'cc number|num', sensitivity: 'financial', returned: 'authorised', numeric: true },
  { words: 'iban', sensitivity: 'financial', returned: 'authorised' },
  { words: 'account|bank_account number', sensitivity: 'financial', returned: 'authorised', numeric: true },
  { words: 'bank account', sensitivity: 'financial', returned: 'authorised', numeric: true },
  { words: 'bank account number|no|num|iban', sensitivity: 'financial', returned: 'authorised', numeric: true },
  { words: 'routing|aba number', sensitivity: 'financial', returned: 'authorised', numeric: true, unless: ['phone', 'call'] },
  { words: 'sort code', sensitivity: 'financial', returned: 'authorised', numeric: true },
  { words: 'salary|wage', sensitivity: 'financial', returned: 'authorised', numeric: true },
  { words: 'annual|gross|net|monthly|household income', sensitivity: 'financial', returned: 'authorised', numeric: true },
  { words: 'credit score', sensitivity: 'financial', returned: 'authorised', numeric: true },
]

const health: readonly Term[] = [
  { words: 'mrn', sensitivity: 'health', returned: 'authorised', numeric: true },
  { words: 'medical record|history|condition|number', sensitivity: 'health', returned: 'authorised' },
  { words: 'medical record number|no', sensitivity: 'health', returned: 'authorised', numeric: true },
  { words: 'diagnosis', sensitivity: 'health', returned: 'authorised' },
  { words: 'diagnosis code|description|text', sensitivity: 'health', returned: 'authorised' },
  { words: 'blood type|group', sensitivity: 'health', returned: 'authorised' },
  { words: 'health|medical insurance|card number|no', sensitivity: 'health', returned: 'authorised', numeric: true },
  { words: 'health condition|record', sensitivity: 'health', returned: 'authorised' },
  { words: 'hiv|vaccination|pregnancy|disability status', sensitivity: 'health', returned: 'authorised' },
  { words: 'allergy|medication', sensitivity: 'health', returned: 'authorised' },
]

const personal: readonly Term[] = [
  { words: 'ssn|nino|itin|bsn|cpf|curp|aadhaar|aadhar', sensitivity: 'personal', returned: 'authorised', numeric: true },
  { words: 'ssn last4|hash', sensitivity: 'personal', returned: 'authorised', numeric: true },
  { words: 'social security|insurance number|no|num', sensitivity: 'personal', returned: 'authorised', numeric: true },
  { words: 'social security', sensitivity: 'personal', returned: 'authorised', numeric: true },
  { words: 'national id|identifier|identification', sensitivity: 'personal', returned: 'authorised', numeric: true },
  { words: 'national insurance|identity|identification|id number|no|card', sensitivity: 'personal', returned: 'authorised', numeric: true },
  { words: 'identity card number|no', sensitivity: 'personal', returned: 'authorised', numeric: true },
  { words: 'passport', sensitivity: 'personal', returned: 'authorised', numeric: true },
  { words: 'passport number|no|num|id', sensitivity: 'personal', returned: 'authorised', numeric: true },
  { words: 'tax id|number|identifier', sensitivity: 'personal', returned: 'authorised', numeric: true },
  { words: 'tax identification|id|payer number|id', sensitivity: 'personal', returned: 'authorised', numeric: true },
  { words: 'driver|driving license', sensitivity: 'personal', returned: 'authorised', numeric: true },
  { words: 'driver|driving license number|no|num|id', sensitivity: 'personal', returned: 'authorised', numeric: true },
  { words: 'date of birth', sensitivity: 'personal', returned: 'authorised', numeric: true },
  { words: 'birth date|day|year|place', sensitivity: 'personal', returned: 'authorised', numeric: true },
  { words: 'dob|birthdate|birthday|birthplace', sensitivity: 'personal', returned: 'authorised', numeric: true },
  { words: 'place of birth', sensitivity: 'personal', returned: 'authorised' },
  { words: 'maiden name', sensitivity: 'personal', returned: 'authorised' },
  { words: 'ethnicity|religion', sensitivity: 'personal', returned: 'authorised' },
  { words: 'sexual orientation', sensitivity: 'personal', returned: 'authorised' },
  { words: 'political opinion|affiliation', sensitivity: 'personal', returned: 'authorised' },
  { words: 'marital status', sensitivity: 'personal', returned: 'authorised' },
]

/** Ordinary contact data of people. */
const contact: readonly Term[] = [
  { words: 'email', sensitivity: 'personal', returned: 'authorised', contact: true },
  { words: 'email address', sensitivity: 'personal', returned: 'authorised', contact: true },
  { words: 'phone|telephone|msisdn|cellphone|mobile', sensitivity: 'personal', returned: 'authorised', contact: true, numeric: true },
  {
    words: 'phone|telephone|mobile|cell|contact number|no|num',
    sensitivity: 'personal',
    returned: 'authorised',
    contact: true,
    numeric: true,
  },
  { words: 'first|last|full|given|family|middle|legal|sur name', sensitivity: 'personal', returned: 'authorised', contact: true },
  { words: 'fname|lname|firstname|lastname|fullname|surname', sensitivity: 'personal', returned: 'authorised', contact: true },
  { words: 'ip', sensitivity: 'personal', returned: 'authorised', contact: true },
  { words: 'ip address', sensitivity: 'personal', returned: 'authorised', contact: true },
  {
    words: 'home|street|mailing|postal|residential|billing|shipping address',
    sensitivity: 'personal',
    returned: 'authorised',
    contact: true,
  },
  { words: 'gender|nationality', sensitivity: 'personal', returned: 'authorised', contact: true },
  { words: 'pin code', sensitivity: 'personal', returned: 'authorised', contact: true, numeric: true },
  { words: 'license plate', sensitivity: 'personal', returned: 'authorised', contact: true },
  { words: 'license plate number', sensitivity: 'personal', returned: 'authorised', contact: true },
  { words: 'vin', sensitivity: 'personal', returned: 'authorised', contact: true },
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
