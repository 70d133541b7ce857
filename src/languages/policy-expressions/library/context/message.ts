// What requests and responses have in common.
import type { PolicyMessage } from '../../context/model.ts';
import { type Of, wrap } from './context-value.ts';
import { headersOf } from './headers.ts';

export const messageMembers = {
  'IReadOnlyDictionary<string, string[]> Headers': ({ content }: Of<PolicyMessage>) =>
    headersOf(content.headers),
  'IMessageBody Body': ({ content }: Of<PolicyMessage>) => wrap('IMessageBody', content.body),
};
