// Variables: initialised once, at the top, before they are used, and changed as their type allows.
import { references } from '../../../../languages/workflow-expressions/index.ts';
import type { Rule, Subject } from '../finding.ts';
import { suggestion } from '../finding.ts';
import { variablesMax } from '../limits.ts';
import { type ActionNode, isReachable, ownersOf } from '../model.ts';
import {
  isTreeArray,
  isTreeObject,
  memberOf,
  opaque,
  type Path,
  type Tree,
  unknownText,
  valueAt,
} from '../tree.ts';

interface Variable {
  readonly name: string;
  readonly type: string;
  readonly action: ActionNode;
  readonly path: Path;
}

const types = ['String', 'Integer', 'Float', 'Boolean', 'Array', 'Object'];

/** Types that an action may change. */
const changes: Readonly<Record<string, readonly string[]>> = {
  setvariable: ['string', 'integer', 'float', 'boolean', 'array', 'object'],
  incrementvariable: ['integer', 'float'],
  decrementvariable: ['integer', 'float'],
  appendtostringvariable: ['string'],
  appendtoarrayvariable: ['array'],
};

/** Whether a name is known before deployment and holds no expression. */
function isPlain(value: Tree | undefined): value is string {
  return typeof value === 'string' && !value.includes('@') && !value.includes(unknownText);
}

/** Declared variables; `open` where some are known only at deployment. */
function declared(subject: Subject): { readonly all: Variable[]; readonly open: boolean } {
  const all: Variable[] = [];
  let { open } = subject.model;
  for (const action of subject.model.actions) {
    if (action.typeKey === '') open = true;
    if (action.typeKey !== 'initializevariable') continue;
    const inputs = memberOf(action.body, 'inputs');
    const list = isTreeObject(inputs?.value) ? memberOf(inputs.value, 'variables') : undefined;
    if (!isTreeArray(list?.value)) {
      open = true;
      continue;
    }
    for (const [index, entry] of list.value.entries()) {
      const path = [...action.path, inputs?.name ?? 'inputs', list.name, index];
      if (!isTreeObject(entry)) {
        open = true;
        continue;
      }
      const name = memberOf(entry, 'name')?.value;
      const type = memberOf(entry, 'type')?.value;
      if (!isPlain(name)) open = true;
      else
        all.push({ name, type: typeof type === 'string' ? type.toLowerCase() : '', action, path });
      checkDeclaration(subject, action, entry, path);
    }
  }
  return { all, open };
}

function checkDeclaration({ report }: Subject, action: ActionNode, entry: Tree, path: Path): void {
  for (const member of ['name', 'type']) {
    const value = valueAt(entry, [member]);
    if (value === undefined || value === null || value === '') {
      report('variable-declaration', path, {
        message: `'${action.name}' initialises a variable without a ${member}.`,
        fix: `Add "${member}".`,
      });
    }
  }
  const type = valueAt(entry, ['type']);
  if (typeof type !== 'string' || type === '' || type.includes('@')) return;
  if (types.some((name) => name.toLowerCase() === type.toLowerCase())) return;
  report('variable-declaration', [...path, 'type'], {
    message: `'${type}' is not a type of variables.`,
    fix: suggestion(type, types, ''),
  });
}

function checkDeclarations({ report, model }: Subject, all: readonly Variable[]): void {
  const seen = new Map<string, Variable>();
  for (const variable of all) {
    const first = seen.get(variable.name.toLowerCase());
    if (first) {
      report('variable-declaration', variable.path, {
        message: `The variable '${variable.name}' is initialised twice, first by '${first.action.name}'.`,
        fix: `Change it with a SetVariable action, or give it another name.`,
      });
    } else seen.set(variable.name.toLowerCase(), variable);
    if (variable.action.container !== model.root) {
      report('variable-nested', variable.action.path, {
        message: `'${variable.action.name}' initialises a variable inside '${variable.action.container.owner?.name}'; that is allowed only at the top of the workflow.`,
        fix: 'Move it to the top and change the variable here with SetVariable.',
      });
    }
  }
  if (all.length > variablesMax) {
    report('limits', ['actions'], {
      message: `${all.length} variables; at most ${variablesMax} are allowed.`,
      fix: 'Keep several values in one object variable.',
    });
  }
}

/** A use of the variable `name` by `reader` at a place. */
interface Use {
  readonly name: string;
  readonly reader: ActionNode | undefined;
  readonly path: Path;
  readonly offset?: number;
}

/** An agent calls its tools in an order of its own. */
function isInAgent(reader: ActionNode): boolean {
  return ownersOf(reader).some(({ typeKey }) => typeKey === 'agent');
}

function checkUse(
  { report }: Subject,
  use: Use,
  variables: { readonly all: readonly Variable[]; readonly open: boolean },
): Variable | undefined {
  const found = variables.all.filter(({ name }) => name.toLowerCase() === use.name.toLowerCase());
  const [first] = found;
  const at = use.offset === undefined ? {} : { offset: use.offset };
  if (!first) {
    if (variables.open) return undefined;
    const names = variables.all.map(({ name }) => name);
    report('unknown-variable', use.path, {
      ...at,
      message: `The variable '${use.name}' is not initialised anywhere.`,
      fix: suggestion(
        use.name,
        names,
        'Add an InitializeVariable action at the top of the workflow.',
      ),
    });
    return undefined;
  }
  const { reader } = use;
  if (
    reader &&
    !variables.open &&
    !isInAgent(reader) &&
    !found.some(({ action }) => isReachable(action, reader))
  ) {
    report('variable-not-before', use.path, {
      ...at,
      message: `'${reader.name}' uses the variable '${first.name}', which '${first.action.name}' need not have initialised by then.`,
      fix: `Let '${reader.name}', or the action around it, run after '${first.action.name}'.`,
    });
  }
  return first;
}

function checkChange(
  subject: Subject,
  action: ActionNode,
  variables: { readonly all: readonly Variable[]; readonly open: boolean },
): void {
  const allowed = changes[action.typeKey];
  const inputs = memberOf(action.body, 'inputs');
  if (!allowed || !isTreeObject(inputs?.value)) return;
  const name = memberOf(inputs.value, 'name');
  if (!isPlain(name?.value)) return;
  const path = [...action.path, inputs.name];
  const use = { name: name.value, reader: action, path: [...path, name.name] };
  const variable = checkUse(subject, use, variables);
  if (variable && variable.type !== '' && !allowed.includes(variable.type)) {
    if (types.some((type) => type.toLowerCase() === variable.type)) {
      subject.report('variable-type', use.path, {
        message: `'${action.type}' cannot change the variable '${variable.name}' of type '${variable.type}'.`,
        fix: `Use SetVariable, or initialise the variable as '${allowed[0]}'.`,
      });
    }
  }
  const value = memberOf(inputs.value, 'value');
  if (value && refersTo(value.value, name.value)) {
    subject.report('variable-self-reference', [...path, value.name], {
      message: `'${action.name}' refers to the variable '${name.value}' that it changes; self reference is not supported.`,
      fix: 'Put the new value into a Compose action first and set the variable to its outputs.',
    });
  }
}

function refersTo(value: Tree, variable: string): boolean {
  if (typeof value === 'string') {
    try {
      return references(value).some(
        ({ kind, name }) => kind === 'variable' && name?.toLowerCase() === variable.toLowerCase(),
      );
    } catch {
      return false;
    }
  }
  if (isTreeArray(value)) return value.some((item) => refersTo(item, variable));
  if (!isTreeObject(value)) return false;
  return Object.values(value).some((item) => item !== opaque && refersTo(item, variable));
}

export const variables: Rule = {
  name: 'unknown-variable',
  about:
    'Variables are declared well and once (variable-declaration), at the top (variable-nested), exist (unknown-variable), are initialised before use (variable-not-before), fit the action that changes them (variable-type), and a change does not refer to its own variable (variable-self-reference).',
  check(subject) {
    const known = declared(subject);
    checkDeclarations(subject, known.all);
    for (const action of subject.model.actions) checkChange(subject, action, known);
    for (const expression of subject.expressions) {
      for (const reference of expression.references) {
        if (reference.kind !== 'variable' || reference.name === undefined) continue;
        if (reference.name.includes(unknownText)) continue;
        const use = {
          name: reference.name,
          reader: expression.action,
          path: expression.path,
          offset: reference.start,
        };
        checkUse(subject, use, known);
      }
    }
  },
};
