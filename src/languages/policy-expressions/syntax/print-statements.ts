// Prints statements as C#.
import { printType } from './print-types.ts';
import type {
  DeclarationStatement,
  Expression,
  Parameter,
  Statement,
  SwitchLabel,
  SwitchSection,
  TypeParameter,
} from './tree.ts';

export interface Printers {
  printExpression(node: Expression): string;
  printParameter(node: Parameter): string;
  printLabel(node: SwitchLabel): string;
}

function declaration(node: DeclarationStatement, p: Printers): string {
  const list = node.declarators.map(({ name, initial }) =>
    initial ? `${name} = ${p.printExpression(initial)}` : name,
  );
  return `${node.constant ? 'const ' : ''}${node.type ? printType(node.type) : 'var'} ${list.join(', ')}`;
}

function section(node: SwitchSection, p: Printers): string {
  return `${node.labels.map(p.printLabel).join(' ')} ${node.body.map((inner) => printStatement(inner, p)).join(' ')}`;
}

function constraints({ name, only, bases, creates }: TypeParameter): string {
  const list = [only ?? [], bases.map(printType), creates ? 'new()' : []].flat();
  return list.length === 0 ? '' : ` where ${name} : ${list.join(', ')}`;
}

/** One statement with everything inside it. */
export function printStatement(node: Statement, p: Printers): string {
  const print = (inner: Statement) => printStatement(inner, p);
  const value = (inner: Expression) => p.printExpression(inner);
  switch (node.kind) {
    case 'block':
      return `{ ${node.statements.map(print).join(' ')} }`;
    case 'empty':
      return ';';
    case 'declare':
      return `${declaration(node, p)};`;
    case 'expression':
      return `${value(node.value)};`;
    case 'function': {
      const generic = node.typeParameters?.map(({ name }) => name).join(', ');
      const clauses = node.typeParameters?.map(constraints).join('') ?? '';
      const list = node.parameters.map((own) => p.printParameter(own)).join(', ');
      const head = `${printType(node.returns)} ${node.name}${generic ? `<${generic}>` : ''}(${list})${clauses}`;
      return node.body.kind === 'block'
        ? `${head} ${print(node.body as Statement)}`
        : `${head} => ${value(node.body as Expression)};`;
    }
    case 'if': {
      const rest = node.whenFalse ? ` else ${print(node.whenFalse)}` : '';
      return `if (${value(node.condition)}) ${print(node.whenTrue)}${rest}`;
    }
    case 'while':
      return `while (${value(node.condition)}) ${print(node.body)}`;
    case 'do':
      return `do ${print(node.body)} while (${value(node.condition)});`;
    case 'label':
      return `${node.name}: ${print(node.body)}`;
    case 'lock':
      return `lock (${value(node.value)}) ${print(node.body)}`;
    case 'checkedBlock':
      return `${node.checked ? 'checked' : 'unchecked'} ${print(node.body)}`;
    default:
      return printOther(node, p);
  }
}

function printOther(node: Statement, p: Printers): string {
  const print = (inner: Statement) => printStatement(inner, p);
  const value = (inner: Expression) => p.printExpression(inner);
  switch (node.kind) {
    case 'for': {
      const { initial } = node;
      const first = Array.isArray(initial)
        ? (initial as readonly Expression[]).map(value).join(', ')
        : initial
          ? declaration(initial as DeclarationStatement, p)
          : '';
      const condition = node.condition ? value(node.condition) : '';
      return `for (${first}; ${condition}; ${node.steps.map(value).join(', ')}) ${print(node.body)}`;
    }
    case 'foreach': {
      const declared = node.targets
        ? value(node.targets)
        : `${node.type ? printType(node.type) : 'var'} ${node.name}`;
      return `foreach (${declared} in ${value(node.source)}) ${print(node.body)}`;
    }
    case 'switch':
      return `switch (${value(node.value)}) { ${node.sections.map((own) => section(own, p)).join(' ')} }`;
    case 'return':
    case 'throw':
      return node.value ? `${node.kind} ${value(node.value)};` : `${node.kind};`;
    case 'yield':
      return node.value ? `yield return ${value(node.value)};` : 'yield break;';
    case 'break':
    case 'continue':
      return `${node.kind};`;
    case 'goto':
      return `goto ${node.label};`;
    case 'gotoCase':
      return node.value ? `goto case ${value(node.value)};` : 'goto default;';
    case 'try': {
      const catches = node.catches.map(({ type, name, filter, body }) => {
        const caught = type ? ` (${printType(type)}${name === undefined ? '' : ` ${name}`})` : '';
        return ` catch${caught}${filter ? ` when (${value(filter)})` : ''} ${print(body)}`;
      });
      const last = node.finally ? ` finally ${print(node.finally)}` : '';
      return `try ${print(node.body)}${catches.join('')}${last}`;
    }
    case 'using': {
      const { resource } = node;
      const held =
        resource.kind === 'declare'
          ? declaration(resource as DeclarationStatement, p)
          : value(resource as Expression);
      return `using (${held}) ${print(node.body)}`;
    }
    default:
      return '';
  }
}
