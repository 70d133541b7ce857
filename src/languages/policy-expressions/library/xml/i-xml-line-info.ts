// System.Xml.IXmlLineInfo: where nodes and readers stand in the text.
import { declareType } from '../../types/registry.ts';

interface Placed {
  readonly place: { readonly line: number; readonly position: number } | undefined;
}

export const lineInfoType = declareType('interface System.Xml.IXmlLineInfo', {
  'bool HasLineInfo()': ({ place }: Placed) => place !== undefined,
  'int LineNumber': ({ place }: Placed) => place?.line ?? 0,
  'int LinePosition': ({ place }: Placed) => place?.position ?? 0,
});
