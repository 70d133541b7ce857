// System.Xml.Linq.XCData.
import { required } from '../../running/exceptions.ts';
import { declareType } from '../../types/registry.ts';
import type { Type } from '../../types/type.ts';
import { CdataValue, cloneNode } from './tree/index.ts';

type Text = string | null;

export const cdataType = declareType('class System.Xml.Linq.XCData : XText', {
  'new(string value)': (_type: Type, text: Text) => new CdataValue(required(text, 'value')),
  'new(XCData other)': (_type: Type, other: CdataValue | null) =>
    cloneNode(required(other, 'other')),
});
