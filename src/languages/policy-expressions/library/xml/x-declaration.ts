// System.Xml.Linq.XDeclaration.
import { required } from '../../running/exceptions.ts';
import { declareType } from '../../types/registry.ts';
import type { Type } from '../../types/type.ts';
import { DeclarationValue } from './tree/index.ts';

type Text = string | null;

function property(name: 'version' | 'encoding' | 'standalone') {
  return {
    get: (declaration: DeclarationValue) => declaration[name] ?? null,
    set: (declaration: DeclarationValue, text: Text) => {
      declaration[name] = (text ?? undefined) as string;
    },
  };
}

export const declarationType = declareType(
  'class System.Xml.Linq.XDeclaration',
  {
    'new(string version, string encoding, string standalone)': (
      _type: Type,
      version: Text,
      encoding: Text,
      standalone: Text,
    ) => new DeclarationValue(version ?? undefined, encoding ?? undefined, standalone ?? undefined),
    'new(XDeclaration other)': (_type: Type, other: DeclarationValue | null) => {
      const { version, encoding, standalone } = required(other, 'other');
      return new DeclarationValue(version, encoding, standalone);
    },
    'string Version': property('version'),
    'string Encoding': property('encoding'),
    'string Standalone': property('standalone'),
    'string ToString()': ({ text }: DeclarationValue) => text,
  },
  { text: ({ text }: DeclarationValue) => text },
);
