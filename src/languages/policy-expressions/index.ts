// The door of `policy-expressions`: API Management's C# compiled to closures.
export { endOfExpression } from './syntax/expression-end.ts';
