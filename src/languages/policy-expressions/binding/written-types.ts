// Types as an expression writes them, and what is said where there is none such.
import type { SyntaxFault } from '../syntax/tokens.ts';
import type { TypeSyntax } from '../syntax/tree.ts';
import { predefinedTypes } from '../syntax/tree.ts';
import {
  aritiesOf,
  definitionIn,
  findDefinition,
  isNamespace,
  named,
  tupleOf,
} from '../types/registry.ts';
import {
  arrayOf,
  construct,
  dynamicType,
  errorType,
  nullableOf,
  qualified,
  Type,
  type TypeDefinition,
  voidType,
} from '../types/type.ts';
import { complain } from './bound.ts';
import { Complaints } from './complaints.ts';
import { requireElementNames } from './tuples.ts';

export abstract class TypeReader extends Complaints {
  /** What a type parameter in scope stands for. */
  protected abstract typeParameter(name: string): Type | undefined;

  protected type(syntax: TypeSyntax): Type {
    const found = this.tryType(syntax);
    if (found) return found;
    this.note(this.unknownType(syntax));
    if (syntax.kind !== 'named') return errorType;
    // Messages call it by its name, as in `List<Unknown>`.
    return new Type('error', syntax.parts.map(({ name }) => name).join('.'));
  }

  protected tryType(syntax: TypeSyntax): Type | undefined {
    switch (syntax.kind) {
      case 'array': {
        const element = this.tryType(syntax.element);
        return element && arrayOf(element, syntax.rank);
      }
      case 'nullable': {
        const element = this.type(syntax.element);
        const isOwn = element.kind === 'parameter';
        const fits = isOwn || (element.isValueType && element.kind !== 'nullable');
        if (fits) return nullableOf(element);
        const message = `The type '${element.display}' must be a non-nullable value type in order to use it as parameter 'T' in the generic type or method 'Nullable<T>'`;
        if (element.kind !== 'error') this.note(complain('CS0453', message, syntax));
        return errorType;
      }
      case 'tuple':
        return this.tupleType(syntax);
      default:
        return this.namedType(syntax);
    }
  }

  private tupleType({ elements }: TypeSyntax & { kind: 'tuple' }): Type {
    const types = elements.map(({ type }) => this.type(type));
    const names = elements.map(({ name }) => name);
    requireElementNames(
      names,
      elements.map(({ type }) => type),
    );
    return tupleOf(types, names);
  }

  private namedType(syntax: TypeSyntax & { kind: 'named' }): Type | undefined {
    const { parts } = syntax;
    const [first] = parts;
    if (parts.length === 1 && first!.arguments.length === 0) {
      if (first!.name === 'void') return voidType;
      if (first!.name === 'dynamic') return dynamicType;
      const parameter = this.typeParameter(first!.name);
      if (parameter) return parameter;
      const keyword = predefinedTypes.get(first!.name);
      if (keyword) return named(keyword);
    }
    const { length } = parts;
    const last = parts[length - 1]!;
    const namespace = parts
      .slice(0, -1)
      .map(({ name }) => name)
      .join('.');
    const definition =
      length === 1
        ? findDefinition(last.name, last.arguments.length)
        : (definitionIn(namespace, last.name, last.arguments.length) ??
          nestedDefinition(namespace, last.name));
    if (!definition) return undefined;
    return this.construct(
      definition,
      last.arguments.map((argument) => this.type(argument)),
    );
  }

  protected construct(definition: TypeDefinition, list: readonly Type[]): Type {
    if (definition.name === 'Nullable' && list.length === 1) return nullableOf(list[0]!);
    return construct(definition, list);
  }

  private unknownType(syntax: TypeSyntax): SyntaxFault {
    let core = syntax;
    while (core.kind === 'array' || core.kind === 'nullable') core = core.element;
    if (core.kind !== 'named') return complain('CS1031', 'Type expected', syntax);
    const names = core.parts.map(({ name }) => name);
    const last = names[names.length - 1]!;
    const given = core.parts[core.parts.length - 1]!.arguments.length;
    const arities = aritiesOf(last);
    if (names.length === 1 && arities.length > 0) {
      const wanted = arities[0]!;
      const { display } = findDefinition(last, wanted)!.type;
      const message =
        wanted === 0
          ? `The non-generic type '${display}' cannot be used with type arguments`
          : `Using the generic type '${display}' requires ${wanted} type arguments`;
      return complain(given === 0 || wanted > 0 ? 'CS0305' : 'CS0308', message, syntax);
    }
    if (names.length > 1 && isNamespace(names.slice(0, -1).join('.'))) {
      const message = `The type or namespace name '${last}' does not exist in the namespace '${names.slice(0, -1).join('.')}' (are you missing an assembly reference?)`;
      return complain('CS0234', message, { start: core.end - last.length, end: core.end });
    }
    const message = `The type or namespace name '${names[0]}' could not be found (are you missing a using directive or an assembly reference?)`;
    return complain('CS0246', message, syntax);
  }
}

/** `TimeZoneInfo.AdjustmentRule`, the type around it by its simple name. */
function nestedDefinition(outer: string, name: string): TypeDefinition | undefined {
  const around = findDefinition(outer, 0);
  return around && definitionIn(qualified(around), name, 0);
}
