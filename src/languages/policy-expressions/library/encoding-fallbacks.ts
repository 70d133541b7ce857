// What System.Text.Encoding does with text or bytes that cannot be translated.
import { fault, required } from '../running/exceptions.ts';
import { Instance } from '../running/values.ts';
import { declareType, named } from '../types/registry.ts';
import type { Type } from '../types/type.ts';

/** What stands for text or bytes that cannot be translated; undefined throws. */
export class FallbackValue extends Instance {
  readonly replacement: string | undefined;

  constructor(type: Type, replacement: string | undefined) {
    super(type);
    this.replacement = replacement;
  }
}

export function cannotEncode({ index, 0: character }: RegExpExecArray) {
  const code = character.charCodeAt(0).toString(16).toUpperCase().padStart(4, '0');
  const message = `Unable to translate Unicode character \\\\u${code} at index ${index} to specified code page.`;
  return fault('System.Text.EncoderFallbackException', message);
}

export function cannotDecode(bytes: Uint8Array, index: number) {
  const shown = Array.from(bytes, (byte) => byte.toString(16).toUpperCase().padStart(2, '0'));
  const message = `Unable to translate bytes [${shown.join('][')}] at index ${index} from specified code page to Unicode.`;
  return fault('System.Text.DecoderFallbackException', message);
}

function typesOf(kind: 'Encoder' | 'Decoder', usual: string) {
  const make = (name: string, replacement: string | undefined) =>
    new FallbackValue(named(`System.Text.${kind}${name}Fallback`), replacement);
  return [
    declareType(`abstract class System.Text.${kind}Fallback`, {
      [`static ${kind}Fallback ExceptionFallback`]: () => make('Exception', undefined),
      [`static ${kind}Fallback ReplacementFallback`]: () => make('Replacement', usual),
    }),
    declareType(`sealed class System.Text.${kind}ExceptionFallback : ${kind}Fallback`, {
      'new()': (type: Type) => new FallbackValue(type, undefined),
    }),
    declareType(`sealed class System.Text.${kind}ReplacementFallback : ${kind}Fallback`, {
      'new()': (type: Type) => new FallbackValue(type, usual),
      'new(string replacement)': (type: Type, replacement: string | null) =>
        new FallbackValue(type, required(replacement, 'replacement')),
      'string DefaultString': ({ replacement }: FallbackValue) => replacement,
    }),
  ];
}

export const fallbackTypes = [...typesOf('Encoder', '?'), ...typesOf('Decoder', '\uFFFD')];
