// ILastError. Microsoft's toolkit adds the status to what the documentation lists.
import { plainType } from './context-value.ts';

export const lastErrorType = plainType('ILastError', {
  Source: 'string',
  Reason: 'string',
  Message: 'string',
  Scope: 'string',
  Section: 'string',
  Path: 'string',
  PolicyId: 'string',
  HttpErrorCode: 'int',
});
