// The question every service asks before it acts, and the answer with its reason.

/** Of a role assignment, for the conditions that ask about them. */
export interface AssignmentAttributes {
  /** GUID of the role, without the path in front of it. */
  readonly roleDefinitionId?: string;
  readonly principalId?: string;
  /** `User`, `Group`, `ServicePrincipal`. */
  readonly principalType?: string;
}

export interface AccessQuestion {
  /** Object id of the caller's service principal or user. */
  readonly principalId: string;
  /** Object ids of the groups it belongs to. */
  readonly groupIds?: readonly string[];
  /** A control-plane action, such as `Microsoft.KeyVault/vaults/write`. */
  readonly action?: string;
  /** A data-plane action, such as `Microsoft.KeyVault/vaults/keys/sign/action`. */
  readonly dataAction?: string;
  /** ARM id of what is acted on; assignments at this scope and above it count. */
  readonly scope: string;
  /** `@Request` of conditions: the role assignment that is to be written. */
  readonly request?: AssignmentAttributes;
  /** `@Resource` of conditions: the role assignment that is there. */
  readonly resource?: AssignmentAttributes;
}

export interface AccessDecision {
  readonly allowed: boolean;
  /** The assignment that allowed it. */
  readonly roleAssignmentId?: string;
  readonly roleName?: string;
  /** The scope at which it was assigned. */
  readonly assignedAt?: string;
  /** One plain sentence, such as `no role assignment of … at or above …`. */
  readonly reason: string;
  /** The roles would allow it, were it not for a condition that does not hold. */
  readonly conditionUnmet?: true;
  /** For a refusal: which role would allow it, and where. */
  readonly fix?: string;
}

export interface Access {
  check(question: AccessQuestion): Promise<AccessDecision>;
}
