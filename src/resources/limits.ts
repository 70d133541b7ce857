// Limits of ARM ids and envelopes. Source: Microsoft Learn, "Azure Resource Manager limits" and
// "Naming rules and restrictions for Azure resources".

/** Characters of a resource group's name. */
export const groupNameCharsMax = 90;

/** Characters of one name inside an id; the longest that any resource type allows. */
export const nameCharsMax = 260;

/** Characters of a whole resource id; ARM's own URLs stop at 4 KB. */
export const idCharsMax = 4096;

export const tagCountMax = 50;
export const tagNameCharsMax = 512;
export const tagValueCharsMax = 256;

/** Bytes of one resource's JSON: an ARM request body stops at 4 MB. */
export const documentBytesMax = 4 * 1024 * 1024;

/** Documents read per page of a scan. */
export const scanPage = 1000;
