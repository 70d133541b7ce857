// IResponse.
import type { PolicyResponse } from '../../context/model.ts';
import { declareType } from '../../types/registry.ts';
import { type Of, wrap } from './context-value.ts';
import { messageMembers } from './message.ts';

/** `IResponse` of the model, also for variables that hold answers. */
export function responseValue(response: PolicyResponse): unknown {
  return wrap('IResponse', response);
}

export const responseType = declareType('interface IResponse', {
  ...messageMembers,
  'int StatusCode': ({ content }: Of<PolicyResponse>) => content.statusCode,
  'string StatusReason': ({ content }: Of<PolicyResponse>) => content.statusReason,
});
