// The classes of the token tree.
export { ArrayToken } from './array-token.ts';
export { compareContents } from './compare.ts';
export { ConstructorToken } from './constructor-token.ts';
export { Container } from './container.ts';
export { kindName, tokenTypes } from './kinds.ts';
export { ListToken } from './list-token.ts';
export { ObjectToken } from './object-token.ts';
export { PropertyToken } from './property-token.ts';
export { Token } from './token.ts';
export { nullToken, ValueToken } from './value-token.ts';
