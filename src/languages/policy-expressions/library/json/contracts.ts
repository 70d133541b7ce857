// What Newtonsoft's serializer knows of a type: how it is read, and from which kind of JSON.
import type { JsonReadType } from '../../../../dotnet/index.ts';
import { derives, elementTypeOf, known } from '../../types/hierarchy.ts';
import { numericKind } from '../../types/numeric.ts';
import { named } from '../../types/registry.ts';
import { type Type, underlying } from '../../types/type.ts';

export interface Contract {
  readonly kind: 'any' | 'linq' | 'xml' | 'primitive' | 'array' | 'dictionary' | 'object';
  /** Without `Nullable`. */
  readonly type: Type;
  readonly nullable: boolean;
  readonly readType: JsonReadType;
  /** Whether Convert.ChangeType makes it. */
  readonly convertible: boolean;
  /** The type of elements, or of a dictionary's values. */
  readonly item?: Type;
  readonly key?: Type;
}

const readTypes: Readonly<Record<string, JsonReadType>> = {
  'System.Byte[]': 'bytes',
  'System.Byte': 'int32',
  'System.Int16': 'int32',
  'System.Int32': 'int32',
  'System.Int64': 'int64',
  'System.Decimal': 'decimal',
  'System.Boolean': 'boolean',
  'System.String': 'string',
  'System.DateTime': 'dateTime',
  'System.DateTimeOffset': 'dateTimeOffset',
  'System.Single': 'double',
  'System.Double': 'double',
};

const otherPrimitives = /^System\.(?:Guid|TimeSpan|Uri|DateTimeOffset|Byte\[\])$/;
const convertibles = /^System\.(?:Boolean|String|DateTime)$/;

/** The contract of a type. */
export function contractOf(type: Type): Contract {
  const cache = type.cache as { contract?: Contract };
  cache.contract ??= made(type);
  return cache.contract;
}

function made(declared: Type): Contract {
  const type = underlying(declared);
  const nullable = declared.isNullable;
  const base = { type, nullable, readType: 'any' as JsonReadType, convertible: false };
  const { fullName } = type;
  if (type === known.object || type.kind === 'dynamic') return { ...base, kind: 'any' };
  if (derives(type, named('Newtonsoft.Json.Linq.JToken'))) return { ...base, kind: 'linq' };
  if (/^System\.Xml\.Linq\.X(?:Element|Document|Node|Object|Container)$/.test(fullName)) {
    return { ...base, kind: 'xml' };
  }
  const convertible =
    type.kind === 'enum' || numericKind(type) !== undefined || convertibles.test(fullName);
  if (convertible || otherPrimitives.test(fullName)) {
    const readType = Object.hasOwn(readTypes, fullName) ? readTypes[fullName]! : 'any';
    return { ...base, kind: 'primitive', readType, convertible };
  }
  return collection(type, base) ?? { ...base, kind: 'object' };
}

function collection(type: Type, base: Omit<Contract, 'kind'>): Contract | undefined {
  const [first, second] = type.arguments;
  const name = type.definition?.name ?? '';
  if (/^(?:I|IReadOnly|Sorted)?Dictionary$/.test(name) && first && second) {
    return { ...base, kind: 'dictionary', key: first, item: second };
  }
  if (type.kind === 'array') return { ...base, kind: 'array', item: type.element! };
  if (!derives(type, known.enumerable)) return undefined;
  return { ...base, kind: 'array', item: elementTypeOf(type) ?? known.object };
}

/** The kind of JSON a type asks for, in the words of the serializer. */
export function expected({ kind }: Contract): string {
  switch (kind) {
    case 'array':
      return 'JSON array (e.g. [1,2,3])';
    case 'primitive':
      return 'JSON primitive value (e.g. string, number, boolean, null)';
    default:
      return 'JSON object (e.g. {"name":"value"})';
  }
}
