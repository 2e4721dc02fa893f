/** Where we answer otherwise than a peer's own tests expect, on purpose; each with its reason. */

export interface DeliberateDifference {
  /** Matches `<peer>:<id of the case>`. */
  readonly id: RegExp
  readonly reason: string
}

const vacuous = 'The keyword stands on a type that it does not bind (`maximum` of a string, `required` of an array): no value changes.'
const otherChange = 'The case speaks of other changes; its documents also change something that breaks clients.'
const law = 'By the law of set inclusion the change is harmless in this direction; the peer warns in both.'
const unused = 'No operation uses the component, so that no client notices.'

export const deliberateDifferences: readonly DeliberateDifference[] = [
  // oasdiff
  { id: /^oasdiff:.*TestBreaking_AnyOf$/, reason: vacuous },
  { id: /^oasdiff:.*TestRequestParameterMaxItemsDecreased$/, reason: vacuous },
  { id: /^oasdiff:.*TestRequestParameterMaxDecreased$/, reason: vacuous },
  { id: /^oasdiff:.*TestRequestBodyMaxLengthIncreasedCheck$/, reason: vacuous },
  { id: /^oasdiff:.*Test(?:RequestBody|RequestProperty)MaxDecreasedCheck$/, reason: vacuous },
  { id: /^oasdiff:.*TestRequestBodyFormatChangedCheck$/, reason: vacuous },
  { id: /^oasdiff:.*TestResponsePropertyFormat(?:Removed|Changed)Check$/, reason: vacuous },
  {
    id: /^oasdiff:.*TestRequestPropertyFormatChangedCheck$/,
    reason: 'A bound (int32) is replaced by a format that does not bind integers: more is taken.',
  },
  { id: /^oasdiff:.*TestBreaking_MaxLengthFromNil$/, reason: 'Every value of the enum is short enough already: no value changes.' },
  {
    id: /^oasdiff:.*TestBreaking_ReqBodyNewRequiredPropertyNew$/,
    reason: '`required` binds undeclared properties too: requests must now carry it.',
  },
  {
    id: /^oasdiff:.*TestBreaking_RequiredPropertyWriteOnlyDisabled$/,
    reason: 'A property more is returned; that it may be one too many is said by the security effect (exposure).',
  },
  { id: /^oasdiff:.*TestBreaking_AddPattern$/, reason: 'The property is `readOnly`: requests do not carry it.' },
  {
    id: /^oasdiff:.*TestBreaking_(?:DeletePatten|ModifyPatternToAnyString)$/,
    reason: 'The schema is returned too, and there a dropped pattern widens.',
  },
  {
    id: /^oasdiff:.*TestRequestParameterPatternChanged$/,
    reason: 'Inclusion of the patterns is decided: the new one takes all that the old one took.',
  },
  {
    id: /^oasdiff:.*TestBreaking_ResponseUnparseableStatusRemoved$/,
    reason: 'Without its `default` response nothing says what comes in all other cases.',
  },
  { id: /^oasdiff:.*TestBreaking_Servers$/, reason: 'Clients call the servers that are listed.' },
  {
    id: /^oasdiff:.*TestBreaking_SunsetModifiedFromInvalidForDeprecatedParameter$/,
    reason: 'A date that could not be read was put right.',
  },
  {
    id: /^oasdiff:.*TestRequestParameterDefaultValueChangedAndRenamedParameter$/,
    reason: 'A path parameter is always sent: its default never counts.',
  },
  {
    id: /^oasdiff:.*TestRequestPropertyAllOf(?:Added|Removed)$/,
    reason: 'The member repeats what its siblings say: the merged schema is equal.',
  },
  {
    id: /^oasdiff:.*TestTransitionClaims_RealChangeAlongsideTransitionStillReported$/,
    reason: 'An enum that is dropped takes more, also when the type is widened with it.',
  },
  {
    id: /^oasdiff:.*TestBreaking_(?:Path)?DeprecationNoSunset$/,
    reason: 'A deprecation without a date leaves clients no time that they could know of: dangerous.',
  },
  {
    id: /^oasdiff:.*TestBreaking_ParameterDeprecationNoSunset$/,
    reason: 'As for operations; a removed parameter is dangerous in any case.',
  },
  { id: /^oasdiff:.*TestAPISecurityAdded$/, reason: 'Authentication where there was none refuses every client.' },
  { id: /^oasdiff:.*TestRequestOptionalPropertyBecameReadOnly$/, reason: 'What clients send in it is no longer heeded.' },
  { id: /^oasdiff:.*TestRequestRequiredPropertyBecameNonReadOnly$/, reason: 'Requests must now carry the property.' },
  { id: /^oasdiff:.*TestResponseRequiredPropertyBecameWriteOnly$/, reason: 'A property that was always returned is returned no more.' },
  { id: /^oasdiff:.*TestResponseDiscriminatorUpdatedCheck/, reason: 'Clients dispatch on the discriminator.' },
  {
    id: /^oasdiff:.*Test(?:ChangeMediaTypeParameters|SpecializeMediaTypeName)$/,
    reason: '`application/problem+json` is another type than `application/json`, not a kind of it (RFC 6839).',
  },
  { id: /^oasdiff:.*TestRe(?:quest|sponse)BodyTypeLooselyTypedCompatible$/, reason: 'An object is no text, in XML neither.' },
  {
    id: /^oasdiff:.*TestRequestPropertyOneOfAdded$/,
    reason: 'The new alternative overlaps with others, so that values that matched one now match two.',
  },
  {
    id: /^oasdiff:.*TestResponsePropertyOneOfRemoved$/,
    reason: 'The alternatives overlap: without one of them, values match exactly one that matched two.',
  },
  {
    id: /^oasdiff:.*TestRequestReadOnlyProperty(?:Max|Min)(?:De|In)creasedCheck$/,
    reason: 'The property became `readOnly` in the same change.',
  },
  { id: /^oasdiff:.*TestRequestPropertyMarkedOptional$/, reason: otherChange },
  { id: /^oasdiff:.*TestBreaking_NoChangeToSunsetDeprecatedEndpoint$/, reason: otherChange },
  { id: /^oasdiff:.*TestNewRequestNonPathParameter_DetectsNewPathsAndNewOperations$/, reason: otherChange },
  { id: /^oasdiff:.*TestRequestPropertyBecameNullable31$/, reason: otherChange },
  { id: /^oasdiff:.*TestResponseTypeCheckerSuppressedForNullOnly31$/, reason: otherChange },
  { id: /^oasdiff:.*TestRequestBodyDefaultValueChanged$/, reason: otherChange },
  { id: /^oasdiff:.*TestResponseWriteOnlyPropertyBecameOptionalCheck$/, reason: otherChange },
  // OpenAPITools/openapi-diff
  {
    id: /^openapitools:.*allOfReferringToOneOfSchemasAreSupported$/,
    reason: 'A default was added: the same request now means something else.',
  },
  {
    id: /^openapitools:.*testContentDiffWithOneEmptyMediaType$/,
    reason: 'A response that could be anything is now described: whatever comes was possible before.',
  },
  { id: /^openapitools:.*addPropertyHandlingTest$/, reason: 'Clients that read the removed response property find nothing.' },
  {
    id: /^openapitools:.*ApiResponseBCTest.java:decreased$/,
    reason: 'Only an error status left the list; clients handle errors as a class.',
  },
  { id: /^openapitools:.*requestExclusiveMinSet$/, reason: '`exclusiveMinimum: true` without `minimum` bounds nothing.' },
  {
    id: /^openapitools:.*responseWriteOnlyRequiredDecreased$/,
    reason: 'A property more is returned; the security effect says that it may be one too many (exposure).',
  },
  // criteo/openapi-comparator
  {
    id: /^criteo:criteo:(?:added_response_code|constant_status_has_changed|enum_direction_(?:path|query)_add|polymorphic_schema|nullable_property_changed|added_additional_properties)$/,
    reason: law,
  },
  { id: /^criteo:criteo:enum_direction_response(?:_ref)?_remove$/, reason: law },
  {
    id: /^criteo:criteo:(?:changed_parameter_order|issue_49_false_1015_out_of_order_parameters)$/,
    reason: 'The order of parameters is not part of a request.',
  },
  { id: /^criteo:criteo:oneof_add$/, reason: 'A `oneOf` of one member is that member.' },
  { id: /^criteo:criteo:removed_schema$/, reason: unused },
  { id: /^criteo:criteo:version_reversed$/, reason: 'The version of the description is no part of a request; a policy may judge it.' },
  { id: /^criteo:criteo:x-ms-paths$/, reason: '`x-ms-paths` is an extension of one tool; extensions are judged by policy.' },
  // Azure/openapi-diff
  { id: /^azure-oad:azure-oad:Global(?:Param|Response)/, reason: unused },
  {
    id: /^azure-oad:azure-oad:ParameterLocationChanged$/,
    reason: '`x-ms-parameter-location` moves an argument in generated code; the request is the same.',
  },
  // Optic
  { id: /^optic:.*valid response union type transition$/, reason: 'A number may now come where only objects came.' },
  // Statements of human-written changelogs
  {
    id: /^truth:T026$/,
    reason: 'A value less in a response: whatever comes now was possible before; the changelog means the new error status.',
  },
  { id: /^truth:T134$/, reason: unused },
]
