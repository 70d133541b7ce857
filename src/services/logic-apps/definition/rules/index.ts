// The rules in the order they run.
import type { Rule } from '../finding.ts';
import { control } from './control.ts';
import { definitionLimits, definitionParameters, definitionShape } from './definition.ts';
import { expressionSyntax } from './expressions.ts';
import { hosting } from './hosting.ts';
import { operationOptions } from './options.ts';
import { connections, parameters, projectFiles } from './parameters.ts';
import { placement } from './placement.ts';
import { protocol } from './protocol.ts';
import { actionReferences } from './references.ts';
import { responses } from './responses.ts';
import { runAfter } from './run-after.ts';
import { settings } from './settings.ts';
import { stateless } from './stateless.ts';
import { staticResults } from './static-results.ts';
import { trackedProperties } from './tracked-properties.ts';
import { nodeTypes, uniqueNames } from './types.ts';
import { variables } from './variables.ts';

export const rules: readonly Rule[] = [
  definitionShape,
  definitionParameters,
  definitionLimits,
  nodeTypes,
  uniqueNames,
  runAfter,
  expressionSyntax,
  actionReferences,
  variables,
  parameters,
  connections,
  projectFiles,
  placement,
  responses,
  control,
  protocol,
  settings,
  operationOptions,
  staticResults,
  trackedProperties,
  stateless,
  hosting,
];
