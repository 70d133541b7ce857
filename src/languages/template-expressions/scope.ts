// What an expression may ask of the template around it.
import type { Json } from '../../base/index.ts';

/** A function that the deployment answers; `name` is as written (`listKeys`). */
export type HostFunction = (args: readonly Json[], name: string) => Json;

export interface EvaluationScope {
  /** Throws TemplateExpressionError where there is none. Names in any letter case. */
  parameter(name: string): Json;
  /** Absent where variables may not be read. */
  variable?(name: string): Json;
  /**
   * By name in lower case (`list*` for the whole family): reference, resourcegroup, subscription,
   * tenant, deployment, environment, utcnow, newguid, … One that is absent is refused
   * as not expected at this place.
   */
  readonly host: ReadonlyMap<string, HostFunction>;
  /** User-defined functions as `namespace.name`; undefined where there is none. */
  userFunction?(name: string): HostFunction | undefined;
  /** Copy loops in force: by name in lower case, and the index of the resource's own loop. */
  readonly loops?: {
    readonly named: ReadonlyMap<string, number>;
    readonly current?: number;
  };
  /** Where `resourceId` and its kin start from. */
  readonly place: { readonly subscriptionId?: string; readonly resourceGroup?: string };
}

/** One evaluation: its scope, the lambda variables in force, and its budget. */
export interface Frame {
  readonly scope: EvaluationScope;
  readonly locals: ReadonlyMap<string, Json> | undefined;
  readonly budget: { steps: number };
}

/** An expression ready to run. */
export type Compiled = (frame: Frame) => Json;
