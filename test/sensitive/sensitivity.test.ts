import { expect, test } from 'vitest'
import type { Sensitivity } from '../../src/model/change.ts'
import { sensitiveName, sensitivityOf } from '../../src/sensitive/sensitivity.ts'
import { wordsOf } from '../../src/sensitive/words.ts'

const text = { type: 'string' }

/** Names that reveal something when they are texts. */
const sensitive: Record<Sensitivity, string> = {
  credential: `password Password PASSWORD passwordHash password_hash password-hash PasswordHash PASSWORD_HASH passwordhash hashedPassword
    hashed_password userPassword user_password user.password user[password] newPassword old_password password_confirmation passwordConfirm
    password2 passwd pwd db_passwd pwd_hash pwdHash passphrase ssh_passphrase password_salt passwordSalt salt password_digest encrypted_password
    passwordEncrypted password_md5 password_sha256 bcrypt bcrypt_hash argon2_hash rootPassword admin_password smtpPassword temp_password
    2faSecret 2fa_secret two_factor_secret twoFactorSecret user2faSecret mfaSecret mfa_seed totp_secret totpSeed otpSecret otp_key TOTPSecret
    backup_codes backupCodes 2fa_backup_code twoFactorBackupCodes recoveryCodes recovery_code mfaRecoveryCodes scratch_codes emergencyCodes
    otp totp otpauth_url security_answer securityAnswer secretAnswer secret_question_answer pin userPin pin_hash
    privateKey private_key ssh_private_key privateKeyPem signingKey signing_key encryption_key encryptionKey PRIVATE_KEY masterKey
    secret client_secret clientSecret app_secret webhookSecret signing_secret sharedSecret api_key apiKey APIKey apikey x-api-key API_KEY
    aws_secret_access_key secretAccessKey secretKey access_key storage_account_key connectionString credentials seed_phrase mnemonic
    userpass db_pass motDePasse wachtwoord walletSeed senha contrasena passwort contraseña mfa.secret data/attributes/password apiKeyHash`,
  token: `resetToken reset_token passwordResetToken password_reset_token resetPasswordToken reset_password_code forgotPasswordToken recovery_token
    resetCode reset_code activation_token activationToken confirmation_token verificationToken email_verification_token invite_token magic_link_token
    otp_code otpCode mfa_code verification_code sms_code accessToken access_token accesstoken refreshToken refresh_token session_token sessionToken authToken
    auth_token id_token jwt token bearerToken api_token personal_access_token rememberToken jwtToken oauth_token OAuthToken userToken codeVerifier em_code`,
  financial: `cardNumber card_number creditCardNumber credit_card_number cvv cvc cvv2 card_cvv cardVerificationValue card_security_code iban IBAN
    bankAccountNumber account_number routing_number sort_code salary baseSalary annual_income credit_score debitCardNumber cardNo accountNo kontonummer`,
  health: `mrn medicalRecordNumber medical_record_number diagnosis diagnosisCode blood_type bloodType medications allergies health_insurance_number medicalHistory nhsNumber prescription`,
  personal: `ssn SSN socialSecurityNumber social_security_number nationalId national_id passportNumber passport_number tax_id taxId
    driversLicense drivers_license_number driver_licence_number dateOfBirth date_of_birth dob birthDate birthday placeOfBirth mothers_maiden_name
    ethnicity religion sexual_orientation email emailAddress email_address e_mail userEmail phone phoneNumber phone_number mobileNumber verified_phone
    firstName first_name lastName fname lname fullName ip ip_address ipAddress lastLoginIp home_address gender nationality cpf aadhaarNumber taxpayerId biometricTemplate criminalRecord steuerId`,
  internal: `stackTrace stack_trace stacktrace backtrace internalNotes internal_comment sql_query debug_output`,
}

/** Names that look alike and reveal nothing. */
const harmless = `deviceToken fcmToken storageKey password_changed_at passwordChangedAt password_updated password_enabled passwordPolicy password_policy password_expires password_expires_at
  passwordLength password_min_length passwordStrength password_required passwordType password_url passwordResetUrlTemplate requirePassword hasPassword has_password isPassword
  is_password_set resetPassword change_password forgotPassword password_attempts password_hint_enabled hide_password password_set
  secret_id secretName secret_type secret_scanning hide_secret exclude_secrets secrets_url secret_version secretArn
  token_type tokenType token_id token_expires_at tokenExpiry token_endpoint token_url tokenName token_count token_limit token_scopes
  pageToken page_token next_page_token nextToken nextPageToken continuationToken continuation_token cursor_token sync_token syncToken resumeToken
  prompt_tokens completion_tokens max_tokens total_tokens input_tokens csrf_token csrfToken paginationToken
  two_factor_enabled twoFactorEnabled mfa_enabled 2fa_enabled mfa_type otp_enabled otp_length two_factor_method mfaPolicy
  backup_code_count recovery_codes_remaining backup_status backup_id country_code currency_code status_code error_code zip_code postalCode promoCode color_code
  key keys publicKey public_key primary_key foreign_key idempotency_key partition_key keyId key_id api_key_id apiKeyName api_key_prefix keyword monkey
  compass passenger passage bypass author authority authorize tokenize tokenizer secretary pinned pinnable pinterest opinion shipping spinner
  cardinality card cards card_brand card_last4 cardType card_id account account_id accountName accounts account_type iban_country
  email_verified emailVerified email_enabled email_template phone_verified phone_type has_phone birthday_reminder_enabled ipsum zip shipment tip
  name id status description username user_id created_at updated_at url hash commit_hash sha checksum etag signature code title salted_caramel
  saltwater privately encryption encryptionEnabled certificate fingerprint session session_id sessions sessionCount
  boarding_pass season_pass gpio_pin checkpoint descriptor tax tax_rate taxonomy passport_enabled health status_health healthy blood genders_url race`

const rows = Object.entries(sensitive).flatMap(([kind, names]) =>
  names
    .trim()
    .split(/\s+/)
    .map((name) => [name, kind] as const),
)

test.each(rows)('`%s` is %s', (name, kind) => {
  expect(sensitivityOf(name, text)).toBe(kind)
})

test.each(harmless.trim().split(/\s+/))('`%s` reveals nothing', (name) => {
  expect(sensitivityOf(name, text)).toBeNull()
})

test('the tables hold more than 150 names each way', () => {
  expect(rows.length).toBeGreaterThan(150)
  expect(harmless.trim().split(/\s+/).length).toBeGreaterThan(150)
})

test.each([
  ['password', { type: 'boolean' }],
  ['password', { type: ['boolean', 'null'] }],
  ['token', { type: 'integer' }],
  ['secret', { type: 'number' }],
  ['password', { type: 'string', format: 'date-time' }],
  ['otp', { type: 'boolean' }],
  ['password', { type: 'object', properties: { min_length: { type: 'integer' } } }],
  ['changePassword', { type: 'object', properties: { supported: { type: 'boolean' } } }],
  ['tokens', { type: 'array', items: { type: 'object', properties: { id: { type: 'string' }, name: { type: 'string' } } } }],
  ['secret', { type: 'string', enum: ['visible', 'hidden'] }],
  ['secret', { enum: [true, false] }],
  ['pin', { type: 'boolean' }],
  ['email', { type: 'boolean' }],
  ['password', { oneOf: [{ type: 'boolean' }, { type: 'null' }] }],
])('`%s` as %j cannot be the secret itself', (name, schema) => {
  expect(sensitivityOf(name, schema)).toBeNull()
})

test.each([
  ['password', undefined, 'credential'],
  ['password', {}, 'credential'],
  ['password', true, 'credential'],
  ['password', { type: ['string', 'null'] }, 'credential'],
  ['password', { allOf: [{ type: 'string' }, { minLength: 8 }] }, 'credential'],
  ['password', { oneOf: [{ type: 'null' }, { type: 'string' }] }, 'credential'],
  ['password', { type: 'object', properties: { hash: { type: 'string' } } }, 'credential'],
  ['recovery_codes', { type: 'array', items: { type: 'string' } }, 'credential'],
  ['otp', { type: 'integer' }, 'credential'],
  ['cvv', { type: 'integer' }, 'financial'],
  ['phone', { type: 'integer' }, 'personal'],
  ['date_of_birth', { type: 'string', format: 'date' }, 'personal'],
  ['handle', { type: 'string', format: 'password' }, 'credential'],
  ['contact', { type: 'string', format: 'email' }, 'personal'],
  ['p', { type: 'string', example: '$2b$12$KIXQ4t9aJ0s4Z8v5m1u3aeRkq7T1d9h0yQwE2rT3yU4iO5pA6sD7f' }, 'credential'],
  ['blob', { type: 'string', 'x-data-classification': 'pii' }, 'personal'],
  ['blob', { type: 'string', 'x-data-classification': { class: 'PHI', purpose: 'care' } }, 'health'],
  ['blob', { type: 'string', 'x-pii': true }, 'personal'],
  ['blob', { type: 'string', 'x-phi': 'yes' }, 'health'],
  ['blob', { type: 'string', 'x-sensitive': true }, 'internal'],
  ['blob', { type: 'string', 'x-sensitive': 'pci' }, 'financial'],
  ['blob', { type: 'string', 'x-sensitive': false }, null],
  ['email', { type: 'string', 'x-data-classification': 'public' }, null],
  ['passwordHash', { type: 'string', 'x-data-classification': 'public' }, 'credential'],
] as const)('`%s` as %j is %s', (name, schema, kind) => {
  expect(sensitivityOf(name, schema)).toBe(kind)
})

test('a vocabulary is asked before the core one', () => {
  const vocabulary = { name: 'own', terms: [{ words: 'badge number', sensitivity: 'personal', returned: 'authorised' }] } as const
  expect(sensitivityOf('badgeNumber', text)).toBeNull()
  expect(sensitivityOf('badgeNumber', text, vocabulary)).toBe('personal')
  expect(sensitivityOf('password', text, vocabulary)).toBe('credential')
})

test('names tell when returning them is normal', () => {
  expect(sensitiveName('passwordHash', text)?.returned).toBe('never')
  expect(sensitiveName('client_secret', text)?.returned).toBe('once')
  expect(sensitiveName('access_token', text)?.returned).toBe('sign-in')
  expect(sensitiveName('email', text)?.contact).toBe(true)
})

test.each([
  ['passwordHash', 'password hash'],
  ['PASSWORDHASH', 'password hash'],
  ['2faSecret', '2fa secret'],
  ['TOTPSecretKey', 'totp secret key'],
  ['oauth2AccessTokens', 'oauth access token'],
  ['user_ids', 'user id'],
  ['addresses', 'address'],
  ['', ''],
  ['___', ''],
])('the words of `%s` are `%s`', (name, words) => {
  expect(wordsOf(name).join(' ')).toBe(words)
})

test('prototype names and endless names are harmless and quick', () => {
  for (const name of ['__proto__', 'constructor', 'toString', 'a'.repeat(1_000_000), 'password'.repeat(100_000)]) sensitivityOf(name, text)
  expect(sensitivityOf('__proto__', text)).toBeNull()
})
