// IProduct. The page of the documentation and Microsoft's toolkit spell the limit differently.
import type { PolicyProduct } from '../../context/model.ts';
import { declareEnum, declareType } from '../../types/registry.ts';
import { list, type Of } from './context-value.ts';

const limit = ({ content }: Of<PolicyProduct>) => content.subscriptionLimit ?? null;

export const productTypes = [
  declareType('interface IProduct', {
    'IEnumerable<IApi> Apis': ({ content }: Of<PolicyProduct>) => list('IApi', content.apis),
    'bool ApprovalRequired': ({ content }: Of<PolicyProduct>) => content.approvalRequired,
    'IEnumerable<IGroup> Groups': ({ content }: Of<PolicyProduct>) =>
      list('IGroup', content.groups),
    'string Id': ({ content }: Of<PolicyProduct>) => content.id,
    'string Name': ({ content }: Of<PolicyProduct>) => content.name,
    'ProductState State': ({ content }: Of<PolicyProduct>) =>
      content.state === 'Published' ? 1 : 0,
    'int? SubscriptionLimit': limit,
    'int? SubscriptionsLimit': limit,
    'bool SubscriptionRequired': ({ content }: Of<PolicyProduct>) => content.subscriptionRequired,
  }),
  declareEnum('ProductState', { NotPublished: 0, Published: 1 }),
];
