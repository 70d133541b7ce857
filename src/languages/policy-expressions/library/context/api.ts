// IApi.
import type { PolicyApi } from '../../context/model.ts';
import { stringArray } from '../../running/values.ts';
import { declareType } from '../../types/registry.ts';
import { type Of, plainType, text, wrap } from './context-value.ts';

export const apiTypes = [
  declareType('interface IApi', {
    'string Id': ({ content }: Of<PolicyApi>) => content.id,
    'string Name': ({ content }: Of<PolicyApi>) => content.name,
    'string Path': ({ content }: Of<PolicyApi>) => content.path,
    'IEnumerable<string> Protocols': ({ content }: Of<PolicyApi>) =>
      stringArray([...content.protocols]),
    'IUrl ServiceUrl': ({ content }: Of<PolicyApi>) => wrap('IUrl', content.serviceUrl),
    'ISubscriptionKeyParameterNames SubscriptionKeyParameterNames': ({ content }: Of<PolicyApi>) =>
      wrap('ISubscriptionKeyParameterNames', content.subscriptionKeyParameterNames),
    'bool IsCurrentRevision': ({ content }: Of<PolicyApi>) => content.isCurrentRevision,
    'string Revision': ({ content }: Of<PolicyApi>) => content.revision,
    'string Version': ({ content }: Of<PolicyApi>) => text(content.version),
  }),
  plainType('ISubscriptionKeyParameterNames', { Header: 'string', Query: 'string' }),
];
