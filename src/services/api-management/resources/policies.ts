// Policy documents of every scope, and fragments: checked, compiled and only then saved.
import {
  checkDocument,
  type NamedValues,
  type PolicyNode,
  parseDocument,
  policiesOf,
  type Scope,
} from '../../../languages/policy-documents/index.ts';
import { ResourceError, type Resources, type ResourceType } from '../../../resources/index.ts';
import { namedValuesOf } from '../configuration.ts';
import { problemsOf } from '../plan.ts';
import type { Ports } from '../room.ts';
import { apiVersions, types } from '../state.ts';
import {
  type NamedPolicy,
  policyOf,
  propertiesOf,
  required,
  text,
  validationError,
} from '../wire.ts';

export function policyTypes(resources: () => Resources, ports: Ports): ResourceType[] {
  const places: readonly (readonly [string, Scope])[] = [
    [types.policy, 'global'],
    [types.productPolicy, 'product'],
    [types.apiPolicy, 'api'],
    [types.operationPolicy, 'operation'],
  ];
  const documents = places.map(
    ([type, scope]): ResourceType => ({
      type,
      apiVersions,
      location: false,
      async prepare({ id, name, body }) {
        if (name.toLowerCase() !== 'policy') {
          throw validationError('name', "The name of a policy resource is 'policy'.");
        }
        const properties = checkedProperties(body);
        await check(resources(), ports, {
          id,
          policy: policyOf(properties),
          root: 'policies',
          scope,
        });
        return properties;
      },
    }),
  );
  const fragments: ResourceType = {
    type: types.fragment,
    apiVersions,
    location: false,
    async prepare({ id, body }) {
      const properties = checkedProperties(body);
      await check(resources(), ports, { id, policy: policyOf(properties), root: 'fragment' });
      return { ...properties, provisioningState: 'Succeeded' };
    },
  };
  return [...documents, fragments];
}

function checkedProperties(body: Parameters<typeof propertiesOf>[0]) {
  const given = propertiesOf(body);
  const format = text(given.format) ?? 'xml';
  if (/-link$/.test(format)) {
    throw validationError('format', `The format '${format}' is not supported by this gateway yet.`);
  }
  if (format !== 'xml' && format !== 'rawxml') {
    throw validationError('format', "format must be 'xml' or 'rawxml'.");
  }
  return { ...given, format, value: required(given, 'value') };
}

interface Wanted {
  readonly id: string;
  readonly policy: NamedPolicy;
  readonly root: 'policies' | 'fragment';
  readonly scope?: Scope;
}

/** Throws ResourceError with every finding, each with its line and column. */
async function check(resources: Resources, ports: Ports, wanted: Wanted): Promise<void> {
  const service = /^.*\/providers\/Microsoft\.ApiManagement\/service\/[^/]+/i.exec(wanted.id)![0];
  const [values, fragmentDocuments] = await Promise.all([
    resources.list(types.namedValue, service),
    resources.list(types.fragment, service),
  ]);
  const namedValues = namedValuesOf(values);
  const { format, value } = wanted.policy;
  const { scope } = wanted;
  const { findings } = checkDocument(value, { format, namedValues, scope });
  const errors = findings.filter(({ severity }) => severity === 'error');
  if (errors.length > 0) throw refusal(errors);
  const { root } = policiesOf(parseDocument(value, { format }), { namedValues, scope });
  if (root.name !== wanted.root) {
    const message = `The root element is <${root.name}>, not <${wanted.root}>.`;
    throw refusal([{ line: root.origin.line, column: root.origin.column, message }]);
  }
  const fragments = new Map(
    fragmentDocuments.map((each) => [
      each.name,
      fragmentTree(policyOf(each.properties), namedValues),
    ]),
  );
  const problems = problemsOf(root, fragments, ports);
  if (problems.length > 0) throw refusal(problems);
}

function fragmentTree({ format, value }: NamedPolicy, namedValues: NamedValues): PolicyNode {
  return policiesOf(parseDocument(value, { format }), { namedValues }).root;
}

/** API Management's ValidationError: one text, each finding with its place. */
function refusal(
  findings: readonly { line: number; column: number; message: string }[],
): ResourceError {
  const lines = findings.map(
    ({ line, column, message }) => `Error on line ${line}, column ${column}: ${message}`,
  );
  const message = `One or more fields contain incorrect values: ${lines.join(' ')}`;
  return new ResourceError(400, 'ValidationError', message, 'representation');
}
