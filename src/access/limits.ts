// Limits of role definitions and assignments. Source: Microsoft Learn, "Azure RBAC limits".

/** Assignments of one subscription. */
export const assignmentCountMax = 4000;

/** Custom roles of one directory. */
export const customRoleCountMax = 5000;

export const roleNameCharsMax = 512;
export const descriptionCharsMax = 2048;

/** Characters of one action string; the documented patterns are far shorter. */
export const actionCharsMax = 1024;

/** Actions of all four lists of one role together. */
export const actionCountMax = 2048;

/** Characters of a condition: 8 KB. */
export const conditionCharsMax = 8192;

/** Parentheses and NOTs inside each other; Azure names no limit. */
export const conditionDepthMax = 64;

/** Roles that the fix of a refusal names; ours. */
export const advisedRolesMax = 12;
