// What stays the same through a run: whose workflow it is and what surrounds it.
import type { ObjectValue } from '../language.ts';

export interface WorkflowFacts {
  readonly hosting: 'consumption' | 'standard';
  /** Stateful or Stateless, as the project says; Consumption is Stateful. */
  readonly kind: 'Stateful' | 'Stateless';
  /** 32 hex digits. */
  readonly hexId: string;
  readonly name: string;
  /** ARM id of the Logic App: the workflow itself, or the site. Its identity is the run's. */
  readonly resourceId: string;
  /** What `workflow().id` says. */
  readonly workflowId: string;
  readonly location: string;
  readonly tags: Readonly<Record<string, string>>;
  readonly version: string;
  readonly parameters: ObjectValue;
  /** Standard: the site's application settings; lookups ignore letter case. */
  readonly appSettings: Readonly<Record<string, string>>;
  readonly hasIntegrationAccount: boolean;
  /** `https://prod-07.westeurope.logic.azure.com:443` or `https://site.azurewebsites.net:443`. */
  readonly endpoint: string;
}

/** Subscription and resource group of an ARM id. */
export function placeOf(resourceId: string): { subscription: string; group: string } {
  const match = /^\/subscriptions\/([^/]+)\/resourceGroups\/([^/]+)/i.exec(resourceId);
  return { subscription: match?.[1] ?? '', group: match?.[2] ?? '' };
}
