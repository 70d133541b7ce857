// Functions that read the template or that the deployment answers, and those refused by name.
import type { Json } from '../../../base/index.ts';
import type { Frame } from '../scope.ts';
import { textOf } from '../values.ts';
import { type FunctionRule, fault, integerAt, rule, textAt } from './rule.ts';

const host = (name: string, min: number, max: number): FunctionRule => ({ name, min, max });

const refused = (name: string, unsupported: string): FunctionRule => ({
  name,
  min: 0,
  max: Number.POSITIVE_INFINITY,
  unsupported,
});

/** `copyIndex()`, `copyIndex(offset)`, `copyIndex('loop')`, `copyIndex('loop', offset)`. */
function copyIndex(args: readonly Json[], { scope }: Frame): number {
  const named = typeof args[0] === 'string';
  const index = named
    ? scope.loops?.named.get(textAt('copyIndex', args, 0).toLowerCase())
    : scope.loops?.current;
  if (index === undefined) {
    throw fault(
      'copyIndex',
      named
        ? `there is no copy loop '${String(args[0])}' around it.`
        : "the function is not expected at this location: name the loop, as in copyIndex('loop').",
    );
  }
  const at = named ? 1 : 0;
  return index + (args.length > at ? integerAt('copyIndex', args, at) : 0);
}

export const templateFunctions: readonly FunctionRule[] = [
  rule('parameters', 1, 1, (args, { scope }) => scope.parameter(textAt('parameters', args, 0))),
  rule('variables', 1, 1, (args, { scope }) => {
    if (!scope.variable) {
      throw fault('variables', 'the function is not expected at this location.');
    }
    return scope.variable(textOf(args[0] ?? null));
  }),
  rule('copyIndex', 0, 2, copyIndex),
  host('reference', 1, 3),
  host('references', 1, 2),
  host('resourceInfo', 1, 1),
  host('list*', 1, 3),
  host('listOutputsWithSecureValues', 2, 2),
  host('resourceGroup', 0, 2),
  host('subscription', 0, 1),
  host('tenant', 0, 0),
  host('managementGroup', 0, 1),
  host('deployment', 0, 0),
  host('deployer', 0, 0),
  host('environment', 0, 0),
  host('utcNow', 0, 1),
  host('newGuid', 0, 0),
  host('providers', 1, 2),
  refused('extensions', 'extension configurations are experimental'),
  refused('externalInputs', 'external inputs are experimental'),
  refused('pickZones', 'there are no availability zones'),
  refused('toLogicalZone', 'there are no availability zones'),
  refused('toLogicalZones', 'there are no availability zones'),
  refused('toPhysicalZone', 'there are no availability zones'),
  refused('toPhysicalZones', 'there are no availability zones'),
  refused('buildUri', 'write the address with format() or uri()'),
  refused('parseUri', 'take the address apart with split()'),
  refused('roleDefinitions', 'write the role definition id with subscriptionResourceId()'),
];
