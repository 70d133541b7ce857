// IOperation.
import { plainType } from './context-value.ts';

export const operationType = plainType('IOperation', {
  Id: 'string',
  Method: 'string',
  Name: 'string',
  UrlTemplate: 'string',
});
