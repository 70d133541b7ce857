// Bounds of policy documents.

/** 256 KiB: API Management's limit of a policy document (service limits page). */
export const documentBytesMax = 262_144;

/** 512 KiB: limit of a policy fragment (policy fragments page). */
export const fragmentBytesMax = 524_288;

/** Larger texts are not read at all. Ours. */
export const textLengthMax = 4_194_304;

/** Elements nested deeper are refused; published documents stay below 20. Ours. */
export const elementDepthMax = 128;

/** Policies of an effective policy after fragments are joined in. Ours. */
export const effectivePoliciesMax = 20_000;

/** `{{name}}` and the characters a named value's name may have (named values page). */
export const namedValuePattern = /\{\{\s*([A-Za-z0-9._-]{1,256})\s*\}\}/g;

/** A single expression may be this long, in characters: as long as the longest document. */
export const expressionLengthMax = fragmentBytesMax;

/**
 * Characters read in vain while ends of broken expressions are sought, for a whole document; those
 * behind end at their next delimiter. Ours: some fifty broken expressions in a usual document.
 */
export const vainCharactersMax = 1_000_000;

/** Places in a literal that are tried as an expression. Ours. */
export const suspectPlacesMax = 16;
