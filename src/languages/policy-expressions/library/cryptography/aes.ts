// Aes with the classes that implement it, and Rijndael, which is AES here.
import { isInstance } from '../../running/values.ts';
import { declareType, named } from '../../types/registry.ts';
import type { Type } from '../../types/type.ts';
import { ciphers } from './block-cipher.ts';
import { createAs, createFromName, makeDefault } from './crypto-config.ts';
import { space } from './failures.ts';
import { CipherValue } from './symmetric-algorithm.ts';

/** By a name; null also for a name of something else. */
function aesNamed(name: string | null) {
  const found = createFromName(name, 'algorithmName');
  return isInstance(found, named(`${space}.Aes`)) ? found : null;
}

const implementation = (name: string, base: string, feedback = 8) =>
  declareType(`sealed class ${space}.${name} : ${base}`, {
    'new()': (type: Type) => {
      const value = new CipherValue(type, ciphers.Aes);
      value.feedback = feedback;
      return value;
    },
  });

export const aesTypes = [
  declareType(`abstract class ${space}.Aes : SymmetricAlgorithm`, {
    'static Aes Create()': () => makeDefault('AesCryptoServiceProvider'),
    'static Aes Create(string algorithmName)': aesNamed,
  }),
  implementation('AesManaged', 'Aes'),
  implementation('AesCryptoServiceProvider', 'Aes'),
  declareType(`abstract class ${space}.Rijndael : SymmetricAlgorithm`, {
    'static Rijndael Create()': () => makeDefault('RijndaelManaged'),
    'static Rijndael Create(string algName)': (name: string | null) =>
      createAs('Rijndael', name, 'name'),
  }),
  implementation('RijndaelManaged', 'Rijndael', 128),
];
