// Prints a syntax tree as C#; parsing the text gives the same tree but for the offsets.
import { printStatement } from './print-statements.ts';
import { printType, quoted } from './print-types.ts';
import type {
  Argument,
  Expression,
  Initializer,
  Literal,
  Parameter,
  Pattern,
  PolicyExpressionSyntax,
  QueryClause,
  SwitchLabel,
} from './tree.ts';

/** `@( … )` or `@{ … }` of a whole policy expression. */
export function printPolicyExpression(syntax: PolicyExpressionSyntax): string {
  return syntax.kind === 'expression'
    ? `@(${printExpression(syntax.value)})`
    : `@${printStatement(syntax.block, printers)}`;
}

function literal(value: Literal): string {
  switch (value.type) {
    case 'null':
      return 'null';
    case 'bool':
      return String(value.value);
    case 'string':
      return `"${quoted(value.value)}"`;
    case 'char':
      return `'${quoted(String.fromCharCode(value.value)).replaceAll("'", "\\'")}'`;
    default: {
      const { digits, radix, suffix, kind } = value.value;
      const prefix = radix === 16 ? '0x' : radix === 2 ? '0b' : '';
      const real = kind === 'double' && suffix === '' && !/[.e]/.test(digits);
      return `${prefix}${digits}${real ? 'd' : suffix}`;
    }
  }
}

const commaList = <T>(items: readonly T[], print: (item: T) => string) =>
  items.map(print).join(', ');

function argument({ name, modifier, value }: Argument): string {
  const lead = (name === undefined ? '' : `${name}: `) + (modifier ? `${modifier} ` : '');
  return lead + printExpression(value);
}

export function printParameter({ name, type, modifier, initial }: Parameter): string {
  const lead = (modifier ? `${modifier} ` : '') + (type ? `${printType(type)} ` : '');
  return lead + name + (initial ? ` = ${printExpression(initial)}` : '');
}

function initializer(node: Initializer): string {
  if (node.kind === 'elements') {
    const entries = node.elements.map((list) =>
      list.length === 1 ? printExpression(list[0]!) : `{ ${commaList(list, printExpression)} }`,
    );
    return `{ ${entries.join(', ')} }`;
  }
  const members = node.members.map(({ name, index, value }) => {
    const target = name ?? `[${commaList(index!, argument)}]`;
    const nested = value.kind === 'members' || value.kind === 'elements';
    return `${target} = ${nested ? initializer(value as Initializer) : printExpression(value as Expression)}`;
  });
  return `{ ${members.join(', ')} }`;
}

function printPattern(pattern: Pattern): string {
  if (pattern.kind === 'constantPattern') return printExpression(pattern.value);
  if (pattern.kind === 'varPattern') return `var ${pattern.name ?? '_'}`;
  return printType(pattern.type) + (pattern.name === undefined ? '' : ` ${pattern.name}`);
}

/** A label of a `switch`, with its colon. */
export function printLabel(label: SwitchLabel): string {
  if (label.kind === 'default') return 'default:';
  const guard = label.guard ? ` when ${printExpression(label.guard)}` : '';
  return `case ${printPattern(label.pattern)}${guard}:`;
}

function typeList(list: readonly import('./tree.ts').TypeSyntax[] | undefined): string {
  return list ? `<${commaList(list, printType)}>` : '';
}

function clause(node: QueryClause): string {
  const into = 'into' in node && node.into !== undefined ? ` into ${node.into}` : '';
  switch (node.kind) {
    case 'from':
      return `from ${node.type ? `${printType(node.type)} ` : ''}${node.name} in ${printExpression(node.source)}`;
    case 'let':
      return `let ${node.name} = ${printExpression(node.value)}`;
    case 'where':
      return `where ${printExpression(node.condition)}`;
    case 'join': {
      const type = node.type ? `${printType(node.type)} ` : '';
      const on = `on ${printExpression(node.left)} equals ${printExpression(node.right)}`;
      return `join ${type}${node.name} in ${printExpression(node.source)} ${on}${into}`;
    }
    case 'orderby':
      return `orderby ${commaList(node.keys, ({ value, descending }) => printExpression(value) + (descending ? ' descending' : ''))}`;
    case 'select':
      return `select ${printExpression(node.value)}${into}`;
    default:
      return `group ${printExpression(node.value)} by ${printExpression(node.key)}${into}`;
  }
}

function designation(node: Expression & { kind: 'tuple' }): string {
  return `(${commaList(node.elements, ({ value }) => {
    if (value.kind === 'tuple') return designation(value);
    return (value.kind === 'declaration' && value.name) || '_';
  })})`;
}

/** One expression; brackets stand in the tree, so none are added. */
export function printExpression(node: Expression): string {
  const print = printExpression;
  switch (node.kind) {
    case 'literal':
      return literal(node.literal);
    case 'interpolated':
      return `$"${node.parts
        .map((part) => {
          if (typeof part === 'string')
            return quoted(part).replaceAll('{', '{{').replaceAll('}', '}}');
          const width = part.alignment ? `,${print(part.alignment)}` : '';
          const format = part.format === undefined ? '' : `:${quoted(part.format)}`;
          return `{${print(part.value)}${width}${format}}`;
        })
        .join('')}"`;
    case 'name':
      return (node.global ? 'global::' : '') + node.name + typeList(node.arguments);
    case 'typeName':
      return printType(node.type);
    case 'paren':
      return `(${print(node.value)})`;
    case 'tuple':
      return node.declares ? `var ${designation(node)}` : `(${commaList(node.elements, argument)})`;
    case 'member':
      return `${print(node.target)}.${node.name}${typeList(node.arguments)}`;
    case 'receiver':
      return '';
    case 'conditionalAccess':
      return `${print(node.target)}?${print(node.access)}`;
    case 'call':
      return `${print(node.callee)}(${commaList(node.arguments, argument)})`;
    case 'element':
      return `${print(node.target)}[${commaList(node.arguments, argument)}]`;
    default:
      return printOperation(node);
  }
}

function printOperation(node: Expression): string {
  const print = printExpression;
  switch (node.kind) {
    case 'unary':
      // A blank keeps `- -x` from becoming `--x`.
      return `${node.operator} ${print(node.operand)}`;
    case 'postfix':
      return print(node.operand) + node.operator;
    case 'binary':
      return `${print(node.left)} ${node.operator} ${print(node.right)}`;
    case 'assign':
      return `${print(node.target)} ${node.operator} ${print(node.value)}`;
    case 'conditional':
      return `${print(node.condition)} ? ${print(node.whenTrue)} : ${print(node.whenFalse)}`;
    case 'cast':
      return `(${printType(node.type)})${print(node.operand)}`;
    case 'as':
      return `${print(node.operand)} as ${printType(node.type)}`;
    case 'is':
      return `${print(node.operand)} is ${printPattern(node.pattern)}`;
    case 'lambda': {
      const body =
        node.body.kind === 'block'
          ? printStatement(node.body, printers)
          : print(node.body as Expression);
      if (node.anyParameters) return `delegate ${body}`;
      return `(${commaList(node.parameters, printParameter)}) => ${body}`;
    }
    case 'query':
      return node.clauses.map(clause).join(' ');
    case 'throw':
      return `throw ${print(node.value)}`;
    default:
      return printCreation(node);
  }
}

function printCreation(node: Expression): string {
  const print = printExpression;
  switch (node.kind) {
    case 'new': {
      const rest = node.initializer ? ` ${initializer(node.initializer)}` : '';
      return `new ${printType(node.type)}(${commaList(node.arguments, argument)})${rest}`;
    }
    case 'newArray': {
      const rest = node.initializer ? ` { ${commaList(node.initializer.elements, print)} }` : '';
      if (!node.element) return `new[${','.repeat(node.rank - 1)}]${rest}`;
      const inner = printType(node.element);
      const at = /(\[,*\])*$/.exec(inner)!.index;
      const sizes =
        node.sizes.length > 0 ? commaList(node.sizes, print) : ','.repeat(node.rank - 1);
      return `new ${inner.slice(0, at)}[${sizes}]${inner.slice(at)}${rest}`;
    }
    case 'arrayInitializer':
      return `{ ${commaList(node.elements, print)} }`;
    case 'newAnonymous':
      return `new { ${commaList(node.members, ({ name, value }) => (name === undefined ? '' : `${name} = `) + print(value))} }`;
    case 'default':
      return node.type ? `default(${printType(node.type)})` : 'default';
    case 'typeof':
    case 'sizeof':
      return `${node.kind}(${printType(node.type)})`;
    case 'checked':
      return `${node.checked ? 'checked' : 'unchecked'}(${print(node.value)})`;
    case 'declaration':
      return `${node.type ? printType(node.type) : 'var'} ${node.name ?? '_'}`;
    default:
      return '';
  }
}

/** What the statement printer needs of this file. */
const printers = { printExpression, printParameter, printLabel };
