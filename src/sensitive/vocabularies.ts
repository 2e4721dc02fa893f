/** Vocabularies of laws and standards, asked in addition to the core one: names that only they make sensitive. */
import type { Vocabulary } from './vocabulary.ts'

export type VocabularyName = 'gdpr' | 'hipaa' | 'pci'

/** Regulation (EU) 2016/679: article 4(1) and (14), online identifiers and location; article 9, special categories. */
const gdpr: Vocabulary = {
  name: 'gdpr',
  terms: [
    { words: 'race|ethnicity|ethnic', sensitivity: 'personal', returned: 'authorised' },
    { words: 'racial|ethnic origin|group|background', sensitivity: 'personal', returned: 'authorised' },
    { words: 'religion|denomination|faith|creed', sensitivity: 'personal', returned: 'authorised' },
    { words: 'religious belief|affiliation', sensitivity: 'personal', returned: 'authorised' },
    { words: 'political party|view|opinion|affiliation|belief', sensitivity: 'personal', returned: 'authorised' },
    { words: 'union membership|member', sensitivity: 'personal', returned: 'authorised' },
    { words: 'sexual orientation|preference', sensitivity: 'personal', returned: 'authorised' },
    { words: 'sex life', sensitivity: 'personal', returned: 'authorised' },
    { words: 'biometric|genetic data|template|profile|sample', sensitivity: 'personal', returned: 'authorised' },
    { words: 'biometric|dna|genome', sensitivity: 'personal', returned: 'authorised' },
    { words: 'face|voice|iris|retina print|template|scan|embedding', sensitivity: 'personal', returned: 'authorised' },
    { words: 'criminal record|conviction|history', sensitivity: 'personal', returned: 'authorised' },
    { words: 'latitude|longitude|geolocation', sensitivity: 'personal', returned: 'authorised', numeric: true, contact: true },
    { words: 'geo|gps location|position|coordinate', sensitivity: 'personal', returned: 'authorised', contact: true },
    { words: 'device|advertising|tracking|visitor|cookie id|identifier', sensitivity: 'personal', returned: 'authorised', contact: true },
    { words: 'idfa|gaid|imei|imsi', sensitivity: 'personal', returned: 'authorised' },
    { words: 'mac address', sensitivity: 'personal', returned: 'authorised', contact: true },
    { words: 'user agent', sensitivity: 'personal', returned: 'authorised', contact: true },
    { words: 'postal|zip code', sensitivity: 'personal', returned: 'authorised', contact: true },
    { words: 'photo|portrait|avatar|selfie', sensitivity: 'personal', returned: 'authorised', contact: true },
    { words: 'age', sensitivity: 'personal', returned: 'authorised', numeric: true, contact: true },
    { words: 'signature image', sensitivity: 'personal', returned: 'authorised' },
  ],
}

/** 45 CFR 164.514(b)(2): the eighteen identifiers, and what makes health information of them. */
const hipaa: Vocabulary = {
  name: 'hipaa',
  terms: [
    { words: 'patient id|identifier|number|name', sensitivity: 'health', returned: 'authorised', numeric: true },
    { words: 'medical|health record|history|plan|information|data|note', sensitivity: 'health', returned: 'authorised' },
    { words: 'health plan number|id|beneficiary', sensitivity: 'health', returned: 'authorised', numeric: true },
    { words: 'beneficiary|subscriber|member id|number', sensitivity: 'health', returned: 'authorised', numeric: true },
    {
      words:
        'diagnosis|prognosis|symptom|condition|treatment|therapy|procedure|prescription|medication|dosage|immunization|vaccination|allergy|comorbidity',
      sensitivity: 'health',
      returned: 'authorised',
    },
    { words: 'icd10|icd|cpt|snomed|loinc|ndc', sensitivity: 'health', returned: 'authorised' },
    { words: 'icd10|icd|cpt|snomed|loinc|ndc code', sensitivity: 'health', returned: 'authorised' },
    { words: 'lab|test|blood result|value', sensitivity: 'health', returned: 'authorised' },
    { words: 'blood type|group|pressure|glucose', sensitivity: 'health', returned: 'authorised', numeric: true },
    { words: 'admission|discharge|death date', sensitivity: 'health', returned: 'authorised' },
    { words: 'physician|doctor|provider note', sensitivity: 'health', returned: 'authorised' },
    { words: 'device serial|identifier', sensitivity: 'health', returned: 'authorised' },
    { words: 'certificate|license number', sensitivity: 'personal', returned: 'authorised', numeric: true },
    { words: 'fax', sensitivity: 'personal', returned: 'authorised', numeric: true },
    { words: 'fax number', sensitivity: 'personal', returned: 'authorised', numeric: true },
  ],
}

/** PCI DSS 4.0, table 2: cardholder data may be kept protected, sensitive authentication data never after authorisation. */
const pci: Vocabulary = {
  name: 'pci',
  terms: [
    { words: 'pan', sensitivity: 'financial', returned: 'authorised', numeric: true },
    { words: 'primary account number', sensitivity: 'financial', returned: 'authorised', numeric: true },
    { words: 'card number|no|num|pan', sensitivity: 'financial', returned: 'authorised', numeric: true },
    { words: 'cardholder|card name|holder', sensitivity: 'financial', returned: 'authorised' },
    { words: 'cardholder', sensitivity: 'financial', returned: 'authorised' },
    { words: 'card holder name', sensitivity: 'financial', returned: 'authorised' },
    { words: 'card expiry|expiration', sensitivity: 'financial', returned: 'authorised', numeric: true },
    { words: 'card expiry|expiration|exp date|month|year', sensitivity: 'financial', returned: 'authorised', numeric: true },
    { words: 'service code', sensitivity: 'financial', returned: 'authorised', numeric: true },
    { words: 'security code', sensitivity: 'financial', returned: 'never', numeric: true },
    { words: 'cvv|cvc|cid|cav2|cvn', sensitivity: 'financial', returned: 'never', numeric: true },
    { words: 'pin block', sensitivity: 'financial', returned: 'never' },
    { words: 'track|track1|track2|stripe data', sensitivity: 'financial', returned: 'never' },
  ],
}

/** The vocabularies by name. */
export const vocabularies: Readonly<Record<VocabularyName, Vocabulary>> = { gdpr, hipaa, pci }

/** One vocabulary with the terms of several; the first wins. */
export function joinVocabularies(parts: readonly Vocabulary[]): Vocabulary {
  return { name: parts.map((part) => part.name).join('+'), terms: parts.flatMap((part) => part.terms) }
}
