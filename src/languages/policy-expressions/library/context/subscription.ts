// ISubscription.
import type { PolicySubscription } from '../../context/model.ts';
import { declareType } from '../../types/registry.ts';
import { date, type Of, optionalDate, text } from './context-value.ts';

type Subscription = Of<PolicySubscription>;

export const subscriptionType = declareType('interface ISubscription', {
  'DateTime CreatedDate': ({ content }: Subscription) => date(content.createdDate),
  'DateTime? StartDate': ({ content }: Subscription) => optionalDate(content.startDate),
  'DateTime? EndDate': ({ content }: Subscription) => optionalDate(content.endDate),
  'string Id': ({ content }: Subscription) => content.id,
  'string Key': ({ content }: Subscription) => content.key,
  'string Name': ({ content }: Subscription) => text(content.name),
  'string PrimaryKey': ({ content }: Subscription) => content.primaryKey,
  'string SecondaryKey': ({ content }: Subscription) => content.secondaryKey,
});
