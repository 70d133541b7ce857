// IUser, with its groups and identities.
import type { PolicyUser } from '../../context/model.ts';
import { declareType } from '../../types/registry.ts';
import { date, list, type Of, plainType, text } from './context-value.ts';

export const userTypes = [
  declareType('interface IUser', {
    'string Email': ({ content }: Of<PolicyUser>) => content.email,
    'string FirstName': ({ content }: Of<PolicyUser>) => content.firstName,
    'string LastName': ({ content }: Of<PolicyUser>) => content.lastName,
    'string Id': ({ content }: Of<PolicyUser>) => content.id,
    'string Note': ({ content }: Of<PolicyUser>) => text(content.note),
    'DateTime RegistrationDate': ({ content }: Of<PolicyUser>) => date(content.registrationDate),
    'IEnumerable<IGroup> Groups': ({ content }: Of<PolicyUser>) => list('IGroup', content.groups),
    'IEnumerable<IUserIdentity> Identities': ({ content }: Of<PolicyUser>) =>
      list('IUserIdentity', content.identities),
  }),
  plainType('IGroup', { Id: 'string', Name: 'string' }),
  plainType('IUserIdentity', { Id: 'string', Provider: 'string' }),
];
