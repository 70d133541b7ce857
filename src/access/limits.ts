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
