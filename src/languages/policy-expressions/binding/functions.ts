// Local functions: their signatures, bodies bound on first use, generic ones once per type arguments.
import type { Cell } from '../running/values.ts';
import type { Expression, LocalFunction, Span, Statement } from '../syntax/tree.ts';
import { elementTypeOf, enumerableOf, known } from '../types/hierarchy.ts';
import type { Member, Parameter } from '../types/registry.ts';
import {
  type Constraints,
  erased,
  isOpen,
  substitute,
  Type,
  typeVariable,
  voidType,
} from '../types/type.ts';
import { everything, nameSpan } from './base.ts';
import { type Bound, type Code, complain, value } from './bound.ts';
import { bodyCode, closure, type Frame, isReference, iteratorClosure } from './closures.ts';
import { brokenConstraint } from './constraints.ts';
import { signatureText } from './explain.ts';
import { bodyFor, LambdaBinder, type Step } from './lambdas.ts';
import {
  BlockScope,
  type FunctionInstance,
  FunctionScope,
  type LocalFunctionSymbol,
} from './scope.ts';
import { walkOf } from './walks.ts';

/** Lists of type arguments for which one generic function is bound, and no more. */
const instancesMax = 64;

export abstract class FunctionBinder extends LambdaBinder {
  /** Declares the function's name; its body is bound where it is first used. */
  protected declareFunction(syntax: LocalFunction): void {
    if (this.scope.locals.has(syntax.name) || this.scope.functions.has(syntax.name)) {
      const message = `A local variable or function named '${syntax.name}' is already defined in this scope`;
      this.note(complain('CS0128', message, nameSpan(syntax)));
    }
    const { scope, complaints, checked, explicitlyUnchecked } = this;
    const typeParameters = (syntax.typeParameters ?? []).map(
      ({ name }) => new Type('parameter', name),
    );
    const member = this.withTypes(syntax, typeParameters, () =>
      this.signatureOf(syntax, typeParameters),
    );
    scope.functions.set(syntax.name, {
      syntax,
      member,
      local: this.hidden(known.object, syntax.name),
      scope,
      around: { complaints, checked, explicitlyUnchecked },
      isWrong: false,
      state: 'declared',
      needed: new Set(),
      gives: 0n,
      instances: new Map(),
    });
  }

  /** Works in a scope where the function's type parameters stand for the given types. */
  private withTypes<T>(syntax: LocalFunction, types: readonly Type[], work: () => T): T {
    return this.inBlock(() => {
      syntax.typeParameters?.forEach(({ name }, index) => {
        this.scope.types.set(name, types[index]!);
      });
      return work();
    });
  }

  private signatureOf(syntax: LocalFunction, typeParameters: readonly Type[]): Member {
    const parameters: Parameter[] = syntax.parameters.map(({ name, type, modifier, initial }) => {
      const own = this.type(type!);
      const content = initial && this.bindTo(initial, own);
      if (content && !content.constant && !/^(literal|default)$/.test(initial.kind)) {
        const message = `Default parameter value for '${name}' must be a compile-time constant`;
        this.note(complain('CS1736', message, initial));
      }
      return {
        name,
        type: own,
        ...(modifier && { modifier }),
        ...(content && { initial: { value: content.constant?.value ?? null } }),
      };
    });
    return {
      kind: 'method',
      name: syntax.name,
      owner: known.object,
      isStatic: true,
      isExtension: false,
      typeParameters,
      parameters,
      returns: this.type(syntax.returns),
      get: () => undefined,
      text: '',
    };
  }

  protected override localFunction(symbol: LocalFunctionSymbol, span: Span): Bound {
    this.bindSymbol(symbol);
    for (const local of symbol.needed) this.requireAssigned(local, span);
    const { name } = symbol.syntax;
    const { start, end } = span;
    return {
      kind: 'methods',
      name,
      members: [symbol.member],
      local: symbol,
      extensions: [],
      owner: '',
      nameStart: start,
      start,
      end,
    };
  }

  protected bindLocalFunction(syntax: LocalFunction): void {
    this.bindSymbol(this.scope.functions.get(syntax.name)!);
  }

  /** Binds the body, a generic one over its type parameters as they are: that finds what is wrong. */
  private bindSymbol(symbol: LocalFunctionSymbol): void {
    if (symbol.state !== 'declared') return;
    symbol.state = 'binding';
    const { typeParameters = [] } = symbol.syntax;
    const outside = this.nextBit;
    const { failures } = this;
    this.inFunction(symbol, () => {
      this.outside = outside;
      this.needed = symbol.needed;
      if (typeParameters.length === 0) this.instantiate(symbol, []);
      else this.bindBody(symbol, this.variablesOf(symbol));
      symbol.isWrong = this.failures > failures;
      const { exits } = this.body;
      symbol.gives = exits === everything ? 0n : exits & (outside - 1n);
    });
    symbol.state = 'bound';
  }

  /** Works as if at the place of the declaration, whatever is being bound now. */
  private inFunction(symbol: LocalFunctionSymbol, work: () => void): void {
    const { outside, needed, isInstance, complaints, failures } = this;
    const now = { ...this.state(), outside, needed, isInstance, complaints, failures };
    const { scope, around } = symbol;
    Object.assign(this, { scope, owner: scope.owner, flow: 0n, ...around, receivers: [] });
    try {
      this.inBody(() => this.recovering(work, () => undefined));
    } finally {
      Object.assign(this, now);
    }
  }

  private variablesOf({ syntax }: LocalFunctionSymbol): readonly Type[] {
    const { typeParameters = [] } = syntax;
    const key = (index: number) =>
      JSON.stringify([index, typeParameters], (name, held) =>
        /^(start|end)$/.test(name) ? undefined : held,
      );
    const variables = typeParameters.map(({ name }, index) => typeVariable(name, key(index)));
    const constraints = this.withTypes(syntax, variables, () => this.constraintsOf(syntax));
    variables.forEach((variable, index) => {
      variable.constraints = constraints[index];
    });
    return variables;
  }

  private constraintsOf(syntax: LocalFunction): readonly Constraints[] {
    return (syntax.typeParameters ?? []).map(({ only, bases, creates = false }) => ({
      ...(only && { only }),
      bases: bases.map((base) => this.type(base)),
      creates: creates || only === 'struct',
    }));
  }

  /** The function for the type arguments, in a variable of its own. */
  private instantiate(symbol: LocalFunctionSymbol, list: readonly Type[]): FunctionInstance {
    const key = list.map((type) => type.key).join('|');
    const known_ = symbol.instances.get(key);
    if (known_) return known_;
    if (symbol.instances.size >= instancesMax) {
      throw complain('CS8078', 'An expression is too long or complex to compile', symbol.syntax);
    }
    const { owner } = symbol.scope;
    const local = list.length === 0 ? symbol.local : { ...symbol.local, slot: owner.allocate() };
    let make: (() => Code) | undefined;
    const store = (): Step => {
      const code = make!();
      return (locals) => {
        const call = code(locals);
        if (local.captured) (locals[local.slot] as Cell).v = call;
        else locals[local.slot] = call;
        return undefined;
      };
    };
    const instance = { local, store };
    symbol.instances.set(key, instance);
    if (list.length === 0) make = this.bindBody(symbol, list);
    else {
      this.inFunction(symbol, () => {
        this.outside = this.nextBit;
        this.needed = new Set();
        this.isInstance = true;
        make = this.bindBody(symbol, list);
      });
    }
    return instance;
  }

  /** Steps that make the functions of a block, in all their instances. */
  protected functionSteps(scope: BlockScope): Step[] {
    return [...scope.functions.values()].flatMap(({ instances }) =>
      [...instances.values()].map(({ store }) => store()),
    );
  }

  protected override functionCode(
    symbol: LocalFunctionSymbol,
    typeArguments: readonly Type[],
    span: Span,
  ): () => Code {
    this.flow |= symbol.gives;
    if (typeArguments.length > 0) this.requireConstraints(symbol, typeArguments, span);
    // Over type variables there is nothing to run: the body is bound again for real types.
    if (symbol.isWrong || typeArguments.some(hasVariable)) return () => () => undefined;
    const plain = typeArguments.map(erased);
    const { local } =
      plain.length > 0 ? this.instantiate(symbol, typeArguments) : { local: symbol.local };
    const slot = this.owner.slotOf(local);
    return () => (local.captured ? (locals) => (locals[slot] as Cell).v : (locals) => locals[slot]);
  }

  private requireConstraints(symbol: LocalFunctionSymbol, list: readonly Type[], span: Span): void {
    const { syntax } = symbol;
    const constraints = this.withTypes(syntax, list, () => this.constraintsOf(syntax));
    list.forEach((type, index) => {
      const { name } = syntax.typeParameters![index]!;
      const where = `parameter '${name}' in the generic type or method '${syntax.name}<${syntax.typeParameters!.map((own) => own.name).join(', ')}>'`;
      const wrong = brokenConstraint(type, constraints[index]!, where);
      if (wrong) throw complain(wrong[0], wrong[1], span);
    });
  }

  /** Binds the body with the type parameters standing for `list`; gives what makes the function. */
  private bindBody(symbol: LocalFunctionSymbol, list: readonly Type[]): () => Code {
    const { syntax, member } = symbol;
    const map = new Map(member.typeParameters.map((own, index) => [own, list[index]!] as const));
    const returns = substitute(member.returns, map);
    const outer = this.owner;
    const inner = new FunctionScope(outer);
    const { scope } = this;
    this.owner = inner;
    this.scope = new BlockScope(scope, inner);
    syntax.typeParameters?.forEach(({ name }, index) => {
      this.scope.types.set(name, list[index]!);
    });
    this.body = bodyFor(returns);
    this.body.signature = signatureText(member);
    const parameters = member.parameters.map(({ name, type, modifier }, index) => {
      const more = {
        ...(modifier === 'in' && { readonly: 'in' }),
        ...(modifier === 'out' && { isOut: true }),
      };
      const own = substitute(type, map);
      const parameter = this.introduce(name, own, nameSpan(syntax.parameters[index]!), more);
      if (modifier === 'out') this.body.outs.push(parameter);
      else this.flow |= parameter.bit;
      // Its slot holds a cell that stands for the caller's variable.
      parameter.captured = isReference(modifier);
      return parameter;
    });
    const cells = this.cellsOf(this.scope);
    const references = member.parameters.map(({ modifier }) => isReference(modifier));
    const frame: Frame = { inner, outer, parameters, cells, references };
    const make = this.functionBody(syntax, returns, frame);
    this.owner = outer;
    this.scope = scope;
    return make;
  }

  private functionBody(syntax: LocalFunction, returns: Type, frame: Frame): () => Code {
    const { body } = this;
    if (syntax.body.kind !== 'block') {
      const own = syntax.body as Expression;
      const content = returns === voidType ? this.bindEffect(own) : this.bindTo(own, returns);
      this.requireOuts(nameSpan(syntax));
      body.exits &= this.flow;
      return () => closure(frame, content.emit());
    }
    const plan = this.inBody(() => this.bindStatement(syntax.body as Statement));
    if (body.yields) return this.iteratorBody(syntax, returns, frame, () => walkOf(plan));
    if (returns !== voidType && this.flow !== everything) {
      const message = `'${body.signature}': not all code paths return a value`;
      this.noteFlow(complain('CS0161', message, nameSpan(syntax)));
    }
    if (this.flow !== everything) this.requireOuts(nameSpan(syntax));
    body.exits &= this.flow;
    return () => closure(frame, bodyCode(plan()));
  }

  // Iterators

  private iteratorBody(
    syntax: LocalFunction,
    returns: Type,
    frame: Frame,
    walk: () => ReturnType<typeof walkOf>,
  ): () => Code {
    const { body } = this;
    body.exits = everything;
    const wrong = syntax.parameters.find(({ modifier }) => /^(ref|out|in)$/.test(modifier ?? ''));
    if (wrong) {
      throw complain('CS1623', 'Iterators cannot have ref, in or out parameters', wrong);
    }
    const [returned] = body.values;
    if (returned) {
      const message =
        'Cannot return a value from an iterator. Use the yield return statement to return a value, or yield break to end the iteration.';
      throw complain('CS1622', message, returned);
    }
    const element = iteratedType(returns);
    // Where it is no iterator's result, `yield` was refused.
    if (!element) return () => () => undefined;
    const make = () => iteratorClosure(frame, erased(element), walk());
    if (returns.definition!.name === 'IEnumerable') return make;
    return this.enumeratorOf(syntax, element, make);
  }

  /** For a function that returns an enumerator: what its sequence gives for one. */
  private enumeratorOf(span: Span, element: Type, make: () => Code): () => Code {
    let sequence: unknown;
    const held = value(span, enumerableOf(element), () => () => sequence);
    const call = this.callMember(span, 'GetEnumerator', held, []);
    return () => {
      const inner = make();
      const open = call.emit();
      return (locals) => {
        const iterate = inner(locals) as (...given: unknown[]) => unknown;
        return (...given: unknown[]) => {
          sequence = iterate(...given);
          return open(locals);
        };
      };
    };
  }

  /** What `yield return` gives in the body at hand. */
  protected yieldedType(span: Span): Type {
    const { returns, isInferred } = this.body;
    if (isInferred) {
      const message =
        'The yield statement cannot be used inside an anonymous method or lambda expression';
      throw complain('CS1621', message, span);
    }
    const element = returns && iteratedType(returns);
    if (element) return element;
    const message = `The body cannot be an iterator block because '${returns!.display}' is not an iterator interface type`;
    throw complain('CS1624', message, span);
  }
}

/** The element type of an iterator's result: IEnumerable, IEnumerator, generic or not. */
function iteratedType(type: Type): Type | undefined {
  if (!/^IEnumer(able|ator)$/.test(type.definition?.name ?? '')) return undefined;
  return type.arguments[0] ?? elementTypeOf(type) ?? known.object;
}

function hasVariable(type: Type): boolean {
  if (type.kind === 'variable' || isOpen(type)) return true;
  if (type.element) return hasVariable(type.element);
  return type.arguments.some(hasVariable) || type.shape.some((member) => hasVariable(member.type));
}
